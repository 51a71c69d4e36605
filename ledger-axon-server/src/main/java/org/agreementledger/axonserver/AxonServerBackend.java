package org.agreementledger.axonserver;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agreementledger.axon.Backend;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Requests;
import org.agreementledger.axon.Submission;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;

/**
 * Events and answered requests in Axon Server, in transactions of its own; requests by way of its
 * command bus.
 */
final class AxonServerBackend implements Backend {

    private static final int READ_SECONDS_MAX = 10;

    private final String server;
    private final AxonServerConnectionManager connections;
    private final AxonServerEventStore events;
    private final Requests requests;
    private final CommandRoute route;

    AxonServerBackend(String server, AxonServerConfiguration configuration, Serializer serializer) {
        this.server = server;
        this.connections =
                AxonServerConnectionManager.builder()
                        .axonServerConfiguration(configuration)
                        .build();
        this.events =
                AxonServerEventStore.builder()
                        .configuration(configuration)
                        .platformConnectionManager(connections)
                        .eventSerializer(serializer)
                        .snapshotSerializer(serializer)
                        .snapshotFilter(_ -> false)
                        .build();
        this.requests = new EventStoreRequests(events);
        this.route = new CommandRoute(connections, configuration, serializer);
    }

    @Override
    public EventStore events() {
        return events;
    }

    /** Whole, as a connection may break while it is read. */
    @Override
    public DomainEventStream read(String aggregateId, long fromSequenceNumber) {
        List<? extends DomainEventMessage<?>> stored;
        try {
            stored = events.readEvents(aggregateId, fromSequenceNumber).asStream().toList();
        } catch (RuntimeException e) {
            throw reason(e);
        }
        if (Thread.currentThread().isInterrupted()) {
            // Then the stream ends as if there were no more.
            throw Failures.unconfirmed(new InterruptedException("interrupted"));
        }
        return DomainEventStream.of(stored);
    }

    @Override
    public Requests requests() {
        return requests;
    }

    /** Nothing of a write is in the database: the sequencer brings it there. */
    @Override
    public TransactionManager transactions() {
        return NoTransactionManager.INSTANCE;
    }

    /** An append is confirmed once Axon Server has it as safe as it is set up to. */
    @Override
    public Durability durability() {
        return Durability.OF_COMMIT;
    }

    /** Before the first event, said as a token of its kind: it marks whose events these are. */
    @Override
    public TrackingToken beginning() {
        return before(0);
    }

    private static TrackingToken before(long globalIndex) {
        return new GlobalSequenceTrackingToken(globalIndex - 1);
    }

    /**
     * @throws IllegalStateException when Axon Server cannot be reached
     */
    @Override
    public void start(Recorder here) {
        newest();
        route.start(here);
    }

    @Override
    public List<Receipt> record(List<Submission> submissions, Recorder here) {
        return route.record(submissions, here);
    }

    @Override
    public RuntimeException reason(RuntimeException thrown) {
        return Failures.of(thrown);
    }

    @Override
    public void requireHolds(long globalIndex, String eventId) {
        if (newest() < globalIndex || !identifier(globalIndex).equals(eventId)) {
            throw new IllegalStateException(
                    "Axon Server at %s does not hold event %s, the last that this ledger took from it (index %d): it is another one, or has lost events"
                            .formatted(server, eventId, globalIndex));
        }
    }

    /** Of all events there; -1 before the first. */
    private long newest() {
        try {
            TrackingToken head = events.createHeadToken();
            return head == null ? -1 : head.position().orElse(-1);
        } catch (RuntimeException e) {
            throw unreachable(e);
        }
    }

    private String identifier(long globalIndex) {
        try (BlockingStream<TrackedEventMessage<?>> stream =
                events.openStream(before(globalIndex))) {
            if (!stream.hasNextAvailable(READ_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "Axon Server at %s does not answer".formatted(server));
            }
            return stream.nextAvailable().getIdentifier();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    /** Who starts a node is told this, not what some library said of it. */
    private IllegalStateException unreachable(Exception e) {
        IllegalStateException unreachable =
                new IllegalStateException(
                        "Axon Server at %s cannot be reached (%s)"
                                .formatted(server, Failures.unconfirmed(e).reason()));
        unreachable.addSuppressed(e);
        return unreachable;
    }

    @Override
    public void close() {
        route.close();
        connections.shutdown();
    }
}
