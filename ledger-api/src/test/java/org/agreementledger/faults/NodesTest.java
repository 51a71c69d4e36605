package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three nodes on one PostgreSQL and one on its replica; nodes are killed at random. */
@Tag("faults")
class NodesTest {

    private static final int KILLS = Integer.getInteger("faults.kills", 10);
    private static final long SEED = Long.getLong("faults.seed", 8);

    @TempDir Path folder;

    private final Aftermath aftermath = new Aftermath(new Journal());
    private final List<ServerProcess> nodes = new ArrayList<>();
    private final List<Long> afterSequencer = new ArrayList<>();
    private final List<Long> afterAnother = new ArrayList<>();

    @Test
    void nodes_are_killed_at_random() throws Exception {
        String fault = "one of three nodes killed";
        Path programs = PostgresServer.installed();
        if (programs == null) {
            throw Faults.leftOut(fault, "there is no PostgreSQL below /usr/lib/postgresql");
        }
        long began = System.nanoTime();
        Random random = new Random(SEED);
        try (PostgresServer primary = PostgresServer.start(programs);
                PostgresServer standby = primary.standby()) {
            String[] place = place(primary);
            nodes.add(ServerProcess.start(place));
            try (ServerProcess replica = ServerProcess.start(place(standby))) {
                nodes.add(ServerProcess.start(place));
                nodes.add(ServerProcess.start(place));
                for (int kill = 0; kill < KILLS; kill++) {
                    killOne(primary, random);
                    checkAll(replica);
                    nodes.add(ServerProcess.start(place));
                }
            } finally {
                for (ServerProcess node : nodes) {
                    node.close();
                }
            }
            Aftermath.verify(place);
        }
        Faults.tell(
                fault,
                KILLS,
                aftermath.journal().acknowledged().size(),
                aftermath.missing(),
                aftermath.twice(),
                "the others and the replica have all of it; ms until a write that began later was acknowledged: "
                        + afterSequencer
                        + " after one that sequenced, "
                        + afterAnother
                        + " after another; `verify` clean",
                began);
    }

    /** While clients write and read at any node, the killed one too. */
    private void killOne(PostgresServer database, Random random) throws Exception {
        List<URI> addresses = nodes.stream().map(ServerProcess::address).toList();
        ServerProcess victim = nodes.remove(random.nextInt(nodes.size()));
        try (Clients _ =
                new Clients(addresses, aftermath.journal(), 0)
                        .start(8, random.nextLong(1_000), Faults.agreements(6))) {
            awaitAcknowledged(50 + random.nextInt(100));
            boolean sequenced =
                    database.ask("select owner from token_entry where processor_name = 'sequencer'")
                            .startsWith(victim.pid() + "@");
            victim.kill();
            long killed = System.nanoTime();
            awaitAcknowledged(50);
            (sequenced ? afterSequencer : afterAnother).add(pauseAfter(killed));
        }
    }

    /** How many milliseconds later the first write was acknowledged that began later. */
    private long pauseAfter(long killed) {
        return aftermath.journal().acknowledged().stream()
                .filter(write -> write.began() > killed)
                .mapToLong(write -> (write.ended() - killed) / 1_000_000)
                .min()
                .orElseThrow();
    }

    /** What was acknowledged by any is found at every other, and at the replica. */
    private void checkAll(ServerProcess replica) throws Exception {
        for (ServerProcess node : nodes) {
            aftermath.check(node.address());
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<Journal.Acknowledged> all = aftermath.journal().acknowledged();
            for (Journal.Acknowledged write :
                    all.subList(Math.max(0, all.size() - 50), all.size())) {
                JsonNode told = JSON.readTree(write.body());
                assertThat(
                                JSON.readTree(
                                        Aftermath.get(
                                                http,
                                                replica.address().resolve(write.location()),
                                                "application/json")))
                        .isEqualTo(told);
            }
        }
        aftermath.check(replica.address());
    }

    private static final JsonMapper JSON = new JsonMapper();

    private String[] place(PostgresServer database) {
        return new String[] {
            "--data",
            folder.resolve("data").toString(),
            "--database",
            "postgresql://ledger@" + database.host() + "/ledger"
        };
    }

    /** So many more than now. */
    private void awaitAcknowledged(int more) {
        int before = aftermath.journal().acknowledged().size();
        for (int waited = 0;
                waited < 6_000 && aftermath.journal().acknowledged().size() < before + more;
                waited++) {
            Faults.pause(10);
        }
        assertThat(aftermath.journal().acknowledged().size())
                .as("acknowledged within a minute; failures: " + aftermath.journal().failures())
                .isGreaterThanOrEqualTo(before + more);
    }
}
