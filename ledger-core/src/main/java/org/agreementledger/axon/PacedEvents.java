package org.agreementledger.axon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/** A stream of events that tells of one when it is time for a batch. */
record PacedEvents(BlockingStream<TrackedEventMessage<?>> events, Pace pace)
        implements BlockingStream<TrackedEventMessage<?>> {

    /** Axon itself looks only after the whole timeout whether it is to stop. */
    private static final Duration LOOK_UP = Duration.ofMillis(20);

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        boolean available;
        long left;
        do {
            left = deadline - System.nanoTime();
            available = events.hasNextAvailable(millis(left), TimeUnit.MILLISECONDS);
        } while (!available && left > 0 && !pace.hasEnded());
        if (available) {
            pace.await();
        }
        return available;
    }

    private static int millis(long nanos) {
        return (int) Math.clamp(Math.ceilDiv(nanos, 1_000_000), 0, LOOK_UP.toMillis());
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return events.peek();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        return events.nextAvailable();
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        return events.setOnAvailableCallback(callback);
    }

    @Override
    public void close() {
        events.close();
    }
}
