package org.agreementledger.log;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Wakes those who wait for the log to grow. */
public final class Growth {

    /** Where another node sequences, nobody wakes us. */
    private static final Duration POLL = Duration.ofMillis(200);

    private long announcements;

    synchronized void announce() {
        announcements++;
        notifyAll();
    }

    /**
     * Returns the newest position as soon as it is beyond {@code position}, or after {@code atMost}
     * whatever it is then.
     */
    long await(long position, Duration atMost, LongSupplier newest) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = announcements();
            long now = newest.getAsLong();
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (now > position || !left.isPositive()) {
                return now;
            }
            sleep(seen, left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    private synchronized long announcements() {
        return announcements;
    }

    private synchronized void sleep(long seen, Duration atMost) throws InterruptedException {
        if (announcements == seen) {
            wait(Math.max(1, atMost.toMillis()));
        }
    }
}
