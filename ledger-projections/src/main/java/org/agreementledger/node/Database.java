package org.agreementledger.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.agreementledger.log.Log;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An open database whose schema is up to date. */
public final class Database implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Database.class);

    /** Usually it takes a fraction of a second. */
    private static final Duration SHUTDOWN_MAX = Duration.ofSeconds(20);

    private final DatabaseSettings settings;
    private final HikariDataSource dataSource;
    private final NamedParameterJdbcTemplate batches;
    private final JdbcClient jdbc;
    private final TransactionGate gate = new TransactionGate();
    private final DataSourceTransactionManager transactions;
    private final boolean replica;
    private final ModelSchemas models;

    private Database(DatabaseSettings settings, HikariDataSource dataSource) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.batches = rows(settings, dataSource, gate);
        this.jdbc = JdbcClient.create(batches);
        this.transactions = transactions(settings, dataSource, gate);
        this.replica = isRecovering();
        this.models = new ModelSchemas(settings, dataSource, gate);
    }

    static NamedParameterJdbcTemplate rows(
            DatabaseSettings settings, DataSource dataSource, TransactionGate gate) {
        return new NamedParameterJdbcTemplate(
                settings.isEmbedded()
                        ? new GatedRows(dataSource, gate)
                        : new RowReader(dataSource));
    }

    static DataSourceTransactionManager transactions(
            DatabaseSettings settings, DataSource dataSource, TransactionGate gate) {
        return settings.isEmbedded()
                ? new GatedTransactions(dataSource, gate)
                : new DataSourceTransactionManager(dataSource);
    }

    /**
     * @throws LedgerNode.DatabaseInUse when another process holds the embedded database
     * @throws IllegalStateException when it cannot be ours, a newer version has written it, it has
     *     held more, or it is a replica of one that an older version has written; it is left as it
     *     is
     */
    public static Database open(DatabaseSettings settings) {
        if (settings.folder() != null) {
            new DataFolder(settings.folder()).require();
        }
        Database database = new Database(settings, connect(settings));
        try {
            database.models.putBackWhatWasCutShort();
            Flyway schema =
                    schema(settings, database.models.served())
                            .dataSource(database.dataSource)
                            .load();
            requireNotNewer(schema.info());
            if (settings.folder() != null) {
                Reached.require(settings.folder(), database.newestPosition());
            }
            if (database.replica) {
                requireCurrent(schema.info());
            } else {
                schema.migrate();
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * @param models the schema that the read models are in
     */
    static FluentConfiguration schema(DatabaseSettings settings, String models) {
        return Flyway.configure()
                .locations(
                        "classpath:db/migration",
                        "classpath:db/vendor/" + (settings.isEmbedded() ? "h2" : "postgresql"))
                .placeholders(Map.of("models", "\"" + models + "\""));
    }

    /** Flyway itself would only warn. */
    private static void requireNotNewer(MigrationInfoService schema) {
        MigrationInfo newest = schema.current();
        if (newest != null && !newest.getState().isResolved()) {
            throw new IllegalStateException(
                    "a newer version of this program has written it (schema %s); start that one"
                            .formatted(newest.getVersion()));
        }
    }

    /** What is written to its primary comes by itself, the schema too. */
    private static void requireCurrent(MigrationInfoService schema) {
        if (schema.pending().length > 0) {
            throw new IllegalStateException(
                    "it is a replica, and has not the schema of this version (%s) yet; start this version at its primary first"
                            .formatted(schema.pending()[schema.pending().length - 1].getVersion()));
        }
    }

    /** Also of a file that was cut back to before there was a log. */
    private long newestPosition() {
        boolean hasLog =
                jdbc.sql(
                                        """
                                        select count(*)
                                        from information_schema.tables
                                        where table_schema = 'PUBLIC' and table_name = 'LOG_ENTRY'
                                        """)
                                .query(Integer.class)
                                .single()
                        > 0;
        return hasLog ? Log.newest(jdbc) : -1;
    }

    private static HikariDataSource connect(DatabaseSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(2);
        ModelSchemas.lookThere(settings, pool);
        try {
            return new HikariDataSource(pool);
        } catch (HikariPool.PoolInitializationException e) {
            if (settings.folder() != null && isHeldByAnother(e)) {
                throw inUse(settings.folder(), e);
            }
            throw e;
        }
    }

    private static LedgerNode.DatabaseInUse inUse(Path folder, Exception cause) {
        String server =
                ServerAddress.read(folder).map(note -> note.address().toString()).orElse(null);
        LedgerNode.DatabaseInUse inUse = new LedgerNode.DatabaseInUse(folder, server);
        inUse.initCause(cause);
        return inUse;
    }

    private static boolean isHeldByAnother(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql
                    && sql.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether it was a replica when it was opened: it follows another, and cannot be written to.
     */
    public boolean isReplica() {
        return replica;
    }

    /** Whether it is one now; a replica that is promoted is none any more. */
    public boolean isRecovering() {
        return !settings.isEmbedded()
                && jdbc.sql("select pg_is_in_recovery()").query(Boolean.class).single();
    }

    /** How its connections are used is counted and timed there. */
    void measure(MeterRegistry meters) {
        dataSource.setMetricRegistry(meters);
    }

    public DatabaseSettings settings() {
        return settings;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    /** Where the read models are, and where others are built beside them. */
    ModelSchemas models() {
        return models;
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** The same for many rows at once. */
    public NamedParameterJdbcTemplate batches() {
        return batches;
    }

    public DataSourceTransactionManager transactions() {
        return transactions;
    }

    /** Of the embedded one; nobody passes it elsewhere. */
    TransactionGate gate() {
        return gate;
    }

    /** The embedded one is written out and closed; its file is complete then. */
    @Override
    public void close() {
        if (dataSource.isClosed()) {
            return;
        }
        if (settings.isEmbedded()) {
            shutDown();
        } else {
            dataSource.close();
        }
    }

    /** The pool goes first: while it still fills, it would open again what was shut down. */
    private void shutDown() {
        SingleConnectionDataSource last =
                new SingleConnectionDataSource(
                        settings.url(), settings.user(), settings.password(), true);
        try {
            JdbcClient alone = JdbcClient.create(last);
            alone.sql("select 1").query(Integer.class).single();
            dataSource.close();
            run(isWrittenOut(alone) ? "shutdown" : "shutdown immediately", last);
        } finally {
            dataSource.close();
        }
    }

    /** What was acknowledged was written before; this is about the rest, and a closed file. */
    private static boolean isWrittenOut(JdbcClient alone) {
        try {
            alone.sql("checkpoint").update();
            return true;
        } catch (RuntimeException e) {
            LOGGER.warn("The database cannot be written out any more; it is left as it is.", e);
            return false;
        }
    }

    /**
     * H2 tidies its file when it closes, and goes round in circles where it finds it damaged only
     * then; who asked it to close, or closes the connection, would wait for ever.
     */
    private static void run(String shutdown, SingleConnectionDataSource last) {
        boolean closed =
                CompletableFuture.supplyAsync(
                                () -> {
                                    JdbcClient.create(last).sql(shutdown).update();
                                    last.destroy();
                                    return true;
                                },
                                task -> Thread.ofPlatform().daemon().name("shutdown").start(task))
                        .completeOnTimeout(false, SHUTDOWN_MAX.toSeconds(), TimeUnit.SECONDS)
                        .join();
        if (!closed) {
            LOGGER.error(
                    "The database does not close, so its file may be damaged; ./ledger verify says more.");
        }
    }
}
