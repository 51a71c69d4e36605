package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.RawEvents;
import org.agreementledger.node.Signing;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Entries recorded one by one, beside inserts of the same event rows with JDBC alone under the same
 * durability, turn by turn: {@code ./mvnw verify -Pbenchmark -Dtest=AppendBenchmark}. It prints a
 * table and asserts nothing about time.
 */
@Tag("benchmark")
class AppendBenchmark {

    /** In each turn, by all writers together. */
    private static final int ENTRIES = Integer.getInteger("benchmark.append.entries", 4_000);

    private static final int ROUNDS = Integer.getInteger("benchmark.append.rounds", 3);
    private static final List<Integer> WRITERS = List.of(1, 8, 32);

    @TempDir Path folder;

    /** Seconds that turns took, beside those of the limit. */
    private static final class Times {
        private double raw;
        private double acknowledged;
        private double seen;
    }

    @Test
    void embedded_waiting_for_the_disk() throws Exception {
        measure("H2, fsync", TestDatabase.H2.fresh(folder), TestDatabase.H2.fresh(folder), true);
    }

    @Test
    void embedded_not_waiting_for_the_disk() throws Exception {
        measure(
                "H2, no fsync",
                TestDatabase.H2.fresh(folder),
                TestDatabase.H2.fresh(folder),
                false);
    }

    /** As a server is set up by itself, not as for tests. */
    @Test
    void on_a_server() throws Exception {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("server"))
                        .setServerConfig("max_connections", "200")
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database ledger");
                statement.execute("create database raw");
            }
            measure(
                    "PostgreSQL, fsync",
                    new Location(folder, server.getJdbcUrl("postgres", "ledger")),
                    new Location(folder, server.getJdbcUrl("postgres", "raw")),
                    true);
        }
    }

    private void measure(String name, Location location, Location beside, boolean fsync)
            throws Exception {
        LedgerNode node =
                fsync
                        ? LedgerNode.open(location, Clock.systemUTC())
                        : LedgerNode.open(location, Clock.systemUTC(), Signing.BESIDE_DATA, false);
        try (Report report = new Report("append, " + name);
                RawEvents raw = RawEvents.open(beside, fsync);
                LedgerApplication.Server server =
                        LedgerApplication.start(
                                node,
                                new Listen(InetAddress.getLoopbackAddress(), 0, "bench"),
                                Clock.systemUTC())) {
            report.say(
                    "%s: %,d entries a turn, %d turns each, %d processors, heap at most %,d MB"
                            .formatted(
                                    name,
                                    ENTRIES,
                                    ROUNDS,
                                    Runtime.getRuntime().availableProcessors(),
                                    Runtime.getRuntime().maxMemory() >> 20));
            report.heading(
                    "acknowledged, of raw",
                    "and read, of raw",
                    "writers",
                    "through",
                    "acknowledged/s",
                    "and read/s",
                    "raw inserts/s");
            Way inProcess = entries -> recorded(node, entries);
            Way overHttp = entries -> posted(server.address(), entries);
            measure(report, 8, "Ledger.record, warming up", raw, inProcess);
            for (int writers : WRITERS) {
                measure(report, writers, "Ledger.record", raw, inProcess);
            }
            measure(report, 8, "HTTP, warming up", raw, overHttp);
            for (int writers : List.of(1, 8)) {
                measure(report, writers, "HTTP", raw, overHttp);
            }
        }
    }

    /** How one writer gets its entries in; what it gives waits until they can be read. */
    private interface Way {
        Runnable write(List<Entry> entries);
    }

    private void measure(Report report, int writers, String through, RawEvents raw, Way way)
            throws Exception {
        Times times = new Times();
        for (int round = 0; round < ROUNDS; round++) {
            turn(writers, through, round, raw, way, times);
        }
        double entries = (double) (ENTRIES / writers) * writers * ROUNDS;
        report.row(
                times.raw / times.acknowledged,
                times.raw / times.seen,
                writers,
                through,
                entries / times.acknowledged,
                entries / times.seen,
                entries / times.raw);
    }

    private void turn(int writers, String through, int round, RawEvents raw, Way way, Times times)
            throws Exception {
        List<List<Entry>> work =
                IntStream.range(0, writers)
                        .mapToObj(writer -> {
                            String id = "%s-%d-%d-%d".formatted(through, writers, round, writer);
                            return LargeLedger.entries(
                                            new AgreementId(
                                                    id.toLowerCase(Locale.ROOT)
                                                            .replaceAll("[^a-z0-9]+", "-")),
                                            ENTRIES / writers,
                                            31L * round + writer)
                                    .toList();
                        })
                        .toList();
        List<List<RawEvents.Row>> rows = work.stream().map(AppendBenchmark::rows).toList();
        long start = System.nanoTime();
        together(
                rows,
                mine -> {
                    try (RawEvents.Writer writer = raw.writer()) {
                        for (RawEvents.Row row : mine) {
                            writer.insert(row);
                        }
                    }
                    return rows;
                });
        times.raw += since(start);

        start = System.nanoTime();
        List<Runnable> reads = together(work, way::write);
        times.acknowledged += since(start);
        reads.forEach(Runnable::run);
        times.seen += since(start);
    }

    private static List<RawEvents.Row> rows(List<Entry> entries) {
        List<RawEvents.Row> rows = new ArrayList<>();
        for (Entry entry : entries) {
            rows.add(RawEvents.Row.of(AgreementEvent.of(rows.size() + 1, entry)));
        }
        return rows;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private interface Work<T, R> {
        R of(T share) throws Exception;
    }

    private static <T, R> List<R> together(List<T> shares, Work<T, R> work) throws Exception {
        List<R> results = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(shares.size())) {
            List<Future<R>> running = new ArrayList<>();
            for (T share : shares) {
                running.add(writers.submit(() -> work.of(share)));
            }
            for (Future<R> done : running) {
                results.add(done.get());
            }
        }
        return results;
    }

    private static Runnable recorded(LedgerNode node, List<Entry> entries) {
        List<Receipt> receipts = new ArrayList<>();
        for (Entry entry : entries) {
            receipts.add(
                    node.ledger()
                            .record(
                                    new Submission(
                                            new RecordEntry(entry, null),
                                            Actor.local("bench"),
                                            null)));
        }
        return () -> assertThat(node.readModels().await(receipts, Duration.ofMinutes(2))).isTrue();
    }

    /** An answer is given when the entry can be read. */
    private static Runnable posted(URI server, List<Entry> entries) {
        LoopbackClient client = new LoopbackClient(server);
        for (Entry entry : entries) {
            String path =
                    entry instanceof Entry.Opening
                            ? "/v1/agreements"
                            : "/v1/agreements/" + entry.header().agreementId() + "/entries";
            LoopbackClient.Answer answer =
                    client.post(path, AnswerJson.MAPPER.writeValueAsBytes(EntryJson.write(entry)));
            assertThat(answer.status()).isEqualTo(201);
        }
        return () -> {};
    }
}
