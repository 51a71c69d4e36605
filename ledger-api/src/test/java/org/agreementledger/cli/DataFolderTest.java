package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that cannot be this process's, or is not any more, is refused and left as it is. */
@Timeout(120)
class DataFolderTest {

    @TempDir Path folder;

    private Path data;

    @BeforeEach
    void a_ledger() {
        data = folder.resolve("data");
        new Shell(data)
                .type(
                        """
                        {kind: opening, agreementId: a-b, title: A and B, occurredOn: 2020-01-01,
                         parties: [{id: a, name: A}, {id: b, name: B}]}
                        """,
                        "record")
                .isFine();
    }

    @AfterEach
    void writable_again() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void one_that_cannot_be_written_to() throws Exception {
        Map<Path, String> before = contents();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r-xr-xr-x"));

        for (String command : List.of("serve", "agreements")) {
            withoutPrivileges(command, "--data", data.toString())
                    .refusedWith(
                            ExitCode.CANNOT_RUN,
                            "Cannot open the ledger in " + data,
                            "nothing can be written there (no permission)",
                            "the folder belongs to " + Files.getOwner(data).getName());
        }

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void one_whose_database_cannot_be_written_to() throws Exception {
        Path database = data.resolve("ledger.mv.db");
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(database);
        Map<Path, String> before = contents();
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r--r--r--"));

        withoutPrivileges("serve", "--data", data.toString())
                .refusedWith(ExitCode.CANNOT_RUN, database + " cannot be written by");

        Files.setPosixFilePermissions(database, permissions);
        assertThat(contents()).isEqualTo(before);
    }

    /** Root could write there, and would lock its owner out with files of its own. */
    @Test
    void one_that_belongs_to_somebody_else() throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "Only root can give files to somebody else.");
        UserPrincipal nobody =
                data.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, nobody);
            }
        }
        Map<Path, String> before = contents();

        for (String command : List.of("serve --port 0", "agreements", "verify", "rebuild")) {
            new Shell(data)
                    .run(command.split(" "))
                    .refusedWith(
                            ExitCode.CANNOT_RUN,
                            "it belongs to nobody, and this runs as root; run it as nobody, or give the folder");
        }

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void one_that_a_newer_version_has_written() throws Exception {
        sql(
                """
                insert into "flyway_schema_history" ("installed_rank", "version", "description", "type",
                    "script", "installed_by", "execution_time", "success")
                values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 'SA', 1, true)
                """);

        for (String command : List.of("serve --port 0", "agreements", "verify", "rebuild")) {
            new Shell(data)
                    .run(command.split(" "))
                    .refusedWith(
                            ExitCode.CANNOT_RUN,
                            "a newer version of this program has written it (schema 1000)");
        }

        sql("delete from \"flyway_schema_history\" where \"installed_rank\" = 1000");
        new Shell(data).run("verify").isFine();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + data.resolve("ledger"), "sa", "");
                Statement one = connection.createStatement()) {
            assertThat(one.executeUpdate(statement)).isOne();
            one.execute("shutdown");
        }
    }

    @Test
    void one_whose_database_was_cut_short_or_replaced_or_is_gone() throws Exception {
        Path database = data.resolve("ledger.mv.db");
        Path older = Files.copy(database, folder.resolve("older"));
        new Shell(data)
                .type(
                        "{kind: announcement, agreementId: a-b, title: Later, occurredOn: 2021-01-01, speakers: [{id: a, name: A}]}",
                        "record")
                .isFine();
        Path newer = Files.move(database, folder.resolve("newer"));

        new Shell(data)
                .run("serve", "--port", "0")
                .refusedWith(ExitCode.CANNOT_RUN, "its database is gone", "backup");
        assertThat(database).doesNotExist();
        Files.copy(older, database);
        new Shell(data)
                .run("agreements")
                .refusedWith(
                        ExitCode.CANNOT_RUN,
                        "its log had come to position 1, and its database ends at 0",
                        "backup",
                        data.resolve("reached").toString());
        Files.delete(database);
        Files.move(newer, database);
        assertThat(new Shell(data).run("entries", "--json").isFine().json().get("items"))
                .hasSize(2);
    }

    /** In a process of its own; root's without the right to pass over permissions. */
    private Shell.Output withoutPrivileges(String... args) throws Exception {
        List<String> wrapper = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            String dropped = "-dac_override,-dac_read_search,-fowner";
            wrapper.addAll(List.of("setpriv", "--bounding-set", dropped, "--inh-caps", dropped));
            assumeTrue(
                    runs(wrapper), "Root passes over permissions, and there is no setpriv here.");
        }
        return Shell.elsewhere(wrapper, args);
    }

    private static boolean runs(List<String> wrapper) throws InterruptedException {
        List<String> line = new ArrayList<>(wrapper);
        line.add("true");
        try {
            return new ProcessBuilder(line).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
