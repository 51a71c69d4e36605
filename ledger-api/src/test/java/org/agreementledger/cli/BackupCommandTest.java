package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The example, backed up from a folder that nobody has open, and restored. */
class BackupCommandTest {

    @TempDir static Path folder;

    private static Shell source;
    private static Path file;

    @BeforeAll
    static void a_backup() throws IOException {
        source = new Shell(folder.resolve("source"));
        source.run("agreements", "--demo").isFine();
        file = folder.resolve("whatever.it.is.called");
        Shell.Output made = source.run("backup", "--out", file.toString()).isFine();
        assertThat(made.out()).startsWith("Backed up 30 entries, as at 2026-11-23T10:0");
        assertThat(made.err()).contains("The private key that signs the log is not in it");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void it_comes_back_verified_and_answers_the_same() {
        Shell restored = new Shell(folder.resolve("restored"));
        Shell.Output output = restored.run("restore", file.toString()).isFine();
        assertThat(output.out())
                .startsWith("INTACT — 30 entries of 1 agreement")
                .contains("Restored the backup of 2026-11-23T10:0", "the newest at position 29")
                .contains("\n  agreement-ledger/");
        assertThat(output.err())
                .contains("The private key that signs its log is not in a backup")
                .contains("Put it at " + folder.resolve("restored").resolve("log-key.pem"))
                .contains("What was recorded after the backup is not in it.");
        for (String question :
                List.of(
                        "entries",
                        "agreements",
                        "history microsoft-openai investment.commitment")) {
            assertThat(restored.run((question + " --json").split(" ")).isFine().json())
                    .as(question)
                    .isEqualTo(source.run((question + " --json").split(" ")).json());
        }
    }

    @Test
    void without_its_key_its_read_models_can_be_built_again() {
        Shell restored = new Shell(folder.resolve("rebuilt"));
        restored.run("restore", file.toString()).isFine();
        assertThat(restored.run("rebuild").isFine().out()).contains("30 entries");
        restored.run("verify").isFine();
        assertThat(folder.resolve("rebuilt").resolve("log-key.pem")).doesNotExist();
    }

    @Test
    void a_program_is_told_the_same() {
        JsonNode made =
                source.run("backup", "--json", "--out", folder.resolve("json.zip").toString())
                        .isFine()
                        .json();
        JsonNode restored =
                new Shell(folder.resolve("json"))
                        .run("restore", made.get("file").asString(), "--json")
                        .isFine()
                        .json();
        assertThat(restored.get("ok").asBoolean()).isTrue();
        assertThat(restored.get("position").asLong()).isEqualTo(29);
        for (String same : List.of("position", "ledger", "root", "takenAt")) {
            assertThat(restored.get(same)).as(same).isEqualTo(made.get(same));
        }
    }

    @Test
    void with_the_key_of_another_ledger_it_is_not_that_ledgers() throws IOException {
        Shell other = new Shell(folder.resolve("other"));
        other.run("token", "create", "--name", "a", "--role", "reader").isFine();
        String key =
                other.run("backup", "--json", "--out", folder.resolve("other.zip").toString())
                        .isFine()
                        .json()
                        .get("ledger")
                        .asString();

        Shell.Output refused =
                new Shell(folder.resolve("never")).run("restore", file.toString(), "--key", key);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.DIFFERENCE);
        assertThat(refused.out()).startsWith("BROKEN");
        assertNothingIsLeft();
    }

    @Test
    void what_was_altered_before_is_shown_and_not_restored() throws Exception {
        Shell altered = new Shell(folder.resolve("altered"));
        altered.run("restore", file.toString()).isFine();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:h2:" + folder.resolve("altered").resolve("ledger"),
                                "sa",
                                "");
                Statement one = connection.createStatement()) {
            one.executeUpdate(
                    "update models.entry set occurred_on = date '1999-01-01' where position = 3");
            one.execute("shutdown");
        }
        Path backup = folder.resolve("altered.zip");
        altered.run("backup", "--out", backup.toString()).isFine();

        Shell.Output refused = new Shell(folder.resolve("never")).run("restore", backup.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.DIFFERENCE);
        assertThat(refused.out()).startsWith("BROKEN");
        assertThat(refused.err()).contains("does not verify, so it was not restored");
        assertNothingIsLeft();
    }

    @Test
    void what_cannot_be_backed_up_is_refused_and_nothing_is_written() throws IOException {
        String out = folder.resolve("never.zip").toString();
        new Shell(folder.resolve("no-ledger"))
                .run("backup", "--out", out)
                .refusedWith(
                        ExitCode.USAGE, "There is no ledger in " + folder.resolve("no-ledger"));
        assertThat(folder.resolve("no-ledger")).doesNotExist();
        source.run("backup", "--out", out, "--database", "postgresql://localhost/none")
                .refusedWith(ExitCode.USAGE, "pg_dump", "ledger verify --database");
        source.run("backup", "--out", file.toString())
                .refusedWith(ExitCode.USAGE, "is there already");
        source.run("backup", "--out", folder.resolve("no/such/folder.zip").toString())
                .refusedWith(ExitCode.CANNOT_RUN, "Cannot write", "there is no");
        source.run("backup").refusedWith(ExitCode.USAGE, "--out");
        assertThat(folder.resolve("never.zip")).doesNotExist();
    }

    @Test
    void what_cannot_be_restored_is_refused_and_leaves_nothing() throws IOException {
        Shell nobody = new Shell(folder.resolve("never"));
        byte[] whole = Files.readAllBytes(file);
        Path broken = folder.resolve("broken");
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
        nobody.run("restore", broken.toString()).refusedWith(ExitCode.USAGE, "it is cut off");
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 1;
        Files.write(broken, flipped);
        nobody.run("restore", broken.toString())
                .refusedWith(ExitCode.USAGE, "is no backup that can be restored: its database");
        nobody.run("restore", file.toString(), "--database", "postgresql://localhost/none")
                .refusedWith(ExitCode.USAGE, "restore it into a folder, with --data DIR");
        nobody.run("restore", file.toString(), "--log-key", "key.pem")
                .refusedWith(ExitCode.USAGE, "leave out --log-key");
        nobody.run("restore", file.toString(), "--demo")
                .refusedWith(ExitCode.USAGE, "The demo has its example");
        assertNothingIsLeft();
        source.run("restore", file.toString()).refusedWith(ExitCode.USAGE, "is not empty");
    }

    private static void assertNothingIsLeft() throws IOException {
        assertThat(folder.resolve("never")).doesNotExist();
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("."));
        }
    }
}
