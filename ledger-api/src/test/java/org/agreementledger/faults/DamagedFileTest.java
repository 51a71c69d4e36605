package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agreementledger.faults.Aftermath.Said;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody or something damages the file of the embedded database. Either that does not matter, or
 * verify names the difference, or the ledger does not open and says what to do.
 */
@Tag("faults")
class DamagedFileTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 4_096;
    private static final int ROUNDS = Integer.getInteger("faults.damages", 40);

    @TempDir Path folder;

    private final Journal journal = new Journal();
    private final Map<String, Integer> sentences = new TreeMap<>();
    private final SoftAssertions judgements = new SoftAssertions();
    private final Map<String, Integer> ends = new TreeMap<>();

    /** As its file is in use: most of it was written over since. */
    private Path killed;

    /** As its file is at rest. */
    private Path closed;

    private int looked;
    private long began;

    @BeforeEach
    void a_ledger_that_was_written_to() throws Exception {
        began = System.nanoTime();
        killed = folder.resolve("killed");
        try (ServerProcess server = ServerProcess.start("--data", killed.toString())) {
            try (Clients _ =
                    new Clients(List.of(server.address()), journal, 500)
                            .start(4, 17, Faults.agreements(6))) {
                journal.awaitAcknowledged(300);
            }
            server.kill();
        }
        closed = folder.resolve("closed");
        FileSystemUtils.copyRecursively(killed, closed);
        assertThat(Aftermath.run("agreements", "--data", closed.toString()).exitCode()).isZero();
    }

    @Test
    void a_byte_is_flipped() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            look(
                    "seed " + seed,
                    file -> {
                        file.seek(random.nextLong(file.length()));
                        int old = file.read();
                        file.seek(file.getFilePointer() - 1);
                        file.write(old ^ (1 << random.nextInt(8)));
                    });
        }
        tell("a bit of the database file flipped");
    }

    @Test
    void the_file_is_truncated() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            boolean littleIsMissing = seed / 2 % 2 == 0;
            look(
                    "seed " + seed,
                    file ->
                            file.setLength(
                                    littleIsMissing
                                            ? file.length()
                                                    - 1
                                                    - random.nextLong(
                                                            Math.min(file.length() - 1, 65_536))
                                            : random.nextLong(file.length())));
        }
        tell("the database file truncated");
    }

    /** As a write that was torn, or a disk that forgot, leaves it. */
    @Test
    void a_page_is_zeroed() throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            look(
                    "seed " + seed,
                    file -> {
                        file.seek(random.nextLong(file.length() / PAGE) * PAGE);
                        file.write(new byte[PAGE]);
                    });
        }
        tell("a page of 4 KB of the database file zeroed");
    }

    @Test
    void the_file_is_gone() throws Exception {
        look("gone", _ -> Files.delete(folder.resolve("damaged-0/ledger.mv.db")));
        assertThat(ends).containsOnlyKeys("refused");
        tell("the database file removed");
    }

    private interface Damage {
        void to(RandomAccessFile file) throws IOException;
    }

    private void look(String round, Damage damage) throws IOException {
        Path sound = looked % 2 == 0 ? closed : killed;
        Path damaged = folder.resolve("damaged-" + looked++);
        FileSystemUtils.copyRecursively(sound, damaged);
        try (RandomAccessFile file =
                new RandomAccessFile(damaged.resolve("ledger.mv.db").toFile(), "rw")) {
            damage.to(file);
        }
        Said read = run("entries", damaged, "--format", "ndjson");
        Said verified = run("verify", damaged);
        FileSystemUtils.deleteRecursively(damaged);
        judgements.check(() -> ends.merge(judge(round, read, verified), 1, Integer::sum));
    }

    /** On a copy of its own: what a command leaves behind is not what was damaged. */
    private Said run(String command, Path damaged, String... options) throws IOException {
        Path copy = damaged.resolveSibling(damaged.getFileName() + "-" + command);
        FileSystemUtils.copyRecursively(damaged, copy);
        List<String> line = new ArrayList<>(List.of(command, "--data", copy.toString()));
        line.addAll(List.of(options));
        Said said = Aftermath.run(line.toArray(String[]::new));
        FileSystemUtils.deleteRecursively(copy);
        return said;
    }

    private String judge(String round, Said read, Said verified) {
        assertThat(read.err() + verified.err()).as(round).doesNotContain("\tat ");
        if (read.exitCode() != 0) {
            assertRefused(round, read);
        }
        switch (verified.exitCode()) {
            case 0 -> {
                assertAllIsThere(round, read);
                return "harmless";
            }
            case 1 -> {
                assertThat(verified.out()).as(round).startsWith("BROKEN");
                return "named by `verify`";
            }
            default -> {
                assertRefused(round, verified);
                return "refused";
            }
        }
    }

    private void assertAllIsThere(String round, Said read) {
        assertThat(read.exitCode()).as(round + ": " + read.err()).isZero();
        List<JsonNode> stored = read.out().lines().map(JSON::readTree).toList();
        assertThat(stored)
                .as(round)
                .containsAll(
                        journal.acknowledged().stream()
                                .map(write -> JSON.readTree(write.body()))
                                .toList());
    }

    private void assertRefused(String round, Said said) {
        assertThat(said.exitCode()).as(round + ": " + said.err()).isEqualTo(3);
        assertThat(said.err().lines()).as(round).hasSize(1);
        assertThat(said.err())
                .as(round)
                .startsWith("ledger: ")
                .doesNotContain("Exception", "inside the ledger")
                .containsAnyOf("damaged", "cut short", "is gone")
                .contains("backup");
        sentences.merge(
                said.err()
                        .strip()
                        .replaceAll("/\\S*/damaged[^ :/]*", "DIR")
                        .replaceAll("\\d+", "0"),
                1,
                Integer::sum);
    }

    private void tell(String fault) {
        int rounds = ends.values().stream().mapToInt(Integer::intValue).sum();
        Faults.tell(
                fault,
                rounds,
                journal.acknowledged().size(),
                0,
                0,
                ends.entrySet().stream()
                        .map(end -> end.getValue() + " " + end.getKey())
                        .collect(Collectors.joining(", ")),
                began);
        sentences.forEach((sentence, times) -> System.out.println("  " + times + " × " + sentence));
        judgements.assertAll();
    }
}
