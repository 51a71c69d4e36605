package org.agreementledger.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.StreamException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The stream, listened to by a client that is not ours, and looked at byte by byte. */
@Timeout(120)
class FeedStreamTest {

    private static final int STREAMS_MAX = 8;
    private static final Map<String, String> IMPATIENT =
            Map.of(
                    "ledger.feed.streams-max", "" + STREAMS_MAX,
                    "ledger.feed.heartbeat", "300ms",
                    "server.tomcat.connection-timeout", "2s");

    private static final JsonMapper JSON = new JsonMapper();

    private static Doors doors;
    private static String own;

    @BeforeAll
    static void open(@TempDir Path folder) {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        IMPATIENT);
        own = doors.opened();
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    /** That a reader has gone is noticed at the next beat; until then it takes a place. */
    @BeforeEach
    void nobody_listens_any_more() {
        awaitOpen(doors, 0);
    }

    private static void announce(String id, int times) {
        Answer answer =
                doors.importing(
                        "/v1/import",
                        IntStream.range(0, times)
                                .mapToObj(n -> Doors.announcement(id, "No. " + n, "2024-04-01"))
                                .collect(Collectors.joining("\n")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    // ---- a client of another library

    private static EventSource client(String path) {
        return new EventSource.Builder(ConnectStrategy.http(doors.server().address().resolve(path)))
                .build();
    }

    private static List<MessageEvent> take(EventSource client, int count) throws StreamException {
        List<MessageEvent> events = new ArrayList<>();
        while (events.size() < count) {
            MessageEvent event = client.readMessage();
            if (event.getEventName().equals("entry")) {
                events.add(event);
            }
        }
        return events;
    }

    @Test
    void a_client_hears_each_entry_as_answered_when_it_was_recorded() throws Exception {
        String id = doors.opened();
        try (EventSource client = client("/v1/agreements/" + id + "/feed/stream?after=-1")) {
            client.start();
            Answer written =
                    doors.post(
                            doors.entriesOf(id),
                            Doors.announcement(id, "Two\\nlines \u2028 é", "2024-04-01"));

            MessageEvent event = take(client, 2).getLast();

            assertThat(event.getEventName()).isEqualTo("entry");
            Map<String, Object> entry = written.json();
            entry.keySet().removeAll(List.of("correctedBy", "withdrawnBy", "confirmedBy"));
            assertThat(JSON.readValue(event.getData(), Map.class)).isEqualTo(entry);
            assertThat(event.getLastEventId()).isEqualTo("" + written.json().get("position"));
        }
    }

    @Test
    void a_client_that_was_cut_off_goes_on_where_it_was() throws Exception {
        long start = doors.newest();
        try (EventSource client = client("/v1/feed/stream?after=" + start)) {
            client.start();
            announce(own, 3);
            List<MessageEvent> heard = new ArrayList<>(take(client, 3));
            client.interrupt();
            announce(own, 2);
            heard.addAll(take(client, 2));
            assertThat(heard)
                    .extracting(MessageEvent::getLastEventId)
                    .isEqualTo(
                            LongStream.rangeClosed(start + 1, start + 5)
                                    .mapToObj(Long::toString)
                                    .toList());
        }
    }

    @Test
    void a_client_is_told_what_was_signed_of_what_it_heard() throws Exception {
        try (EventSource client = client("/v1/feed/stream?after=" + doors.newest())) {
            client.start();
            announce(own, 2);
            take(client, 2);
            MessageEvent event = client.readMessage();
            assertThat(event.getEventName()).isEqualTo("checkpoint");
            assertThat(event.getData()).isEqualTo(doors.get("/v1/checkpoint").body());
            assertThat(event.getLastEventId()).isEqualTo("" + doors.newest());
        }
    }

    // ---- byte by byte

    /** A connection without any client in between. */
    private record Line(Socket socket, BufferedReader in) implements AutoCloseable {

        static Line to(String path, String... headers) throws IOException {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(8_192);
            socket.connect(new InetSocketAddress("127.0.0.1", doors.server().port()));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.0\r\nHost: localhost\r\n"
                                            + String.join("\r\n", headers)
                                            + (headers.length > 0 ? "\r\n\r\n" : "\r\n"))
                                    .getBytes(StandardCharsets.UTF_8));
            return new Line(
                    socket,
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8)));
        }

        String head() throws IOException {
            return event();
        }

