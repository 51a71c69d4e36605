package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments, while eight clients open, amend and read. */
@Tag("faults")
class KilledServerTest {

    private static final int KILLS = Integer.getInteger("faults.kills", 100);
    private static final long SEED = Long.getLong("faults.seed", 7);

    /** After so many kills another ledger, so that looking at all of it stays quick. */
    private static final int KILLS_OF_ONE = 10;

    @TempDir Path folder;

    private final Random random = new Random(SEED);
    private int acknowledged;
    private int cutOff;
    private int missing;
    private int twice;

    @Test
    void on_the_embedded_database() throws Exception {
        kill("kill -9, embedded", KILLS, TestDatabase.H2);
    }

    @Test
    void on_the_embedded_database_without_fsync() throws Exception {
        kill(
                "kill -9, embedded, --no-fsync",
                Math.max(1, KILLS / 5),
                TestDatabase.H2,
                "--no-fsync");
    }

    @Test
    void on_postgresql() throws Exception {
        kill("kill -9, PostgreSQL", Math.max(1, KILLS / 5), TestDatabase.POSTGRESQL);
    }

    private void kill(String fault, int kills, TestDatabase database, String... options)
            throws Exception {
        long began = System.nanoTime();
        for (int killed = 0; killed < kills; killed += KILLS_OF_ONE) {
            int now = Math.min(KILLS_OF_ONE, kills - killed);
            killOne(now, database.fresh(folder), options);
            System.out.printf(
                    "  %s: %d of %d; %d acknowledged, %d missing, %d twice, %d cut off%n",
                    fault, killed + now, kills, acknowledged, missing, twice, cutOff);
        }
        Faults.tell(
                fault,
                kills,
                acknowledged,
                missing,
                twice,
                "`verify` clean each time; " + cutOff + " writes were cut off",
                began);
        assertThat(cutOff).as("killed in the middle of writing").isPositive();
    }

    private void killOne(int kills, Location location, String... options) throws Exception {
        Aftermath aftermath = new Aftermath(new Journal());
        String[] place =
                location.url() == null
                        ? new String[] {"--data", location.data().toString()}
                        : new String[] {
                            "--data", location.data().toString(), "--database", location.url()
                        };
        for (int kill = 0; kill < kills; kill++) {
            try (ServerProcess server = ServerProcess.start(with(place, options))) {
                aftermath.check(server.address());
                try (Clients _ =
                        new Clients(server.address(), aftermath.journal())
                                .start(8, random.nextLong(), Faults.agreements(6))) {
                    aftermath.journal().awaitAcknowledged(1);
                    Faults.pause(random.nextInt(1_500));
                    server.kill();
                }
            }
            // A command that reads gives what was being recorded its place.
            assertThat(Aftermath.run(with(place, "agreements")).exitCode()).isZero();
            Aftermath.verify(place);
        }
        try (ServerProcess server = ServerProcess.start(with(place, options))) {
            aftermath.check(server.address());
        }
        acknowledged += aftermath.journal().acknowledged().size();
        cutOff += aftermath.journal().cutOff();
        missing += aftermath.missing();
        twice += aftermath.twice();
    }

    private static String[] with(String[] place, String... more) {
        String[] all = new String[place.length + more.length];
        System.arraycopy(more, 0, all, 0, more.length);
        System.arraycopy(place, 0, all, more.length, place.length);
        return all;
    }
}
