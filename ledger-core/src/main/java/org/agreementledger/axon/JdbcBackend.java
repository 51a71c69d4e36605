package org.agreementledger.axon;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The ledger's own database: events and answered requests share a transaction, and every node
 * decides on what it is asked.
 */
public final class JdbcBackend implements Backend {

    private static final int READ_BATCH = 500;

    /** How soon this node sees what another one wrote. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final TransactionManager transactions;
    private final Requests requests;
    private final Durability durability;
    private final JdbcEventStorageEngine engine;
    private final EventStore events;

    public JdbcBackend(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Requests requests,
            Durability durability) {
        this.transactions = new SpringTransactionManager(transactions);
        this.requests = requests;
        this.durability = durability;
        this.engine = engine(connections(dataSource), this.transactions, new EventSerializer());
        this.events =
                EmbeddedEventStore.builder()
                        .storageEngine(engine)
                        .fetchDelay(POLL.toMillis())
                        .cachedEvents(1_000)
                        .build();
    }

    static ConnectionProvider connections(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(
                new SpringDataSourceConnectionProvider(dataSource));
    }

    private static JdbcEventStorageEngine engine(
            ConnectionProvider connections,
            TransactionManager transactions,
            Serializer serializer) {
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .dataType(String.class)
                .persistenceExceptionResolver(JdbcBackend::isCollision)
                .batchSize(READ_BATCH)
                .gapTimeout((int) LedgerEngine.GAPS_REMEMBERED.toMillis())
                .schema(
                        EventSchema.builder()
                                .eventTable("domain_event_entry")
                                .globalIndexColumn("global_index")
                                .eventIdentifierColumn("event_identifier")
                                .aggregateIdentifierColumn("aggregate_identifier")
                                .sequenceNumberColumn("sequence_number")
                                .typeColumn("type")
                                .payloadTypeColumn("payload_type")
                                .payloadRevisionColumn("payload_revision")
                                .payloadColumn("payload")
                                .metaDataColumn("meta_data")
                                .timestampColumn("time_stamp")
                                .build())
                .build();
    }

    /**
     * Another write took the same place: a duplicate key (23505), or a transaction the database
     * gave up for another (class 40). Axon's own check knows neither H2 nor PostgreSQL.
     */
    private static boolean isCollision(Exception exception) {
        for (Throwable e = exception; e != null; e = e.getCause()) {
            if (e instanceof SQLException first) {
                for (SQLException sql = first; sql != null; sql = sql.getNextException()) {
                    String state = sql.getSQLState();
                    if (state != null && (state.equals("23505") || state.startsWith("40"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Override
    public EventStore events() {
        return events;
    }

    /** Not by the event store, which searches all events staged in the transaction as well. */
    @Override
    public DomainEventStream read(String aggregateId, long fromSequenceNumber) {
        return engine.readEvents(aggregateId, fromSequenceNumber);
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public TransactionManager transactions() {
        return transactions;
    }

    @Override
    public Durability durability() {
        return durability;
    }

    /**
     * None, which is from the very first: a token before the first event there is now would miss
     * one that has a lower index and commits later.
     */
    @Override
    public @Nullable TrackingToken beginning() {
        return null;
    }

    @Override
    public void start(Recorder here) {}

    @Override
    public List<Receipt> record(List<Submission> submissions, Recorder here) {
        return here.recordAll(submissions);
    }

    @Override
    public RuntimeException reason(RuntimeException thrown) {
        return thrown;
    }

    /** The log refers to its events, so the database holds them. */
    @Override
    public void requireHolds(long globalIndex, String eventId) {}

    @Override
    public void close() {}
}
