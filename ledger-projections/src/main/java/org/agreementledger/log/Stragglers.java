package org.agreementledger.log;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agreementledger.axon.LedgerEngine;
import org.axonframework.eventhandling.GenericEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once in a while for events that the sequencer passed by. */
public final class Stragglers implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Stragglers.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration THEN = Duration.ofHours(1);

    private final Sequencer sequencer;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("stragglers").factory());

    public Stragglers(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    public void start() {
        timer.scheduleWithFixedDelay(
                this::searchOnTime, FIRST.toMinutes(), THEN.toMinutes(), TimeUnit.MINUTES);
    }

    private void searchOnTime() {
        try {
            search();
        } catch (RuntimeException e) {
            LOGGER.warn("The search for events without a position failed; it is repeated.", e);
        }
    }

    /** Returns how many it found; they are in the log then. */
    public int search() {
        Instant storedBefore =
                GenericEventMessage.clock.instant().minus(LedgerEngine.GAPS_REMEMBERED);
        int all = 0;
        int found;
        do {
            found = sequencer.appendPassedBy(storedBefore);
            all += found;
        } while (found > 0);
        return all;
    }

    /**
     * Lets a search end by itself: interrupting it would close the file of an embedded database.
     */
    @Override
    public void close() {
        timer.close();
    }
}
