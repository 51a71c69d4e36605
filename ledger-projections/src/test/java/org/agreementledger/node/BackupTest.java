package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.log.Logged;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.verify.Verification;
import org.agreementledger.verify.Verified;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ledger is backed up while it is used, and comes back as it was. */
@Timeout(300)
class BackupTest {

    private static final int BACKUPS = Integer.getInteger("ledger.backups", 2);
    private static final int WRITERS = 4;

    @TempDir static Path folder;

    /** Of one opening and one announcement. */
    private static Path small;

    @BeforeAll
    static void a_backup() throws Exception {
        try (LedgerNode node = opened(folder.resolve("small"))) {
            node.ledger().record(Drafts.opening("alpha"));
            node.ledger().record(Drafts.announcement("alpha", "Hello"));
            LogChecks.awaitIntact(node, 2);
            small = backUp(node, "small.zip");
        }
    }

    private static LedgerNode opened(Path data) {
        return LedgerNode.open(new Location(data, null), Clock.systemUTC());
    }

    private static Path backUp(LedgerNode node, String name) throws Exception {
        Path file = folder.resolve(name);
        try (Backups.Taken taken = node.backups().orElseThrow().take();
                OutputStream out = Files.newOutputStream(file)) {
            taken.writeTo(out);
        }
        return file;
    }

    /** Returns what the verification found; restored if all fits. */
    private static Verified restore(Path file, Path data) throws Exception {
        try (BackupRestore restore = BackupRestore.begin(BackupFile.open(file), data)) {
            restore.unpack();
            Verified verified;
            try (LedgerNode node = restore.open(Clock.systemUTC())) {
                verified =
                        node.verification()
                                .verify(
                                        Verification.Question.ALL,
                                        Duration.ofSeconds(10),
                                        Verification.Progress.NONE,
                                        () -> {});
            }
            if (verified.ok()) {
                restore.finish();
            }
            return verified;
        }
    }

    @Test
    void while_others_write_it_holds_all_that_was_acknowledged_before_and_nothing_twice()
            throws Exception {
        Path data = folder.resolve("busy");
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        List<Path> files = new ArrayList<>();
        List<List<String>> before = new ArrayList<>();
        int writtenMeanwhile = 0;
        try (LedgerNode node = opened(data)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String id = "busy-" + i;
                writers.add(
                        Thread.ofPlatform().start(() -> writeUntilStopped(node, id, acknowledged)));
            }
            for (int i = 0; i < BACKUPS; i++) {
                int reached = acknowledged.size();
                while (acknowledged.size() < reached + 100) {
                    Thread.onSpinWait();
                }
                before.add(List.copyOf(acknowledged));
                try (Backups.Taken taken = node.backups().orElseThrow().take();
                        OutputStream out =
                                Files.newOutputStream(folder.resolve("busy-" + i + ".zip"))) {
                    int begun = acknowledged.size();
                    while (acknowledged.size() < begun + 50) {
                        Thread.onSpinWait();
                    }
                    taken.writeTo(out);
                    writtenMeanwhile += acknowledged.size() - begun;
                }
                files.add(folder.resolve("busy-" + i + ".zip"));
            }
            writers.forEach(Thread::interrupt);
            for (Thread writer : writers) {
                writer.join();
            }
        }

