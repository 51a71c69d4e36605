package org.agreementledger.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server goes, for a while or for good; or the node that sequences does. */
@Tag("faults")
class PostgresFaultsTest {

    private static final int ROUNDS = 5;

    @TempDir Path folder;

    private final Aftermath aftermath = new Aftermath(new Journal());

    @Test
    void postgresql_is_killed_and_comes_back() throws Exception {
        String fault = "PostgreSQL killed and back";
        long began = System.nanoTime();
        try (PostgresServer database = PostgresServer.start(programs(fault))) {
            String[] place = place("postgresql://ledger@" + database.host() + "/ledger");
            try (ServerProcess server = ServerProcess.start(place)) {
                try (Clients _ = clients(List.of(server))) {
                    for (int round = 0; round < ROUNDS; round++) {
                        aftermath.journal().awaitAcknowledged(20);
                        database.kill();
                        Faults.pause(500);
                        database.start();
                    }
                    aftermath.journal().awaitAcknowledged(20);
                }
                aftermath.check(server.address());
            }
            Aftermath.verify(place);
        }
        tell(fault, ROUNDS, "the same server goes on; `verify` clean", began);
    }

    @Test
    void the_primary_is_killed_and_its_replica_promoted() throws Exception {
        String fault = "fail-over to a replica (synchronous)";
        long began = System.nanoTime();
        try (PostgresServer primary = PostgresServer.start(programs(fault));
                PostgresServer replica = primary.standby()) {
            String[] place =
                    place(
                            "jdbc:postgresql://%s,%s/ledger?user=ledger&targetServerType=primary"
                                    .formatted(primary.host(), replica.host()));
            try (ServerProcess server = ServerProcess.start(place)) {
                try (Clients _ = clients(List.of(server))) {
                    aftermath.journal().awaitAcknowledged(200);
                    primary.kill();
                    replica.promote();
                    aftermath.journal().awaitAcknowledged(200);
                }
                aftermath.check(server.address());
            }
            Aftermath.verify(place);
        }
        tell(fault, 1, "the same server goes on with the replica; `verify` clean", began);
    }

    @Test
    void the_node_that_sequences_is_killed() throws Exception {
        String fault = "node killed that holds the sequencer";
        long began = System.nanoTime();
        try (PostgresServer database = PostgresServer.start(programs(fault))) {
            String[] place = place("postgresql://ledger@" + database.host() + "/ledger");
            List<ServerProcess> nodes = new ArrayList<>();
            try {
                nodes.add(ServerProcess.start(place));
                nodes.add(ServerProcess.start(place));
                for (int round = 0; round < ROUNDS; round++) {
                    try (Clients _ = clients(nodes)) {
                        aftermath.journal().awaitAcknowledged(200);
                        ServerProcess sequencing = sequencing(database, nodes);
                        sequencing.kill();
                        nodes.remove(sequencing);
                        aftermath.journal().awaitAcknowledged(50);
                    }
                    aftermath.check(nodes.getFirst().address());
                    nodes.add(ServerProcess.start(place));
                }
            } finally {
                for (ServerProcess node : nodes) {
                    node.close();
                }
            }
            Aftermath.verify(place);
        }
        tell(fault, ROUNDS, "the other node goes on; `verify` clean", began);
    }

    private static ServerProcess sequencing(PostgresServer database, List<ServerProcess> nodes)
            throws Exception {
        String owner =
                database.ask("select owner from token_entry where processor_name = 'sequencer'");
        return nodes.stream()
                .filter(node -> owner.startsWith(node.pid() + "@"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Who is " + owner + "?"));
    }

    private static Path programs(String fault) throws Exception {
        Path programs = PostgresServer.installed();
        if (programs == null) {
            throw Faults.leftOut(fault, "there is no PostgreSQL below /usr/lib/postgresql");
        }
        return programs;
    }

    private String[] place(String url) {
        return new String[] {"--data", folder.resolve("data").toString(), "--database", url};
    }

    private Clients clients(List<ServerProcess> servers) {
        return new Clients(
                        servers.stream().map(ServerProcess::address).toList(),
                        aftermath.journal(),
                        0)
                .start(8, 13, Faults.agreements(6));
    }

    private void tell(String fault, int rounds, String afterwards, long began) {
        Faults.tell(
                fault,
                rounds,
                aftermath.journal().acknowledged().size(),
                aftermath.missing(),
                aftermath.twice(),
                afterwards,
                began);
    }
}
