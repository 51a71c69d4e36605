package org.agreementledger.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.rebuild.Beside;
import org.agreementledger.rebuild.Workshop;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The read models have a schema of their own, which every connection looks into. Others are built
 * in one beside it, which then takes its name: so no query knows of either.
 */
final class ModelSchemas implements Workshop {

    /** So long at most readers wait for each other while names change; only on H2. */
    private static final Duration GAP_MAX = Duration.ofMillis(300);

    /** It holds one while it works in another. */
    private static final int FLYWAY_CONNECTIONS = 4;

    private static final long LOOK_AGAIN = Duration.ofMillis(1).toNanos();

    private final DatabaseSettings settings;
    private final HikariDataSource dataSource;
    private final TransactionGate gate;
    private final JdbcClient jdbc;

    ModelSchemas(DatabaseSettings settings, HikariDataSource dataSource, TransactionGate gate) {
        this.settings = settings;
        this.dataSource = dataSource;
        this.gate = gate;
        this.jdbc = JdbcClient.create(Database.rows(settings, dataSource, gate));
    }

    /** Of PostgreSQL, which may have several ledgers in schemas of one database. */
    private static final String BESIDE_THE_CURRENT =
            "set_config('search_path', quote_ident(current_schema()) || ', ' || quote_ident(current_schema() || '_models'), false)";

    static void lookThere(DatabaseSettings settings, HikariConfig pool) {
        if (settings.isEmbedded()) {
            pool.setAllowPoolSuspension(true);
        } else {
            pool.setConnectionInitSql("select " + BESIDE_THE_CURRENT);
        }
    }

    /** The name of the schema that is read. */
    String served() {
        return settings.isEmbedded()
                ? "MODELS"
                : jdbc.sql("select current_schema()").query(String.class).single() + "_models";
    }

    private String replaced() {
        return name("old");
    }

    private String name(Object suffix) {
        String name = served() + "_" + suffix;
        return settings.isEmbedded() ? name.toUpperCase(Locale.ROOT) : name;
    }

    private List<String> besides() {
        return jdbc.sql(
                        """
                        select schema_name
                        from information_schema.schemata
                        where substring(schema_name from 1 for :length) = :prefix
                        """)
                .param("prefix", name(""))
                .param("length", name("").length())
                .query(String.class)
                .list();
    }

    /** Names change one by one on H2: who was cut short between the two left none. */
    void putBackWhatWasCutShort() {
        if (settings.isEmbedded() && besides().contains(replaced()) && !isThere(served())) {
            rename(replaced(), served());
        }
    }

    private boolean isThere(String schema) {
        return jdbc.sql(
                                "select count(*) from information_schema.schemata where schema_name = :name")
                        .param("name", schema)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private void rename(String schema, String name) {
        jdbc.sql("alter schema \"%s\" rename to \"%s\"".formatted(schema, name)).update();
    }

    @Override
    public void clear() {
        besides().forEach(this::drop);
    }

    private void drop(String schema) {
        jdbc.sql("drop schema if exists \"%s\" cascade".formatted(schema)).update();
    }

    @Override
    public Beside begin(long number, int builders) {
        String schema = name(number);
        String frame = name(number + "_frame");
        makeTables(schema, frame);
        return new Built(schema, pool(schema, builders));
    }

    /**
     * By the migrations, in a frame that is not needed afterwards: so there is one place only that
     * says what the tables are.
     */
    private void makeTables(String schema, String frame) {
        try (HikariDataSource alone = pool(frame + "\", \"" + schema, FLYWAY_CONNECTIONS)) {
            Flyway tables =
                    Database.schema(settings, schema)
                            .dataSource(alone)
                            .schemas(frame)
                            .defaultSchema(frame)
                            .createSchemas(true)
                            .load();
            gate.alone(tables::migrate);
        } finally {
            drop(frame);
        }
    }

    private HikariDataSource pool(String schemas, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("rebuild");
        pool.setJdbcUrl(settings.url());
        pool.setUsername(settings.user());
        pool.setPassword(settings.password());
        pool.setMaximumPoolSize(size);
        pool.setConnectionInitSql(
                (settings.isEmbedded() ? "set schema_search_path \"" : "set search_path to \"")
                        + schemas
                        + "\"");
        return new HikariDataSource(pool);
    }

    private final class Built implements Beside {
        private final String schema;
        private final HikariDataSource pool;
        private final NamedParameterJdbcTemplate beside;
        private final PlatformTransactionManager transactions;

        Built(String schema, HikariDataSource pool) {
            this.schema = schema;
            this.pool = pool;
            this.beside = Database.rows(settings, pool, gate);
            this.transactions = Database.transactions(settings, pool, gate);
        }

        @Override
        public NamedParameterJdbcTemplate jdbc() {
            return beside;
        }

        @Override
        public PlatformTransactionManager transactions() {
            return transactions;
        }

        @Override
        public void analyze() {
            if (!settings.isEmbedded()) {
                JdbcClient.create(beside)
                        .sql(
                                "select table_name from information_schema.tables where table_schema = :schema")
                        .param("schema", schema)
                        .query(String.class)
                        .list()
                        .forEach(table ->
                                beside.getJdbcOperations().execute("analyze \"" + table + "\""));
            }
        }

        @Override
        public boolean putInPlace() {
            if (settings.isEmbedded()) {
                return inAGap(this::changeNames);
            }
            changeNames();
            return true;
        }

        private void changeNames() {
            String name = served();
            rename(name, replaced());
            rename(schema, name);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    /**
     * H2 would not find tables between the two changes, nor undo the first one with the
     * transaction; so it waits until the caller's connection is the only one in use.
     */
    private boolean inAGap(Runnable work) {
        HikariPoolMXBean pool = dataSource.getHikariPoolMXBean();
        long deadline = System.nanoTime() + GAP_MAX.toNanos();
        pool.suspendPool();
        try {
            while (pool.getActiveConnections() > 1) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_AGAIN);
            }
            work.run();
            return true;
        } finally {
            putBackWhatWasCutShort();
            pool.resumePool();
        }
    }
}
