package org.agreementledger.log;

import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * How far the log can be seen, and a call for those who wait for it to grow. What is committed but
 * not on the disk yet is not seen: it could vanish, and its position be given to another entry.
 */
public final class Growth {

    /** Where another node sequences, nobody wakes us. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final LongConsumer told;
    private long visible;
    private long announcements;
    private boolean ended;

    private Growth(long visible, LongConsumer told) {
        this.visible = visible;
        this.told = told;
    }

    /** For a database whose commits are on the disk. */
    public static Growth unlimited() {
        return new Growth(Long.MAX_VALUE, _ -> {});
    }

    /**
     * For one that only this process writes to, just opened: the disk holds all that it holds.
     *
     * @param newest position that it holds
     * @param told each position that the disk has come to hold
     */
    public static Growth beyond(long newest, LongConsumer told) {
        return new Growth(newest, told);
    }

    synchronized long visible() {
        return visible;
    }

    /** The disk holds everything up to {@code position}. */
    void announce(long position) {
        told.accept(position);
        show(position);
    }

    private synchronized void show(long position) {
        visible = Math.max(visible, position);
        announcements++;
        notifyAll();
    }

    /** The ledger is being closed: lets go of those who wait. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Returns the newest position as soon as it is beyond {@code position}; after {@code atMost},
     * and when the ledger is being closed, whatever it is then.
     */
    long await(long position, Duration atMost, LongSupplier newest) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen = announcements();
            long now = newest.getAsLong();
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (now > position || !left.isPositive() || hasEnded()) {
                return now;
            }
            sleep(seen, left.compareTo(POLL) < 0 ? left : POLL);
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private synchronized long announcements() {
        return announcements;
    }

    private synchronized void sleep(long seen, Duration atMost) throws InterruptedException {
        if (announcements == seen && !ended) {
            wait(Math.max(1, atMost.toMillis()));
        }
    }
}
