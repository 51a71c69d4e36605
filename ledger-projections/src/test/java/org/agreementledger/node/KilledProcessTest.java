package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agreementledger.log.Logged;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process on the embedded database is killed in the middle of writing, several times over. */
@Timeout(300)
class KilledProcessTest {

    private static final int KILLS = Integer.getInteger("ledger.kills", 6);

    @TempDir Path folder;

    @Test
    void what_was_acknowledged_or_seen_survives_a_kill() throws Exception {
        kill(KILLS);
    }

    @Test
    void it_does_so_without_fsync_too() throws Exception {
        kill(KILLS / 2, "without fsync");
    }

    private void kill(int kills, String... mode) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        Map<Long, String> seen = new HashMap<>();
        Random random = new Random(42);
        for (int kill = 0; kill < kills; kill++) {
            for (String line : linesUntilKilled(kill, 20 + random.nextInt(400), mode)) {
                String[] words = line.split(" ");
                if (words[0].equals("stored") && words.length == 2) {
                    acknowledged.add(words[1]);
                } else if (words.length == 4) {
                    seen.put(Long.valueOf(words[1]), words[2] + " " + words[3]);
                }
            }
            assertNothingIsLost(acknowledged, seen);
        }
        assertThat(acknowledged).hasSizeGreaterThan(10 * kills);
    }

    /** The last line may be cut off, so it does not count. */
    private List<String> linesUntilKilled(int life, int linesMin, String... mode)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RestlessWriter.class.getName(),
                                folder.toString(),
                                Integer.toString(life)));
        command.addAll(List.of(mode));
        Process writer =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = writer.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                lines.add(line);
                if (lines.size() == linesMin) {
                    // Process.destroyForcibly would close the stream under the reader.
                    writer.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(linesMin);
        lines.removeLast();
        return lines;
    }

    private void assertNothingIsLost(List<String> acknowledged, Map<Long, String> seen)
            throws InterruptedException {
        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            List<String> stored = LogChecks.storedEventIds(node);
            assertThat(stored).containsAll(acknowledged);
            List<Logged> logged = LogChecks.awaitIntact(node, stored.size());
            seen.forEach((position, what) ->
                    assertThat(logged.get(position.intValue()).log())
                            .satisfies(entry ->
                                    assertThat(entry.eventId() + " " + entry.entryDigest())
                                            .isEqualTo(what)));
        }
    }
}
