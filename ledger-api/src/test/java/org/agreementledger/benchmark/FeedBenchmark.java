package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.axon.Receipt;
import org.agreementledger.log.LogEntry;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream and the polls, on loopback, server and readers in one process: {@code ./mvnw verify
 * -Pbenchmark -Dtest=FeedBenchmark -Dsurefire.failIfNoSpecifiedTests=false}. It prints a table and
 * asserts nothing about time.
 */
@Tag("benchmark")
class FeedBenchmark {

    private static final int READERS_MAX = Integer.getInteger("benchmark.readers", 2_000);
    private static final Duration WRITING =
            Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 10));
    private static final int WRITERS = 4;
    private static final int NOTED = 10;

    private final List<String> report = new ArrayList<>();
    private int agreements;

    @Test
    void streams_and_polls(@TempDir Path folder) throws Exception {
        System.setProperty("spring.main.sources", EmptyEndpoint.class.getName());
        // Those of the rows before may still be on their way out.
        System.setProperty("ledger.feed.streams-max", "" + (READERS_MAX + 1_000));
        System.setProperty("server.tomcat.max-keep-alive-requests", "-1");
        System.setProperty("server.tomcat.max-connections", "" + (READERS_MAX + 1_000));
        LedgerNode node = LedgerNode.open(new LedgerNode.Location(folder, null), Clock.systemUTC());
        try (LedgerApplication.Server server =
                LedgerApplication.start(
                        node,
                        new Listen(InetAddress.getLoopbackAddress(), 0, "bench"),
                        Clock.systemUTC())) {
            say(
                    "heap at most %,d MB, %d processors, %d writers"
                            .formatted(
                                    Runtime.getRuntime().maxMemory() >> 20,
                                    Runtime.getRuntime().availableProcessors(),
                                    WRITERS));
            latencies(node, server.port());
            memory(server.port());
            polls(node, server.port());
        } finally {
            Path table = Path.of("target/benchmark/feed.md").toAbsolutePath();
            Files.createDirectories(table.getParent());
            Files.write(table, report);
            System.out.println("Written to " + table);
        }
    }

    // ---- from the acknowledged write to the reader

    private void latencies(LedgerNode node, int port) throws Exception {
        write(node, 0, Duration.ofSeconds(5));
        say("");
        say(
                "| readers | writes asked for per s | written per s | events read per s | p50 ms | p99 ms | max ms | readers left |");
        say("|---|---|---|---|---|---|---|---|");
        for (int perSecond : new int[] {20, 100, 0}) {
            for (int readers : new int[] {1, 1_000}) {
                latency(node, port, readers, perSecond);
            }
        }
    }

    private void latency(LedgerNode node, int port, int count, int perSecond) throws Exception {
        try (StreamReaders readers = new StreamReaders()) {
            readers.open(port, count, Math.max(1, count / NOTED));
            long before = node.log().newest();
            long start = System.nanoTime();
            Map<String, Long> acknowledged = write(node, perSecond, WRITING);
            double seconds = (System.nanoTime() - start) / 1e9;
            long newest = node.log().newest();
            awaitAll(readers, newest);
            double until = (System.nanoTime() - start) / 1e9;
            Sample latencies = new Sample(acknowledged.size() * readers.noted().size());
            List<LogEntry> entries = node.log().after(before, Integer.MAX_VALUE);
            for (LogEntry entry : entries) {
                for (StreamReaders.Noting reader : readers.noted()) {
                    long arrival = reader.arrivalOf(entry.position());
                    if (arrival != 0) {
                        latencies.add(Math.max(0, arrival - acknowledged.get(entry.eventId())));
                    }
                }
            }
            say(
                    "| %,d | %s | %,.0f | %,.0f | %.1f | %.1f | %.1f | %,d |"
                            .formatted(
                                    count,
                                    perSecond == 0 ? "all it takes" : "" + perSecond,
                                    entries.size() / seconds,
                                    entries.size() * (double) count / until,
                                    latencies.milliseconds(0.5),
                                    latencies.milliseconds(0.99),
                                    latencies.milliseconds(1),
                                    readers.listening()));
        }
    }

    private static void awaitAll(StreamReaders readers, long newest) {
        long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (readers.noted().stream().anyMatch(reader -> reader.last() < newest)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** By the id of each event, when it was acknowledged. */
    private Map<String, Long> write(LedgerNode node, int perSecond, Duration howLong)
            throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        long end = System.nanoTime() + howLong.toNanos();
        List<Future<Receipt>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                String id = "written-" + agreements++;
                writers.add(threads.submit(() -> write(node, id, perSecond, end, acknowledged)));
            }
        }
        for (Future<Receipt> last : writers) {
            assertThat(node.readModels().await(List.of(last.get()), Duration.ofMinutes(1)))
                    .isTrue();
        }
        return acknowledged;
    }

    /** What came of the last one. */
    private static Receipt write(
            LedgerNode node, String id, int perSecond, long end, Map<String, Long> acknowledged) {
        long pause = perSecond == 0 ? 0 : WRITERS * 1_000_000_000L / perSecond;
        Receipt last = noted(node.ledger().record(Drafts.opening(id)), acknowledged);
        for (long next = System.nanoTime(); next < end; next += pause) {
            LockSupport.parkNanos(next - System.nanoTime());
            last =
                    noted(
                            node.ledger().record(Drafts.announcement(id, "Number " + next)),
                            acknowledged);
            if (pause == 0) {
                next = System.nanoTime();
            }
        }
        return last;
    }

    private static Receipt noted(Receipt receipt, Map<String, Long> acknowledged) {
        acknowledged.put(receipt.eventId(), System.nanoTime());
        return receipt;
    }

    // ---- readers in the heap

    private void memory(int port) throws IOException {
        say("");
        say("| readers held | heap used after collection, MB | KB each |");
        say("|---|---|---|");
        try (StreamReaders readers = new StreamReaders()) {
            long before = used();
            say("| 0 | %,d | |".formatted(before >> 20));
            for (int count = 0; count < READERS_MAX; ) {
                readers.open(port, 1_000, 0);
                count += 1_000;
                long used = used();
                say(
                        "| %,d | %,d | %.0f |"
                                .formatted(
                                        readers.listening(),
                                        used >> 20,
                                        (used - before) / 1024.0 / count));
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    // ---- polls of an unchanged ledger

    private void polls(LedgerNode node, int port) throws Exception {
        say("");
        say("| poll, %d connections | answers per s | of the empty endpoint |".formatted(WRITERS));
        say("|---|---|---|");
        List<String> feeds =
                List.of(
                        "/v1/feed.json",
                        "/v1/feed.atom?kind=announcement&verdict=upheld",
                        "/v1/agreements/written-0/feed.json",
                        "/v1/feed/archives/0-100.atom");
        double[] empty = new double[feeds.size()];
        double[] unchanged = new double[feeds.size()];
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < feeds.size(); i++) {
                String etag = etag(port, feeds.get(i));
                double none = perSecond(port, EmptyEndpoint.PATH, "", "200");
                double same =
                        perSecond(port, feeds.get(i), "If-None-Match: " + etag + "\r\n", "304");
                if (round > 0) {
                    empty[i] += none / 3;
                    unchanged[i] += same / 3;
                }
            }
        }
        for (int i = 0; i < feeds.size(); i++) {
            say(
                    "| `%s`, 304 | %,.0f | %.2f |"
                            .formatted(feeds.get(i), unchanged[i], unchanged[i] / empty[i]));
        }
        say(
                "| empty endpoint | %,.0f | 1.00 |"
                        .formatted(java.util.Arrays.stream(empty).average().orElseThrow()));
        say("");
        say("of %,d entries".formatted(node.log().newest() + 1));
    }

    private static String etag(int port, String path) throws IOException {
        var connection =
                (java.net.HttpURLConnection)
                        java.net
                                .URI
                                .create("http://127.0.0.1:" + port + path)
                                .toURL()
                                .openConnection();
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
        return connection.getHeaderField("ETag");
    }

    private static double perSecond(int port, String path, String header, String status)
            throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        long start = System.nanoTime();
        long answers = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Long>> clients = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                clients.add(threads.submit(() -> ask(port, path, header, status, end)));
            }
            for (Future<Long> client : clients) {
                answers += client.get();
            }
        }
        return answers / ((System.nanoTime() - start) / 1e9);
    }

    /** Neither answer has a body. */
    private static long ask(int port, String path, String header, String status, long end)
            throws IOException {
        byte[] request =
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
                        .formatted(path, port, header)
                        .getBytes(StandardCharsets.US_ASCII);
        long answers = 0;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(request);
                String head = head(in);
                if (!head.startsWith("HTTP/1.1 " + status)) {
                    throw new IllegalStateException(path + ": " + head);
                }
                answers++;
            }
        }
        return answers;
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int state = 0;
        while (state < 4) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("cut off after " + head);
            }
            state = c == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : 0;
            head.append((char) c);
        }
        return head.toString();
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }
}
