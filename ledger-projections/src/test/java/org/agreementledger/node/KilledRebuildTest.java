package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.agreementledger.verify.Verification.Progress;
import org.agreementledger.verify.Verification.Question;
import org.agreementledger.verify.Verified;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process on the embedded database is killed while it builds the read models again, wherever it
 * is with that: {@code ./mvnw verify -Plong -Dtest=KilledRebuildTest -Dledger.kills=30}.
 */
@Tag("long")
@Timeout(600)
class KilledRebuildTest {

    private static final int KILLS = Integer.getInteger("ledger.kills", 10);

    @TempDir Path folder;

    @Test
    void what_is_read_is_whole_after_every_kill() throws Exception {
        Random random = new Random(8);
        int interrupted = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> stored = storedUntilKilled(kill, 100 + random.nextInt(1_500));
            try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
                interrupted += node.rebuilds().status().state() == State.INTERRUPTED ? 1 : 0;
                requireSound(node, stored);
                assertThat(node.rebuilds().run(2, _ -> {}).state()).isEqualTo(State.DONE);
                requireSound(node, stored);
            }
        }
        assertThat(interrupted).isPositive();
    }

    private static void requireSound(LedgerNode node, List<String> stored)
            throws InterruptedException {
        Verified verified =
                node.verification()
                        .verify(Question.ALL, Duration.ofMinutes(1), Progress.NONE, () -> {});
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.ok()).isTrue();
        assertThat(stored)
                .allSatisfy(eventId -> assertThat(node.log().positionOf(eventId)).isPresent());
    }

    /** The last line may be cut off, so it does not count. */
    private List<String> storedUntilKilled(int life, int lines) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RestlessRebuilder.class.getName(),
                                folder.toString(),
                                Integer.toString(life))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> stored = new ArrayList<>();
        int seen = 0;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("stored ") && line.length() == "stored ".length() + 36) {
                    stored.add(line.substring("stored ".length()));
                }
                if (++seen == lines) {
                    // Process.destroyForcibly would close the stream under the reader.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        return stored;
    }
}
