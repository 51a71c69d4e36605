package org.agreementledger.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.node.LedgerNode.Location;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server and another one that follows it. */
public final class ReplicatedPostgres implements AutoCloseable {

    private static final String DATABASE = "postgres";

    private final Path folder;
    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres replica;

    private ReplicatedPostgres(Path folder) throws IOException, SQLException {
        this.folder = folder;
        Path data = folder.resolve("primary");
        this.primary = EmbeddedPostgres.builder().setDataDirectory(data).start();
        try {
            Path copy = folder.resolve("replica");
            copy(data, copy);
            this.replica =
                    EmbeddedPostgres.builder()
                            .setDataDirectory(copy)
                            .setCleanDataDirectory(false)
                            .start();
        } catch (IOException | SQLException e) {
            primary.close();
            throw e;
        }
    }

    public static ReplicatedPostgres start() throws IOException, SQLException {
        return new ReplicatedPostgres(Files.createTempDirectory("ledger-postgres"));
    }

    /** As the manual has it: Making a Base Backup Using the Low Level API. */
    private void copy(Path data, Path copy) throws IOException, SQLException {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('replica', true)");
            copyAll(data, copy);
            try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                end.next();
                Files.writeString(copy.resolve("backup_label"), end.getString(1));
            }
        }
        for (String note : new String[] {"postmaster.pid", "postmaster.opts", "epg-lock"}) {
            Files.deleteIfExists(copy.resolve(note));
        }
        Files.createFile(copy.resolve("standby.signal"));
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 user=postgres port=%d'%n"
                        .formatted(primary.getPort()));
    }

    /** With their permissions, on which the server insists. */
    private static void copyAll(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.copy(
                    file,
                    to.resolve(from.relativize(file).toString()),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    public Location primary() {
        return new Location(folder.resolve("data"), primary.getJdbcUrl("postgres", DATABASE));
    }

    public Location replica() {
        return new Location(
                folder.resolve("data-of-replica"), replica.getJdbcUrl("postgres", DATABASE));
    }

    /** From now on the replica stays as it is. */
    public void pause() throws SQLException {
        tell("select pg_wal_replay_pause()");
    }

    public void resume() throws SQLException {
        tell("select pg_wal_replay_resume()");
    }

    /** From now on it follows nobody. */
    public void promote() throws SQLException {
        tell("select pg_promote()");
    }

    private void tell(String sql) throws SQLException {
        try (Connection connection = replica.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        try (replica;
                primary) {
            // The replica goes last, so that it does not look for its primary.
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
