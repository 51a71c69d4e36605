package org.agreementledger.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.h2.api.ErrorCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** An open database whose schema is up to date. */
public final class Database implements AutoCloseable {

    private final DatabaseSettings settings;
    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final DataSourceTransactionManager transactions;
    private final boolean replica;

    private Database(DatabaseSettings settings, HikariDataSource dataSource) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new DataSourceTransactionManager(dataSource);
        this.replica = isRecovering();
    }

    /**
     * @throws LedgerNode.DatabaseInUse when another process holds the embedded database
     * @throws IllegalStateException when it cannot be ours, or a newer version has written it, or
     *     it is a replica of one that an older version has written; it is left as it is
     */
    public static Database open(DatabaseSettings settings) {
        if (settings.folder() != null) {
            new DataFolder(settings.folder()).require();
        }
        Database database = new Database(settings, connect(settings));
        try {
            Flyway schema =
                    Flyway.configure()
                            .dataSource(database.dataSource)
                            .locations(
                                    "classpath:db/migration",
                                    "classpath:db/vendor/"
                                            + (settings.isEmbedded() ? "h2" : "postgresql"))
                            .load();
            requireNotNewer(schema.info());
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

    private static HikariDataSource connect(DatabaseSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("ledger");
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(16);
        pool.setMinimumIdle(2);
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

    public JdbcClient jdbc() {
        return jdbc;
    }

    public DataSourceTransactionManager transactions() {
        return transactions;
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
            alone.sql("shutdown").update();
        } finally {
            dataSource.close();
            last.destroy();
        }
    }
}