        /** Up to the next empty line; null at the end. */
        String event() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    return String.join("\n", lines);
                }
                lines.add(line);
            }
            return null;
        }

        List<Long> ids(int count) throws IOException {
            List<Long> ids = new ArrayList<>();
            while (ids.size() < count) {
                String event = event();
                if (event.contains("event: entry")) {
                    ids.add(Long.parseLong(event.lines().findFirst().orElseThrow().substring(4)));
                }
            }
            return ids;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void a_stream_begins_with_where_the_reader_is_and_beats_while_nothing_comes() throws Exception {
        try (Line line = Line.to("/v1/feed/stream")) {
            assertThat(line.head())
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: text/event-stream")
                    .contains("Cache-Control: no-store");
            assertThat(line.event()).isEqualTo("retry: 3000\nid: " + doors.newest());
            assertThat(line.event()).startsWith("event: checkpoint\ndata: ");
            assertThat(line.event()).isEqualTo(":");
            assertThat(line.event()).isEqualTo(":");
        }
    }

    @Test
    void the_last_event_id_counts_more_than_the_address() throws Exception {
        long start = doors.newest();
        announce(own, 3);
        try (Line line =
                Line.to("/v1/feed/stream?after=" + start, "Last-Event-ID: " + (start + 1))) {
            line.head();
            assertThat(line.event()).endsWith("id: " + (start + 1));
            assertThat(line.ids(2)).containsExactly(start + 2, start + 3);
        }
        try (Line line = Line.to("/v1/feed/stream?after=" + start, "Last-Event-ID:")) {
            line.head();
            assertThat(line.event()).endsWith("id: " + start);
        }
    }

    @Test
    void a_reader_whom_a_filter_gives_nothing_moves_on_all_the_same() throws Exception {
        try (Line line = Line.to("/v1/agreements/" + own + "/feed/stream?kind=closing")) {
            line.head();
            line.event();
            String other = doors.opened();
            announce(other, 2);
            String event;
            do {
                event = line.event();
                assertThat(event).doesNotContain("entry");
            } while (!event.equals("id: " + doors.newest()));
        }
    }

    @Test
    void filters_let_through_the_same_from_memory_and_from_the_database() throws Exception {
        String id = doors.opened();
        String path =
                "/v1/feed/stream?agreement=" + id + "&kind=announcement&effect=unchanged&after=-1";
        try (Line early = Line.to(path)) {
            early.head();
            early.event();
            announce(own, 1);
            announce(id, 2);
            try (Line late = Line.to(path)) {
                List<Long> ids = early.ids(2);
                assertThat(ids).containsExactly(doors.newest() - 1, doors.newest());
                assertThat(late.ids(2)).isEqualTo(ids);
            }
        }
    }

    @Test
    void no_more_may_listen_than_the_server_takes() throws Exception {
        awaitOpen(doors, 0);
        List<Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS_MAX; i++) {
                lines.add(Line.to("/v1/feed/stream"));
                assertThat(lines.getLast().head()).startsWith("HTTP/1.1 200");
            }
            Answer refused = doors.get("/v1/feed/stream");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(refused.json()).containsEntry("type", "/problems/too-many-streams");
            lines.removeFirst().close();
            awaitAnother(lines);
        } finally {
            for (Line line : lines) {
                line.close();
            }
        }
    }

    /** The one who left is missed at the next beat. */
    private static void awaitAnother(List<Line> lines) throws IOException {
        Instant deadline = Instant.now().plusSeconds(30);
        String head;
        do {
            Line line = Line.to("/v1/feed/stream");
            head = line.head();
            lines.add(line);
            assertThat(Instant.now()).isBefore(deadline);
        } while (!head.startsWith("HTTP/1.1 200"));
    }

    @Test
    void who_takes_nothing_is_cut_off_and_holds_up_nobody() throws Exception {
        String big = doors.opened();
        long start = doors.newest();
        try (Line stuck = Line.to("/v1/agreements/" + big + "/feed/stream?after=" + start);
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
                Line quick = Line.to("/v1/agreements/" + big + "/feed/stream?after=" + start)) {
            stuck.head();
            quick.head();
            awaitOpen(doors, 2);
            int entries = 500;
            Future<List<Long>> taken = readers.submit(() -> quick.ids(entries));
            String summary = "\"summary\": \"" + "x".repeat(20_000) + "\", \"speakers\"";
            Answer answer =
                    doors.importing(
                            "/v1/import",
                            String.join(
                                    "\n",
                                    Collections.nCopies(
                                            entries,
                                            Doors.announcement(big, "Big", "2024-04-01")
                                                    .replace("\"speakers\"", summary))));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);

            assertThat(taken.get()).hasSize(entries);
            awaitOpen(doors, 1);
        }
    }

    private static void awaitOpen(Doors doors, int streams) {
        Instant deadline = Instant.now().plusSeconds(30);
        while (!doors.get("/actuator/prometheus")
                .body()
                .contains("ledger_feed_streams " + streams + ".0")) {
            assertThat(Instant.now()).isBefore(deadline);
        }
    }

    @Test
    void a_server_that_closes_ends_its_streams_at_once(@TempDir Path folder) throws Exception {
        Doors closing = Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
        try (Socket socket = new Socket("127.0.0.1", closing.server().port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            "GET /v1/feed/stream HTTP/1.0\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            awaitOpen(closing, 1);
            Instant start = Instant.now();
            closing.server().close();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("retry: 3000\nid: -1\n\n");
        }
    }

    @Test
    void who_asks_for_the_head_of_a_stream_is_answered() {
        Answer head = doors.send("HEAD", "/v1/feed/stream", BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
    }

    // ---- bad input

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x                    | 'x' is not a position",
                "-7                   | '-7' is not a position",
                "1.5                  | '1.5' is not a position",
                "99999999999999999999 | is not a position",
                "100000               | 100000 is beyond the newest position",
            })
    void a_last_event_id_that_is_no_position_of_this_ledger_is_refused(String id, String why) {
        Answer answer = doors.get("/v1/feed/stream", "Last-Event-ID", id);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat((String) answer.json().get("detail"))
                .startsWith("Last-Event-ID: ")
                .contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/feed/stream?after=x                  | 400 | 'x' is not a position",
                "/v1/feed/stream?after=100000             | 400 | beyond the newest position",
                "/v1/feed/stream?kind=rumour              | 400 | 'rumour' is none of opening",
                "/v1/feed/stream?limit=5                  | 400 | not known here",
                "/v1/agreements/nobody/feed/stream        | 404 | There is no agreement nobody",
            })
    void a_question_that_cannot_be_answered_is_refused(String path, int status, String why) {
        Answer answer = doors.get(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat((String) answer.json().get("detail")).contains(why);
    }

    @Test
    void who_does_not_take_a_stream_gets_none() {
        assertThat(doors.get("/v1/feed/stream", "Accept", "text/html").status()).isEqualTo(406);
    }
}
