package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.faults.Journal.Acknowledged;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The database server goes, for a while or for good; or the node that sequences does. */
@Tag("faults")
class PostgresFaultsTest {

    private static final int ROUNDS = 5;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private final Aftermath aftermath = new Aftermath(new Journal());

    @Test
    void postgresql_is_killed_and_comes_back() throws Exception {
        String fault = "PostgreSQL killed and back";
        long began = System.nanoTime();
        try (PostgresServer database = PostgresServer.start(programs(fault))) {
            String[] place = place(url(database, "ledger"));
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
            String[] place = place(url(database, "ledger"));
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

    /**
     * Not a fault, but what is left after one: entries that were not acknowledged yet are in it.
     */
    @Test
    void a_dump_that_was_taken_while_a_node_writes_is_restored() throws Exception {
        String fault = "`pg_dump` under load, restored";
        long began = System.nanoTime();
        Journal journal = aftermath.journal();
        int missing = 0;
        try (PostgresServer database = PostgresServer.start(programs(fault))) {
            List<Acknowledged> before;
            try (ServerProcess server = ServerProcess.start(place(url(database, "ledger")));
                    Clients _ = clients(List.of(server))) {
                journal.awaitAcknowledged(200);
                before = List.copyOf(journal.acknowledged());
                database.dump();
                journal.awaitAcknowledged(20);
            }
            database.restore("restored");
            String[] place = place(url(database, "restored"), "--log-key", key().toString());
            try (ServerProcess server = ServerProcess.start(place);
                    HttpClient http = HttpClient.newHttpClient()) {
                for (Acknowledged write : before) {
                    String there =
                            Aftermath.get(
                                    http,
                                    server.address().resolve(write.location()),
                                    "application/json");
                    missing += JSON.readTree(there).equals(JSON.readTree(write.body())) ? 0 : 1;
                }
            }
            assertThat(missing).as("missing").isZero();
            Aftermath.verify(place(url(database, "restored")));
            Faults.tell(fault, 1, before.size(), missing, 0, "`verify` clean", began);
        }
    }

    private Path key() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log-key"))
                    .findFirst()
                    .orElseThrow();
        }
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

    private static String url(PostgresServer database, String name) {
        return "postgresql://ledger@" + database.host() + "/" + name;
    }

    private String[] place(String url, String... more) {
        List<String> place =
                new ArrayList<>(
                        List.of("--data", folder.resolve("data").toString(), "--database", url));
        place.addAll(List.of(more));
        return place.toArray(String[]::new);
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
