package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.log.Inclusion;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogEntry;
import org.agreementledger.node.Database;
import org.agreementledger.node.DatabaseSettings;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.Tampering;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.MerkleTree;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * How fast leaves get into the tree and proofs out of it, beside canonicalisation and SHA-256 alone
 * in the same run: {@code ./mvnw verify -Pbenchmark -Dtest=LogBenchmark}. It prints a table and
 * asserts nothing about time.
 */
@Tag("benchmark")
class LogBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.log.entries", 100_000);
    private static final int PROOFS = Integer.getInteger("benchmark.log.proofs", 5_000);
    private static final int BATCH = 5_000;
    private static final List<String> TREE =
            List.of("log_checkpoint", "log_node", "log_leaf", "log_key");

    private final Random random = new Random(1);
    private final List<String> report = new ArrayList<>();

    @TempDir Path folder;

    @Test
    void leaves_and_proofs_beside_their_limits() throws IOException {
        Path data = folder.resolve("ledger");
        LoadedLedger.open(data, LargeLedger.of(1, ENTRIES), ENTRIES).close();
        say(
                "%,d entries, embedded database, %d processors"
                        .formatted(ENTRIES, Runtime.getRuntime().availableProcessors()));
        say("");
        say("| what | per second | share of the limit |");
        say("|---|---|---|");
        leaves(data);
        try (LedgerNode node = LedgerNode.open(new Location(data, null), Clock.systemUTC())) {
            proofs(node);
        }
        Path table = Path.of("target", "log-" + ENTRIES + ".md");
        Files.write(table, report);
        System.out.println("Written to " + table.toAbsolutePath());
    }

    private void leaves(Path data) {
        double limit;
        try (LedgerNode node = LedgerNode.openToRead(new Location(data, null), Clock.systemUTC())) {
            List<LogEntry> entries = node.log().after(-1, ENTRIES);
            hashed(entries);
            limit = line("leaves: canonical bytes and SHA-256 alone", ENTRIES, hashed(entries), 0);
            Tampering.dropGuards(node.database());
            TREE.forEach(table -> Tampering.edit(node.database(), "delete from " + table));
        }
        long start = System.nanoTime();
        LedgerNode.open(new Location(data, null), Clock.systemUTC()).close();
        line(
                "leaves: tree built and signed from the log",
                ENTRIES,
                System.nanoTime() - start,
                limit);

        Location backlog = new Location(folder.resolve("backlog"), null);
        copyEvents(data, backlog.data());
        start = System.nanoTime();
        try (LedgerNode node = LedgerNode.open(backlog, Clock.systemUTC())) {
            for (long newest = -1; newest < ENTRIES - 1; ) {
                newest = node.log().awaitBeyond(newest, Duration.ofMinutes(1));
            }
            line(
                    "leaves: the sequencer on a backlog, read models following",
                    ENTRIES,
                    System.nanoTime() - start,
                    limit);
            assertThat(node.tree().size()).isEqualTo(ENTRIES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long hashed(List<LogEntry> entries) {
        long start = System.nanoTime();
        Frontier frontier = Frontier.empty();
        entries.forEach(entry -> frontier.append(Leaf.of(entry).hash()));
        assertThat(frontier.size()).isEqualTo(entries.size());
        return System.nanoTime() - start;
    }

    /** The events alone, as if nobody had sequenced them yet. */
    private static void copyEvents(Path from, Path to) {
        try (Database source = Database.open(DatabaseSettings.embedded(from));
                Database target = Database.open(DatabaseSettings.embedded(to))) {
            NamedParameterJdbcTemplate batches =
                    new NamedParameterJdbcTemplate(target.dataSource());
            for (long index = 0; ; index += BATCH) {
                List<Map<String, Object>> rows =
                        source.jdbc()
                                .sql(
                                        """
                                        select *
                                        from domain_event_entry
                                        where global_index > :from and global_index <= :to
                                        order by global_index
                                        """)
                                .param("from", index)
                                .param("to", index + BATCH)
                                .query()
                                .listOfRows();
                if (rows.isEmpty()) {
                    return;
                }
                batches.batchUpdate(
                        """
                        insert into domain_event_entry (event_identifier, aggregate_identifier,
                            sequence_number, type, payload_type, payload_revision, payload, meta_data, time_stamp)
                        values (:EVENT_IDENTIFIER, :AGGREGATE_IDENTIFIER,
                            :SEQUENCE_NUMBER, :TYPE, :PAYLOAD_TYPE, :PAYLOAD_REVISION, :PAYLOAD, :META_DATA, :TIME_STAMP)
                        """,
                        rows.stream()
                                .map(MapSqlParameterSource::new)
                                .toArray(SqlParameterSource[]::new));
            }
        }
    }

    private void proofs(LedgerNode node) {
        List<Inclusion> made = new ArrayList<>();
        for (int i = 0; i < PROOFS; i++) {
            made.add(node.tree().inclusion(random.nextInt(ENTRIES), ENTRIES));
        }
        IntConsumer verify =
                i -> {
                    Inclusion proof = made.get(i);
                    assertThat(
                                    MerkleTree.provesInclusion(
                                            proof.hashes(),
                                            proof.position(),
                                            proof.leafHash(),
                                            proof.size(),
                                            proof.root()))
                            .isTrue();
                };
        timed(verify);
        double limit = line("proofs: the SHA-256 of one alone", PROOFS, timed(verify), 0);
        line(
                "proofs of inclusion, signed size",
                PROOFS,
                timed(_ -> node.tree().inclusion(random.nextInt(ENTRIES), ENTRIES)),
                limit);
        line(
                "proofs of inclusion, any size",
                PROOFS,
                timed(_ -> {
                    int size = 1 + random.nextInt(ENTRIES);
                    node.tree().inclusion(random.nextInt(size), size);
                }),
                limit);
        line(
                "proofs of consistency, any two sizes",
                PROOFS,
                timed(_ -> {
                    int to = 1 + random.nextInt(ENTRIES);
                    node.tree().consistency(1 + random.nextInt(to), to);
                }),
                limit);
        overHttp(node, limit);
    }

    private void overHttp(LedgerNode node, double limit) {
        System.setProperty("spring.main.sources", EmptyEndpoint.class.getName());
        try (LedgerApplication.Server server =
                LedgerApplication.start(
                        node,
                        new Listen(InetAddress.getLoopbackAddress(), 0, "bench"),
                        Clock.systemUTC())) {
            LoopbackClient client = new LoopbackClient(server.address());
            timed(_ -> client.time(EmptyEndpoint.PATH));
            line("an empty endpoint", PROOFS, timed(_ -> client.time(EmptyEndpoint.PATH)), limit);
            line(
                    "proofs of inclusion over HTTP, one connection",
                    PROOFS,
                    timed(_ ->
                            client.time("/v1/log/inclusion?position=" + random.nextInt(ENTRIES))),
                    limit);
        }
    }

    private static long timed(IntConsumer once) {
        long start = System.nanoTime();
        for (int i = 0; i < PROOFS; i++) {
            once.accept(i);
        }
        return System.nanoTime() - start;
    }

    /** Returns how many a second. */
    private double line(String what, int count, long nanoseconds, double limit) {
        double perSecond = count * 1e9 / nanoseconds;
        say("| %s | %,.0f | %.3f |".formatted(what, perSecond, limit == 0 ? 1 : perSecond / limit));
        return perSecond;
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }
}
