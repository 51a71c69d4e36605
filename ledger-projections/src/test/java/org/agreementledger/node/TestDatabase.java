package org.agreementledger.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.agreementledger.node.LedgerNode.Location;
import org.springframework.util.FileSystemUtils;

/** The databases that everything is tested on; both are real. */
public enum TestDatabase {
    H2 {
        @Override
        public Location fresh(Path folder) {
            return freshIn(folder.resolve(UUID.randomUUID().toString()));
        }

        @Override
        public Location untouched(Path folder) {
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
            return Server.create(folder, "template " + Server.EMPTY);
        }

        @Override
        public Location untouched(Path folder) {
            return Server.create(folder, "");
        }

        @Override
        public String models() {
            return "public_models";
        }
    };

    /**
     * An empty ledger of its own; what it needs on disk goes below {@code folder}. It has its
     * schema, copied from one that was made once, and nothing else: its key and its name are made
     * when it is first opened.
     */
    public abstract Location fresh(Path folder);

    /** The same before there is a schema, or a folder: for who asks how that comes about. */
    public abstract Location untouched(Path folder);

    /** The schema of the read models: who alters one of their tables names it. */
    public abstract String models();

    /** An empty embedded ledger, in exactly that folder. */
    public static Location freshIn(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve(EmptyFile.NAME), EmptyFile.BYTES, StandardOpenOption.CREATE_NEW);
            return new Location(folder, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The embedded database as it is before anybody opens a ledger in it. */
    private static final class EmptyFile {
        static final String NAME = DataFolder.DATABASE + ".mv.db";
        static final byte[] BYTES = make();

        private static byte[] make() {
            try {
                Path folder = Files.createTempDirectory("ledger-empty");
                try {
                    Database.open(DatabaseSettings.embedded(folder)).close();
                    return Files.readAllBytes(folder.resolve(NAME));
                } finally {
                    FileSystemUtils.deleteRecursively(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One server for all tests of this process. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();
        static final String EMPTY = empty();

        static Location create(Path folder, String like) {
            String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
            run("create database " + name + " " + like);
            return new Location(folder.resolve(name), RUNNING.getJdbcUrl("postgres", name));
        }

        /** The database that every fresh one is a copy of. */
        private static String empty() {
            String name = "ledger_empty";
            run("create database " + name);
            Database.open(DatabaseSettings.server(RUNNING.getJdbcUrl("postgres", name))).close();
            return name;
        }

        private static void run(String sql) {
            try (Connection connection = RUNNING.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

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
