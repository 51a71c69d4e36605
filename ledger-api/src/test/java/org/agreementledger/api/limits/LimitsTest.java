package org.agreementledger.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are too much, over a socket; after each the server answers as before. */
@Timeout(120)
class LimitsTest {

    private static final long GIGABYTE = 1L << 30;
    private static final byte[] CHUNK = new byte[1 << 16];

    /** What the test itself holds, and others in this process let lie about. */
    private static final long MEMORY_MAX = 400L << 20;

    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "ledger.limits.headers-within", "1s",
                    "ledger.limits.body-within", "1s",
                    "ledger.limits.bodies-share", "0",
                    "ledger.limits.streams-per-client", "2");

    private static Doors doors;
    private static int port;
    private static String id;

    @BeforeAll
    static void open(@TempDir Path folder) {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        IMPATIENT);
        port = doors.server().port();
        id = doors.opened();
    }

    @AfterAll
    static void nothing_was_stored_and_everybody_is_served() {
        assertThat(doors.get("/v1/entries").items()).hasSize(1);
        doors.server().close();
    }

    // ---- large bodies

    @ParameterizedTest
    @CsvSource({
        "/v1/agreements, application/json, true, at most 1 MB",
        "/v1/import, application/x-ndjson, false, at most 64 MB",
        "/record?kind=opening, application/x-www-form-urlencoded, false, at most 8 MB",
    })
    void a_gigabyte_is_refused_and_not_held_whether_its_length_is_told_or_not(
            String path, String type, boolean told, String limit) throws Exception {
        forgetPeaks();
        String answer = answerToGigabyte(path, type, told);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("/problems/too-large", limit);
        assertThat(peak()).isLessThan(MEMORY_MAX);
        assertThat(doors.get("/v1/agreements/" + id).status()).isEqualTo(200);
    }

    private static String answerToGigabyte(String path, String type, boolean told)
            throws IOException, InterruptedException {
        try (Line line = new Line(port)) {
            line.send(
                    head("POST", path)
                            + "Sec-Fetch-Site: same-origin\r\nContent-Type: "
                            + type
                            + (told
                                    ? "\r\nContent-Length: " + GIGABYTE + "\r\n\r\n"
                                    : "\r\nTransfer-Encoding: chunked\r\n\r\n"));
            for (long sent = 0; sent < GIGABYTE && !line.isAnswered(); sent += CHUNK.length) {
                if (!told) {
                    line.send(Integer.toHexString(CHUNK.length) + "\r\n");
                }
                line.send(CHUNK);
                if (!told) {
                    line.send("\r\n");
                }
            }
            if (!told && !line.isAnswered()) {
                line.send("0\r\n\r\n");
            }
            return line.answer();
        }
    }

    private static void forgetPeaks() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** Of the heap, garbage and all. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    @Test
    void bodies_hold_a_share_of_the_memory_and_no_more() throws Exception {
        byte[] lines = "\n".repeat(40 << 20).getBytes(StandardCharsets.US_ASCII);
        try (Line first = new Line(port);
                Line second = new Line(port)) {
            first.send(importing(lines.length + 1));
            first.send(lines);
            second.send(importing(lines.length));
            second.send(lines);
            assertThat(second.answer())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("/problems/busy", "Retry-After: 5");
            first.send("x");
            assertThat(first.answer()).startsWith("HTTP/1.1 400 ");
        }
    }

    private static String importing(int length) {
        return head("POST", "/v1/import")
                + "Connection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    // ---- slow ones

    @Test
    void a_body_that_trickles_in_is_cut_off() throws Exception {
        try (Line line = new Line(port)) {
            line.send(
                    head("POST", "/v1/agreements")
                            + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n");
            assertThat(trickle(line))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("/problems/too-slow", "Connection: close");
        }
    }

    @Test
    void a_form_that_trickles_in_is_cut_off() throws Exception {
        try (Line line = new Line(port)) {
            line.send(
                    head("POST", "/record?kind=opening")
                            + "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n");
            assertThat(trickle(line)).startsWith("HTTP/1.1 4").contains("/problems/");
        }
    }

    @Test
    void headers_that_trickle_in_are_cut_off() throws Exception {
        try (Line line = new Line(port)) {
            line.send(head("GET", "/v1/agreements") + "X-Long: ");
            assertThat(trickle(line))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("/problems/too-slow", "application/problem+json");
        }
    }

    @Test
    void a_request_line_that_trickles_in_is_cut_off() throws Exception {
        try (Line line = new Line(port)) {
            line.send("GET /");
            assertThat(trickle(line)).startsWith("HTTP/1.1 408 ");
        }
    }

    /** A byte now and then, never so late that a single read would give up. */
    private static String trickle(Line line) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try {
            while (!line.isAnswered() && System.nanoTime() < until) {
                line.send(" ");
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException _) {
            // Cut off while it was sending.
        }
        return line.answer();
    }

    @Test
    void requests_in_pieces_that_come_in_time_are_answered() throws Exception {
        try (Line line = new Line(port)) {
            for (String piece :
                    head("GET", "/v1/checkpoint")
                            .concat("Connection: close\r\n\r\n")
                            .split("(?<=/)")) {
                line.send(piece);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(line.answer()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void headers_that_are_too_long_are_told_so() throws Exception {
        try (Line line = new Line(port)) {
            line.send(head("GET", "/v1/entries?actor=" + "x".repeat(20_000)) + "\r\n");
            assertThat(line.answer())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("/problems/malformed", "16 KB");
        }
    }

    // ---- streams

    @Test
    void a_client_listens_to_so_many_streams_and_no_more() throws Exception {
        try (Line first = new Line(port);
                Line second = new Line(port)) {
            for (Line line : List.of(first, second)) {
                line.send(head("GET", "/v1/feed/stream?after=-1") + "\r\n");
                assertThat(line.awaitBeginOfAnswer()).isTrue();
            }
            Answer third = doors.get("/v1/feed/stream");
            assertThat(third.status()).isEqualTo(429);
            assertThat(third.body()).contains("/problems/too-many-requests", "2 streams");
            assertThat(third.header("Retry-After")).isEqualTo("10");
        }
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    }
}
