package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.ServerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup or a restore that is killed, or finds no room: what is left of it is taken for nothing
 * else, and the next one works.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CutShortTest {

    /** In blocks of 512 bytes, less than either file takes. */
    private static final List<String> LITTLE_ROOM =
            List.of("sh", "-c", "ulimit -f 100; exec \"$@\"", "sh");

    @TempDir static Path folder;

    private static Shell source;
    private static Path file;
    private static byte[] whole;

    @BeforeAll
    static void a_backup() throws IOException {
        source = new Shell(folder.resolve("source"));
        source.run("agreements", "--demo").isFine();
        file = folder.resolve("backup.zip");
        source.run("backup", "--out", file.toString()).isFine();
        whole = Files.readAllBytes(file);
    }

    @AfterEach
    void the_backup_is_as_it_was() throws IOException {
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Test
    void a_backup_that_is_killed_leaves_no_file_and_the_next_one_says_what_it_left()
            throws Exception {
        Path out = folder.resolve("killed.zip");
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        try (LedgerNode _ = held();
                StallingServer server = new StallingServer(half, whole.length)) {
            ServerAddress.write(folder.resolve("source"), server.note());
            Process backup = Shell.start(backup(out));
            await(
                    backup,
                    () ->
                            !startingWith("killed.zip.").isEmpty()
                                    && Files.size(onlyOne("killed.zip.")) > 0);
            kill(backup);
        }
        assertThat(out).doesNotExist();
        Path left = onlyOne("killed.zip.");
        Path never = folder.resolve("never");
        new Shell(never)
                .run("restore", left.toString())
                .refusedWith(ExitCode.USAGE, "it is cut off");
        assertThat(never).doesNotExist();

        assertThat(source.run("backup", "--out", out.toString()).isFine().err())
                .contains(left + " was left by a backup that was cut short")
                .contains("it can be removed");
        new Shell(folder.resolve("after-killed")).run("restore", out.toString()).isFine();
    }

    @Test
    void a_backup_without_room_leaves_nothing() throws Exception {
        Path out = folder.resolve("full.zip");
        try (LedgerNode _ = held();
                StallingServer server = new StallingServer(whole, whole.length)) {
            ServerAddress.write(folder.resolve("source"), server.note());
            Shell.elsewhere(LITTLE_ROOM, backup(out))
                    .refusedWith(ExitCode.CANNOT_RUN, "Cannot write " + out + ": File too large.");
            assertThat(startingWith("full.zip")).isEmpty();
        }
    }

    private static LedgerNode held() {
        return LedgerNode.openToRead(
                new LedgerNode.Location(folder.resolve("source"), null), Clock.systemUTC());
    }

    private static String[] backup(Path out) {
        return new String[] {
            "backup", "--out", out.toString(), "--data", folder.resolve("source").toString()
        };
    }

    @Test
    void a_restore_that_is_killed_leaves_no_ledger_and_the_next_one_says_what_it_left()
            throws Exception {
        Path data = folder.resolve("beside");
        killOnceItUnpacks(data, folder, ".beside.restoring-");
        assertThat(data).doesNotExist();
        assertRestores(data, onlyOne(".beside.restoring-"));
    }

    @Test
    void nor_does_it_where_an_empty_folder_is_filled() throws Exception {
        Path data = Files.createDirectory(folder.resolve("inside"));
        killOnceItUnpacks(data, data, ".restoring-");
        try (Stream<Path> there = Files.list(data)) {
            assertThat(there).hasSize(1);
        }
        Path left = startingWith(data, ".restoring-").getFirst();
        assertRestores(data, left);
        assertThat(data.resolve("ledger.mv.db")).exists();
    }

    private static void killOnceItUnpacks(Path data, Path where, String name) throws Exception {
        Process restore = Shell.start("restore", file.toString(), "--data", data.toString());
        await(restore, () -> !startingWith(where, name).isEmpty());
        kill(restore);
        assertThat(data.resolve("ledger.mv.db")).doesNotExist();
    }

    private static void assertRestores(Path data, Path left) {
        Shell restored = new Shell(data);
        restored.run("agreements")
                .refusedWith(
                        ExitCode.CANNOT_RUN,
                        "a restore into it is under way, or was cut short. Restore the backup again; to begin an empty ledger there, remove "
                                + left);

        assertThat(restored.run("restore", file.toString()).isFine().err())
                .contains(left + " was left by a restore that was cut short")
                .contains("it can be removed");
        assertThat(restored.run("entries", "--json").isFine().json())
                .isEqualTo(source.run("entries", "--json").json());
    }

    @Test
    void a_restore_without_room_leaves_nothing() throws Exception {
        Path data = folder.resolve("no-room");
        Shell.elsewhere(LITTLE_ROOM, "restore", file.toString(), "--data", data.toString())
                .refusedWith(
                        ExitCode.CANNOT_RUN,
                        "Cannot restore %s into %s: File too large; nothing is left of it there."
                                .formatted(file, data));
        assertThat(data).doesNotExist();
        assertThat(startingWith(".no-room")).isEmpty();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Process process, Condition condition) throws IOException {
        while (!condition.holds() && process.isAlive()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void kill(Process process) throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
    }

    private static Path onlyOne(String name) throws IOException {
        List<Path> found = startingWith(name);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<Path> startingWith(String name) throws IOException {
        return startingWith(folder, name);
    }

    private static List<Path> startingWith(Path where, String name) throws IOException {
        try (Stream<Path> files = Files.list(where)) {
            return files.filter(path -> path.getFileName().toString().startsWith(name)).toList();
        }
    }
}
