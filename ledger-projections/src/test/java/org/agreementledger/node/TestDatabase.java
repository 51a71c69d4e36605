package org.agreementledger.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.agreementledger.node.LedgerNode.Location;

/** The databases that everything is tested on; both are real. */
public enum TestDatabase {
    H2 {
        @Override
        public Location fresh(Path folder) {
            return new Location(folder.resolve(UUID.randomUUID().toString()), null);
        }

        @Override
        public String models() {
            return "models";
        }
    },
    POSTGRESQL {
        @Override
        public Location fresh(Path folder) {
            String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
            try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return new Location(folder.resolve(name), Server.RUNNING.getJdbcUrl("postgres", name));
        }

        @Override
        public String models() {
            return "public_models";
        }
    };

    /** An empty ledger of its own; what it needs on disk goes below {@code folder}. */
    public abstract Location fresh(Path folder);

    /** The schema of the read models: who alters one of their tables names it. */
    public abstract String models();

    /** One server for all tests of this process. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("ledger-postgres");
                EmbeddedPostgres server =
                        EmbeddedPostgres.builder()
                                .setDataDirectory(folder.resolve("data"))
                                .setServerConfig("max_connections", "200")
                                .start();
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(() -> {
                                    try {
                                        server.close();
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
