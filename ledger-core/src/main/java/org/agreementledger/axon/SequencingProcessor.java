package org.agreementledger.axon;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.TrackingEventProcessor;

/**
 * Tries again soon, however long it has failed: writers wait for it. Axon itself waits twice as
 * long each time, up to a minute.
 */
final class SequencingProcessor extends TrackingEventProcessor {

    private static final Duration RETRY = Duration.ofSeconds(5);

    SequencingProcessor(Builder builder) {
        super(builder);
    }

    @Override
    protected void doSleepFor(long millisToSleep, AtomicBoolean interruptFlag) {
        super.doSleepFor(Math.min(millisToSleep, RETRY.toMillis()), interruptFlag);
    }
}