        assertThat(writtenMeanwhile).isGreaterThanOrEqualTo(BACKUPS * 50);
        for (int i = 0; i < BACKUPS; i++) {
            Path restored = folder.resolve("busy-restored-" + i);
            Verified verified = restore(files.get(i), restored);
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.ok()).isTrue();
            try (LedgerNode node = opened(restoredWithKey(restored, data))) {
                List<String> stored = LogChecks.storedEventIds(node);
                assertThat(stored).containsAll(before.get(i)).doesNotHaveDuplicates();
                List<Logged> logged = LogChecks.awaitIntact(node, stored.size());
                assertThat(new HashSet<>(stored)).hasSize(logged.size());
                node.ledger().record(Drafts.opening("after-the-restore"));
            }
        }
    }

    private static void writeUntilStopped(LedgerNode node, String id, Queue<String> acknowledged) {
        acknowledged.add(node.ledger().record(Drafts.opening(id)).eventId());
        for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
            acknowledged.add(
                    node.ledger().record(Drafts.announcement(id, "Number " + i)).eventId());
        }
    }

    private static Path restoredWithKey(Path restored, Path from) throws IOException {
        Files.copy(from.resolve("log-key.pem"), restored.resolve("log-key.pem"));
        return restored;
    }

    @Test
    void what_is_beside_the_database_does_not_go_with_it() throws Exception {
        try (ZipFile zip = new ZipFile(small.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("LEDGER-BACKUP.txt", "ledger.mv.db", "manifest.json");
        }
        assertThat(Files.readString(small, StandardCharsets.ISO_8859_1))
                .doesNotContain("PRIVATE KEY");
        try (Stream<Path> there = Files.list(folder.resolve("small"))) {
            assertThat(there.map(file -> file.getFileName().toString()))
                    .contains("log-key.pem", "reached");
        }
    }

    @Test
    void without_its_key_a_restored_ledger_answers_and_takes_no_entries() throws Exception {
        Path data = folder.resolve("without-key");
        assertThat(restore(small, data).ok()).isTrue();

        try (LedgerNode node = LedgerNode.openToRead(new Location(data, null), Clock.systemUTC())) {
            assertThat(node.log().newest()).isEqualTo(1);
        }
        assertThatThrownBy(() -> opened(data))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("give it with --log-key FILE");
    }

    @Test
    void an_empty_folder_is_filled_in_its_place() throws Exception {
        Path data = Files.createDirectory(folder.resolve("empty"));
        Object place = Files.readAttributes(data, "unix:ino").get("ino");
        assertThat(restore(small, data).ok()).isTrue();
        assertThat(Files.readAttributes(data, "unix:ino")).containsEntry("ino", place);
        assertThat(data.resolve("ledger.mv.db")).exists();
    }

    @Test
    void of_two_restores_into_one_empty_folder_the_second_finds_it_taken() throws Exception {
        Path data = Files.createDirectory(folder.resolve("twice"));
        try (BackupRestore first = BackupRestore.begin(BackupFile.open(small), data);
                BackupRestore second = BackupRestore.begin(BackupFile.open(small), data)) {
            first.unpack();
            second.unpack();
            first.finish();
            opened(restoredWithKey(data, folder.resolve("small"))).close();
            byte[] there = Files.readAllBytes(data.resolve("ledger.mv.db"));

            assertThatThrownBy(second::finish).isInstanceOf(FileAlreadyExistsException.class);
            assertThat(Files.readAllBytes(data.resolve("ledger.mv.db"))).isEqualTo(there);
        }
        assertThat(data).isDirectoryNotContaining("glob:**.restoring-*");
    }

    // ---- what is no backup, or no place for one

    @Test
    void one_that_was_cut_off_is_refused_wherever_that_was() throws Exception {
        byte[] whole = Files.readAllBytes(small);
        for (int length : List.of(60, 1_000, whole.length / 2, whole.length - 1)) {
            Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
            assertThat(BackupFile.isOne(cut)).isTrue();
            refused(cut, "it is cut off");
        }
    }

    /** Or lies where it says nothing, such as in the time of a file in the archive. */
    @Test
    void a_flipped_byte_is_found() throws Exception {
        byte[] whole = Files.readAllBytes(small);
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 100; i++) {
            byte[] flipped = whole.clone();
            flipped[i < 40 ? whole.length - 1 - i : random.nextInt(whole.length)] ^=
                    (byte) (1 << (i % 8));
            Path file = Files.write(folder.resolve("flipped.zip"), flipped);
            try {
                BackupFile.open(file).check();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("flipped.zip is no backup that can be restored");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(80);
    }

    @Test
    void a_foreign_archive_is_refused_and_writes_nowhere() throws Exception {
        String manifest =
                "{\"format\": 1, \"position\": 0, \"takenAt\": \"2026-01-01T00:00:00Z\", \"ledger.mv.db\": {\"size\": 10, \"sha256\": \"00\"}}";
        String mark = part(small, "LEDGER-BACKUP.txt");
        refused(
                archive("LEDGER-BACKUP.txt", mark, "../escaped", "x", "manifest.json", manifest),
                "it holds other files than a backup: ../escaped");
        refused(archive("a.txt", "x"), "it holds other files than a backup: a.txt");
        refused(
                archive("LEDGER-BACKUP.txt", mark, "manifest.json", manifest),
                "some are missing, or there twice");
        refused(
                archive(
                        "LEDGER-BACKUP.txt",
                        mark,
                        "ledger.mv.db",
                        "x".repeat(50_000_000),
                        "manifest.json",
                        manifest),
                "its database is larger than its manifest says");
        refused(
                archive(
                        "LEDGER-BACKUP.txt",
                        mark,
                        "ledger.mv.db",
                        "short",
                        "manifest.json",
                        manifest),
                "its database is not the one that its manifest describes");
        refused(
                archive("LEDGER-BACKUP.txt", mark, "ledger.mv.db", "x", "manifest.json", "[]"),
                "its manifest.json is damaged");
        refused(
                archive(
                        "LEDGER-BACKUP.txt",
                        mark,
                        "ledger.mv.db",
                        "x",
                        "manifest.json",
                        "x".repeat(200_000)),
                "its manifest.json is damaged");
        refused(
                archive(
                        "LEDGER-BACKUP.txt",
                        mark,
                        "ledger.mv.db",
                        "x",
                        "manifest.json",
                        "{\"format\": 2}"),
                "a newer version of this program has written it (format 2, and this one reads 1)");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    private static String part(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Path archive(String... namesAndTexts) throws IOException {
        Path file = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
                zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file;
    }

    private static void refused(Path file, String why) {
        Path data = folder.resolve("refused");
        assertThatThrownBy(() -> restore(file, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no backup that can be restored: ")
                .hasMessageContaining(why);
        assertNothingLeft(data);
    }

    private static void assertNothingLeft(Path data) {
        assertThat(data).doesNotExist();
        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void one_that_a_newer_version_has_written_or_that_is_not_what_it_says_is_refused()
            throws Exception {
        Path data = folder.resolve("newer");
        assertThat(restore(small, data).ok()).isTrue();
        Path wrong = written(data, 7);
        assertThatThrownBy(() -> restore(wrong, folder.resolve("refused")))
                .hasMessageContaining("its database ends at position 1")
                .hasMessageContaining("its manifest says position 7");
        assertNothingLeft(folder.resolve("refused"));

        sql(
                data,
                """
                insert into "flyway_schema_history" ("installed_rank", "version", "description", "type",
                    "script", "installed_by", "execution_time", "success")
                values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 'SA', 1, true)
                """);
        Path newer = written(data, 1);
        assertThatThrownBy(() -> restore(newer, folder.resolve("refused")))
                .hasMessageContaining(
                        "a newer version of this program has written it (schema 1000)");
        assertNothingLeft(folder.resolve("refused"));
    }

    private static Path written(Path data, long position) throws IOException {
        Path file = folder.resolve("written.zip");
        BackupFile it = BackupFile.open(small);
        try (OutputStream out = Files.newOutputStream(file)) {
            BackupFile.write(
                    out,
                    to -> Files.copy(data.resolve("ledger.mv.db"), to),
                    it.manifest().ledger(),
                    position,
                    it.manifest().root(),
                    Instant.EPOCH);
        }
        return file;
    }

    private static void sql(Path data, String statement) throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:h2:" + data.resolve("ledger"), "sa", "");
                var one = connection.createStatement()) {
            assertThat(one.executeUpdate(statement)).isPositive();
            one.execute("shutdown");
        }
    }

    @Test
    void a_folder_that_is_not_empty_is_left_as_it_is() throws Exception {
        Path data = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(data.resolve("file"), "mine");
        assertThatThrownBy(() -> restore(small, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not empty");
        try (Stream<Path> there = Files.list(data)) {
            assertThat(there).containsExactly(data.resolve("file"));
        }
    }

    @Test
    void after_a_disk_that_failed_there_is_no_backup() throws Exception {
        try (LedgerNode node = FailingDisk.open(folder.resolve("failing"))) {
            node.ledger().record(Drafts.opening("alpha"));
            LogChecks.awaitIntact(node, 1);
            FailingDisk.fails(true);
            assertThatThrownBy(() -> node.ledger().record(Drafts.opening("beta")))
                    .isInstanceOf(NotDurable.class);
            assertThatThrownBy(() -> node.backups().orElseThrow().take())
                    .isInstanceOf(NotDurable.class);
        } finally {
            FailingDisk.fails(false);
        }
    }
}
