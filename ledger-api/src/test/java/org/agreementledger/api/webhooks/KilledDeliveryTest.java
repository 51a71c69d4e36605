package org.agreementledger.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of telling, several times over. */
@Tag("long")
@Timeout(300)
class KilledDeliveryTest {

    private static final int KILLS = 5;

    @TempDir Path folder;

    @Test
    void after_a_kill_the_receiver_is_told_of_every_entry_in_order() throws Exception {
        Random random = new Random(42);
        List<String> told = new ArrayList<>();
        try (Receiver receiver = new Receiver()) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process teller = teller(receiver);
                receiver.next(20 + random.nextInt(200)).forEach(entry -> note(told, entry));
                teller.destroyForcibly().waitFor();
                receiver.rest().forEach(entry -> note(told, entry));
            }
        }
        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            for (int position = 0; position < told.size(); position++) {
                assertThat(node.log().at(position).orElseThrow().eventId())
                        .isEqualTo(told.get(position));
            }
        }
        assertThat(told).hasSizeGreaterThan(20 * KILLS);
    }

    /** What was told before may be told again, with the same entries in the same places. */
    private static void note(List<String> told, Receiver.Received entry) {
        int position = (int) entry.position();
        assertThat(position).isLessThanOrEqualTo(told.size());
        if (position == told.size()) {
            told.add(entry.id());
        }
        assertThat(told.get(position)).isEqualTo(entry.id());
    }

    private Process teller(Receiver receiver) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RestlessTeller.class.getName(),
                        folder.toString(),
                        receiver.url().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
