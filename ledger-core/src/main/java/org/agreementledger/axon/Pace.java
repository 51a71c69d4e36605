package org.agreementledger.axon;

import java.time.Duration;

/**
 * How often the sequencer begins a batch. What a batch costs hardly depends on how many entries are
 * in it; so while entries come one after the other, it lets some gather, unless somebody waits to
 * see one.
 */
public final class Pace {

    private static final Duration APART = Duration.ofMillis(50);

    /** Entries often come together; those that follow the first one of them go along with it. */
    private static final Duration GATHERED = Duration.ofMillis(5);

    private int waiting;
    private volatile boolean ended;
    private long next = System.nanoTime();

    /** Somebody waits from now on; until it is closed. */
    public Waiting waiting() {
        change(1);
        return () -> change(-1);
    }

    /** One of those who wait. */
    @FunctionalInterface
    public interface Waiting extends AutoCloseable {
        @Override
        void close();
    }

    /** The sequencer is to stop: nothing is waited for any more. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    boolean hasEnded() {
        return ended;
    }

    private synchronized void change(int by) {
        waiting += by;
        notifyAll();
    }

    /** Returns when it is time for a batch. */
    synchronized void await() throws InterruptedException {
        long now = System.nanoTime();
        long begin = now + Math.max(next - now, GATHERED.toNanos());
        for (long left = begin - now;
                waiting == 0 && !ended && left > 0;
                left = begin - System.nanoTime()) {
            wait(1 + left / 1_000_000);
        }
        next = System.nanoTime() + APART.toNanos();
    }
}
