package org.agreementledger.axon;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/** A stream of events that tells of one when it is time for a batch. */
record PacedEvents(BlockingStream<TrackedEventMessage<?>> events, Pace pace)
        implements BlockingStream<TrackedEventMessage<?>> {

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        boolean available = events.hasNextAvailable(timeout, unit);
        if (available) {
            pace.await();
        }
        return available;
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
