package org.agreementledger.axon;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.agreementledger.agreement.RecordEntry;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Axon, wired by hand on a {@link Backend}. The token of its sequencer and the log share Spring's
 * transactions, whatever holds the events.
 */
public final class LedgerEngine implements AutoCloseable {

    /** The one streaming processor, and the name of its token. */
    public static final String SEQUENCER = "sequencer";

    private static final int SEQUENCER_BATCH = 500;

    /**
     * A transaction may commit this much later than others that started with it, and its events are
     * still met in passing; what commits even later, the sequencer finds by looking for it.
     */
    public static final Duration GAPS_REMEMBERED = Duration.ofMinutes(10);

    private static final Duration CLAIM_RENEWED = Duration.ofMillis(500);
    private static final Duration CLAIM_LOST = Duration.ofSeconds(5);

    /** Then Axon interrupts the sequencer, which closes the file of an embedded H2 under it. */
    private static final Duration BATCH_MAX = Duration.ofMinutes(1);

    static {
        // Axon stores milliseconds but hands nanoseconds to handlers of the same thread.
        GenericEventMessage.clock = Clock.tickMillis(ZoneOffset.UTC);
        System.setProperty("axoniq.update-checker.disabled", "true");
    }

    private final Backend backend;
    private final Configuration axon;
    private final Pace pace;
    private final TrackingEventProcessor processor;
    private final Ledger ledger;
    private boolean started;

    /**
     * @param sequencer handles each stored event, in order of arrival; a batch it fails on is
     *     rolled back and tried again, never skipped
     * @param pace how often it begins a batch
     * @param node the claim on sequencing is held in this name; null where no other process can
     *     open the database
     * @param readOnly why nothing can be recorded; null where it can
     */
    public LedgerEngine(
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Clock clock,
            Backend backend,
            Object sequencer,
            Pace pace,
            @Nullable String node,
            @Nullable String readOnly,
            WriteMeters meters) {
        this.backend = backend;
        this.pace = pace;
        Agreements agreements = new Agreements(backend::read);
        this.axon = configurer(clock, backend, agreements).buildConfiguration();
        this.processor =
                processor(
                        sequencer,
                        backend,
                        pace,
                        new SpringTransactionManager(transactions),
                        tokens(JdbcBackend.connections(dataSource), new EventSerializer(), node));
        this.ledger = new Ledger(axon.commandBus(), backend, agreements, clock, readOnly, meters);
    }

    private static JdbcTokenStore tokens(
            ConnectionProvider connections, Serializer serializer, @Nullable String node) {
        JdbcTokenStore.Builder builder =
                JdbcTokenStore.builder()
                        .connectionProvider(connections)
                        .serializer(serializer)
                        .contentType(String.class)
                        .nodeId(node == null ? "sole" : node)
                        .schema(
                                TokenSchema.builder()
                                        .setTokenTable("token_entry")
                                        .setProcessorNameColumn("processor_name")
                                        .setSegmentColumn("segment")
                                        .setTokenColumn("token")
                                        .setTokenTypeColumn("token_type")
                                        .setTimestampColumn("time_stamp")
                                        .setOwnerColumn("owner")
                                        .build());
        return node == null
                ? new SoleTokenStore(builder)
                : new SharedTokenStore(builder, CLAIM_LOST);
    }

    private static Configurer configurer(Clock clock, Backend backend, Agreements agreements) {
        // Without modules found on the class path: one of them calls home.
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false);
        Serializer serializer = new EventSerializer();
        configurer
                .registerComponent(Clock.class, _ -> clock)
                .configureTransactionManager(_ -> backend.transactions())
                .configureSerializer(_ -> serializer)
                .configureEventStore(_ -> backend.events())
                .configureCorrelationDataProviders(_ ->
                        List.of(
                                new SimpleCorrelationDataProvider(
                                        RecordedBy.KEYS.toArray(String[]::new))))
                .configureAggregate(
                        AggregateConfigurer.defaultConfiguration(AgreementAggregate.class)
                                .configureRepository(c ->
                                        new AgreementRepository(
                                                new AnnotatedAggregateMetaModelFactory(
                                                                c.parameterResolverFactory(),
                                                                c.handlerDefinition(
                                                                        AgreementAggregate.class))
                                                        .createModel(AgreementAggregate.class),
                                                c.eventStore(),
                                                agreements))
                                .configureCommandTargetResolver(_ ->
                                        command ->
                                                new VersionedAggregateIdentifier(
                                                        ((RecordEntry) command.getPayload())
                                                                .agreementId()
                                                                .value(),
                                                        null)));
        return configurer;
    }

    private static TrackingEventProcessor processor(
            Object sequencer,
            Backend backend,
            Pace pace,
            SpringTransactionManager transactions,
            JdbcTokenStore tokens) {
        return new SequencingProcessor(
                TrackingEventProcessor.builder()
                        .name(SEQUENCER)
                        .eventHandlerInvoker(
                                SimpleEventHandlerInvoker.builder()
                                        .eventHandlers(sequencer)
                                        .listenerInvocationErrorHandler(
                                                PropagatingErrorHandler.instance())
                                        .build())
                        .errorHandler(PropagatingErrorHandler.instance())
                        .rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE)
                        .messageSource(
                                token -> new PacedEvents(backend.events().openStream(token), pace))
                        .tokenStore(tokens)
                        .transactionManager(transactions)
                        .trackingEventProcessorConfiguration(
                                TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                                        .andBatchSize(SEQUENCER_BATCH)
                                        .andInitialTrackingToken(_ -> backend.beginning())
                                        .andEventAvailabilityTimeout(
                                                CLAIM_RENEWED.toMillis(), TimeUnit.MILLISECONDS)
                                        .andTokenClaimInterval(
                                                CLAIM_RENEWED.toMillis(), TimeUnit.MILLISECONDS)
                                        .andWorkerTerminationTimeout(
                                                BATCH_MAX.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /**
     * In a ledger that was filled by other means, the sequencer begins behind what it holds.
     *
     * @param globalIndex of the last event; where it is not told, the sequencer goes through all of
     *     them once and finds that it knows them
     */
    public static void beginAfter(DataSource dataSource, long globalIndex) {
        tokens(new SpringDataSourceConnectionProvider(dataSource), new EventSerializer(), null)
                .initializeTokenSegments(
                        SEQUENCER, 1, GapAwareTrackingToken.newInstance(globalIndex, List.of()));
    }

    public void start() {
        axon.start();
        backend.start(ledger::recordHere);
        processor.start();
        started = true;
    }

    @Override
    public void close() {
        pace.end();
        if (started) {
            processor.shutDown();
            axon.shutdown();
        }
        backend.close();
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Whether this node is the one that gives entries their positions. */
    public boolean isSequencing() {
        return processor.processingStatus().values().stream()
                .anyMatch(status -> !status.isErrorState());
    }

    /** Why the sequencer stands still; it tries again by itself. Empty while all is well. */
    public Optional<Throwable> sequencerFailure() {
        return processor.processingStatus().values().stream()
                .filter(EventTrackerStatus::isErrorState)
                .map(EventTrackerStatus::getError)
                .findFirst();
    }
}
