package org.agreementledger.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL of the machine's own, in a folder of its own, that can be killed. */
final class PostgresServer implements AutoCloseable {

    private final Path programs;
    private final Path folder;
    private final int port;

    private PostgresServer(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Where Debian has the newest; null where there is none. */
    static @Nullable Path installed() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return null;
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    /** An empty database named ledger on it. */
    static PostgresServer start(Path programs) throws Exception {
        PostgresServer server = inFolderOfItsOwn(programs);
        server.run(
                "initdb",
                "-D",
                server.data(),
                "-U",
                "ledger",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8");
        server.start();
        server.runOnIt("createdb", "ledger");
        return server;
    }

    /** One that follows this one, and without which this one commits nothing any more. */
    PostgresServer standby() throws Exception {
        PostgresServer standby = inFolderOfItsOwn(programs);
        runOnIt("pg_basebackup", "-R", "-X", "stream", "-D", standby.data());
        standby.start();
        run("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
        start("-c synchronous_standby_names=*");
        return standby;
    }

    private static PostgresServer inFolderOfItsOwn(Path programs) throws Exception {
        Path folder = Files.createTempDirectory("ledger-postgres");
        if (Faults.isRoot()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Faults.run("chown", "postgres", folder.toString());
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new PostgresServer(programs, folder, free.getLocalPort());
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    void start(String... options) throws Exception {
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p %d -k %s -c listen_addresses=127.0.0.1 -c max_connections=100 %s"
                        .formatted(port, folder, String.join(" ", options)),
                "start");
    }

    void promote() throws Exception {
        run("pg_ctl", "-D", data(), "-w", "promote");
    }

    /** As it is at one moment, also while others write. */
    void dump() throws Exception {
        runOnIt("pg_dump", "-Fc", "-f", dumped(), "ledger");
    }

    /** What was dumped, as a database of that name. */
    void restore(String name) throws Exception {
        runOnIt("createdb", name);
        runOnIt("pg_restore", "--exit-on-error", "--single-transaction", "-d", name, dumped());
    }

    private String dumped() {
        return folder.resolve("ledger.dump").toString();
    }

    private void runOnIt(String program, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of("-h", "127.0.0.1", "-p", "" + port));
        line.addAll(List.of("-U", "ledger"));
        line.addAll(List.of(options));
        run(program, line.toArray(String[]::new));
    }

    /** PostgreSQL does not run as root. */
    private void run(String program, String... options) throws Exception {
        List<String> line = new ArrayList<>();
        if (Faults.isRoot()) {
            line.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        line.add(programs.resolve(program).toString());
        line.addAll(List.of(options));
        Faults.run(line.toArray(String[]::new));
    }

    /** SIGKILL to all its processes; nothing where it was killed before, which leaves its note. */
    void kill() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst());
        List<ProcessHandle> all =
                ProcessHandle.of(pid).stream()
                        .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
                        .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    String host() {
        return "127.0.0.1:" + port;
    }

    /** What one row of one column says. */
    String ask(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://" + host() + "/ledger", "ledger", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(Path.of(data(), "postmaster.pid"))) {
            kill();
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}
