package org.agreementledger.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.Outlets;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.HeldWrite;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.LogChecks;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Writers side by side, of which some commit late and some never, while the read models are built
 * anew and the server is started anew; on PostgreSQL a second node goes on meanwhile. Whoever
 * reads, by whatever way, meets every entry once, in one order.
 */
@Timeout(180)
class FeedPositionsTest {

    private static final int WRITERS = 3;
    private static final int EACH = 45;
    private static final int HELD = 6;
    private static final int OF_A_ROUND = WRITERS * (EACH + 1) + HELD / 2;
    private static final Duration POLL = Duration.ofMillis(30);

    @TempDir Path folder;
    private final AtomicInteger names = new AtomicInteger();
    private volatile Doors doors;
    private volatile long target = Long.MAX_VALUE;
    private int recorded;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_reader_meets_every_entry_once_and_in_one_order(TestDatabase database)
            throws Exception {
        Location location = database.fresh(folder);
        doors = Doors.to(LedgerNode.open(location, Clock.systemUTC()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable second = second(database, location)) {
            Map<String, Future<List<String>>> readers = new LinkedHashMap<>();
            readers.put("pages", threads.submit(this::pages));
            readers.put("archives", threads.submit(this::archives));
            readers.put("stream", threads.submit(() -> stream(doors.server().port())));

            write(threads, () -> doors.node().rebuilds().run(2, _ -> {}));
            startAnew(location);
            write(threads, () -> {});
            target = doors.newest() + 1;
            doors.node().ledger().record(Drafts.opening("last"));
            LogChecks.awaitIntact(doors.node(), (int) target + 1);

            List<String> expected =
                    LogChecks.all(doors.node()).stream().map(it -> it.log().eventId()).toList();
            assertThat(expected).hasSize(2 * OF_A_ROUND + 1);
            for (var reader : readers.entrySet()) {
                assertThat(reader.getValue().get(60, TimeUnit.SECONDS))
                        .as(reader.getKey())
                        .isEqualTo(expected);
            }
        } finally {
            doors.server().close();
        }
    }

    /** Where several may use one database, the other one sequences once the first has gone. */
    private static AutoCloseable second(TestDatabase database, Location location) {
        return database == TestDatabase.POSTGRESQL
                ? LedgerNode.open(location, Clock.systemUTC())
                : () -> {};
    }

    private void startAnew(Location location) {
        int port = doors.server().port();
        doors.server().close();
        doors = Doors.to(LedgerNode.open(location, Clock.systemUTC()), port, Outlets.NONE);
    }

    // ---- writers

    private void write(ExecutorService threads, Runnable meanwhile) throws Exception {
        LedgerNode node = doors.node();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(threads.submit(() -> write(node)));
        }
        for (int i = 0; i < HELD; i++) {
            boolean commits = i % 2 == 0;
            writers.add(threads.submit(done(() -> hold(node, commits))));
        }
        meanwhile.run();
        for (Future<?> writer : writers) {
            writer.get();
        }
        // What was committed late may come after the newest event.
        recorded += OF_A_ROUND;
        assertThat(node.readModels().awaitPosition(recorded - 1L, LogChecks.PATIENCE)).isTrue();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Callable<Boolean> done(Work work) {
        return () -> {
            work.run();
            return true;
        };
    }

    private void write(LedgerNode node) {
        String id = "steady-" + names.incrementAndGet();
        node.ledger().record(Drafts.opening(id));
        IntStream.range(0, EACH)
                .forEach(i -> node.ledger().record(Drafts.announcement(id, "No. " + i)));
    }

    /** Its place in the event store is taken early; what others store behind it comes first. */
    private void hold(LedgerNode node, boolean commits) throws Exception {
        try (HeldWrite held =
                HeldWrite.begin(node, Drafts.opening("held-" + names.incrementAndGet()))) {
            node.log().awaitBeyond(node.log().newest() + 20, Duration.ofSeconds(3));
            if (commits) {
                held.commit();
            } else {
                held.rollback();
            }
        }
    }

    // ---- readers; each returns the ids of all events

    private List<String> pages() {
        List<String> read = new ArrayList<>();
        while (read.size() <= target) {
            Answer page = get("/v1/feed.cloudevents?limit=9&after=" + (read.size() - 1));
            read.addAll(FeedPages.ids(page.body()));
        }
        return read;
    }

    /** Reads back from the newest page to what it has. */
    private List<String> archives() {
        List<String> read = new ArrayList<>();
        while (read.size() <= target) {
            Answer page = get("/v1/feed.atom");
            List<Long> positions = new ArrayList<>(FeedPages.positions(page));
            List<String> ids = new ArrayList<>(FeedPages.ids(page.body()));
            while (!positions.isEmpty() && positions.getLast() > read.size()) {
                page = get(FeedPages.link(page, "prev-archive"));
                positions.addAll(FeedPages.positions(page));
                ids.addAll(FeedPages.ids(page.body()));
            }
            for (int i = ids.size() - 1; i >= 0; i--) {
                if (positions.get(i) >= read.size()) {
                    assertThat(positions.get(i)).isEqualTo(read.size());
                    read.add(ids.get(i));
                }
            }
        }
        return read;
    }

    private List<String> stream(int port) throws Exception {
        List<String> read = new ArrayList<>();
        try (EventSource client =
                new EventSource.Builder(
                                ConnectStrategy.http(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + port
                                                        + "/v1/feed/stream?after=-1")))
                        .errorStrategy(ErrorStrategy.alwaysContinue())
                        .retryDelay(200, TimeUnit.MILLISECONDS)
                        .build()) {
            while (read.size() <= target) {
                MessageEvent event = client.readMessage();
                if (event.getEventName().equals("entry")) {
                    assertThat(event.getLastEventId()).isEqualTo("" + read.size());
                    read.addAll(FeedPages.ids(event.getData()));
                }
            }
        }
        return read;
    }

    /** As any client does: not all the time, and once more while the server starts anew. */
    private Answer get(String path) {
        while (true) {
            LockSupport.parkNanos(POLL.toNanos());
            try {
                Answer answer = doors.get(path);
                if (answer.status() == 200) {
                    return answer;
                }
            } catch (UncheckedIOException _) {
                continue;
            }
        }
    }
}
