package org.agreementledger.axon;

import java.util.List;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What Axon stands on: where events are kept, and how a request comes to the node that decides on
 * it.
 */
public interface Backend extends AutoCloseable {

    /** Decides on requests, and stores what comes of them. */
    @FunctionalInterface
    interface Recorder {
        List<Receipt> recordAll(List<Submission> submissions);
    }

    EventStore events();

    /** Those of one aggregate from there on, as stored now. */
    DomainEventStream read(String aggregateId, long fromSequenceNumber);

    Requests requests();

    /** What is committed together with the events of a write. */
    TransactionManager transactions();

    /** What is waited for before a committed write is acknowledged. */
    Durability durability();

    /** Where a sequencer begins that was nowhere yet. */
    @Nullable TrackingToken beginning();

    /** Begins to take part; requests that others send here are decided by it from then on. */
    void start(Recorder here);

    /**
     * Has all of them decided at one place, here or at another node; what is thrown there is thrown
     * here.
     */
    List<Receipt> record(List<Submission> submissions, Recorder here);

    /** What is to be said of a write that was given up for this reason. */
    RuntimeException reason(RuntimeException thrown);

    /**
     * @throws IllegalStateException when the event store does not hold that event there
     */
    void requireHolds(long globalIndex, String eventId);

    /** Takes part no more; may be called before it was started, and again. */
    @Override
    void close();
}
