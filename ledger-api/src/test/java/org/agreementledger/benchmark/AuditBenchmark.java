package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.search.Criteria;
import org.agreementledger.search.SearchNotReady;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Audit questions over HTTP on loopback, on a large ledger, beside an empty endpoint of the same
 * server and a bare {@code select} in the same run: {@code ./mvnw verify -Pbenchmark}. It prints a
 * table and asserts nothing about time.
 */
@Tag("benchmark")
class AuditBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.entries", 1_000_000);
    private static final Path FOLDER =
            Path.of(System.getProperty("benchmark.data", "target/benchmark"), "ledger-" + ENTRIES);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 1_000);
    private static final int WARM_UP = 5_000;
    private static final int STREAMS = 5;
    private static final int PAGE = 1_000;

    private static final Duration INDEXED_WITHIN = Duration.ofHours(1);

    private final LargeLedger large = LargeLedger.of(1, ENTRIES);
    private final Random random = new Random(2);
    private final Map<String, Long> opened = new HashMap<>();
    private final List<String> report = new ArrayList<>();

    @Test
    void audit_questions_beside_their_limits() throws Exception {
        System.setProperty("spring.main.sources", EmptyEndpoint.class.getName());
        LedgerNode node = LoadedLedger.open(FOLDER, large, ENTRIES);
        try (LedgerApplication.Server server =
                LedgerApplication.start(
                        node,
                        new Listen(InetAddress.getLoopbackAddress(), 0, "bench"),
                        Clock.systemUTC())) {
            LoopbackClient client = new LoopbackClient(server.address());
            say(
                    "%,d entries about %,d agreements, heap at most %,d MB, %d processors"
                            .formatted(
                                    ENTRIES,
                                    large.agreements(),
                                    Runtime.getRuntime().maxMemory() >> 20,
                                    Runtime.getRuntime().availableProcessors()));
            node.database()
                    .jdbc()
                    .sql("select agreement_id, position from entry where sequence = 1")
                    .query(row -> {
                        opened.put(row.getString(1), row.getLong(2));
                    });
            awaitIndex(node);
            questions(client, node);
            stream(client, node);
        } finally {
            Path table = FOLDER.resolveSibling("audit-" + ENTRIES + ".md");
            Files.write(table, report);
            System.out.println("Written to " + table.toAbsolutePath());
        }
    }

    /** It follows by itself; what was just loaded is far ahead of it. */
    private void awaitIndex(LedgerNode node) throws InterruptedException {
        long start = System.nanoTime();
        Criteria any = EntryFilter.ANY.criteria();
        boolean ready = false;
        while (!ready) {
            try {
                ready = !node.index().positions(any, ENTRIES - 2L, 1).isEmpty();
            } catch (SearchNotReady e) {
                if (System.nanoTime() - start > INDEXED_WITHIN.toNanos()) {
                    throw e;
                }
                System.err.println(e.getMessage());
                Thread.sleep(Duration.ofSeconds(5));
            }
        }
        say(
                "ready to be searched after %d s"
                        .formatted(Duration.ofNanos(System.nanoTime() - start).toSeconds()));
    }

    /** Each beside the empty endpoint, turn by turn, so that both meet the same noise. */
    private void questions(LoopbackClient client, LedgerNode node) {
        List<Integer> all = IntStream.range(0, large.agreements()).boxed().toList();
        warmUp(client, all, node.log().newest());
        say("");
        say("| question | median ms | beyond empty | p99 ms | max ms | empty median ms |");
        say("|---|---|---|---|---|---|");
        for (int length : List.of(10, 100, 1_000, 10_000)) {
            List<Integer> ofLength = agreements(length);
            if (!ofLength.isEmpty()) {
                measure(
                        "terms, any day, any knownAt, agreement of %,d".formatted(length),
                        client,
                        () -> terms(pick(ofLength), node.log().newest()));
                measure(
                        "terms, any day, known now, agreement of %,d".formatted(length),
                        client,
                        () -> "/v1/agreements/%s?validOn=%s".formatted(id(pick(ofLength)), day()));
            }
        }
        measure(
                "terms, any agreement, any day, any knownAt",
                client,
                () -> terms(pick(all), node.log().newest()));
        for (int filters = 1; filters <= 4; filters++) {
            int count = filters;
            measure(
                    "audit page of 100, %d random filter%s".formatted(count, count == 1 ? "" : "s"),
                    client,
                    () -> "/v1/entries?limit=100&" + String.join("&", filters(count)));
        }
        measure(
                "audit page of 100, words searched",
                client,
                () -> "/v1/entries?limit=100&q=" + search());
        measure(
                "agreements with a term of that value on a day, page of 100",
                client,
                () ->
                        "/v1/agreements?limit=100&term=%s:%d%%20USD&validOn=%s"
                                .formatted(
                                        LargeLedger.key(random.nextInt(LargeLedger.KEYS)),
                                        1_000 * (1 + random.nextInt(999)),
                                        day()));
        measure("agreements, page of 100", client, () -> "/v1/agreements?limit=100");
        measure(
                "all entries by kind and month",
                client,
                () -> "/v1/series?by=kind&from=" + LargeLedger.FIRST_DAY);
        measure(
                "entries of one agreement by effect and day, a year",
                client,
                () -> {
                    LocalDate to = day();
                    return "/v1/series?by=effect&per=day&agreement=%s&from=%s&to=%s"
                            .formatted(id(pick(all)), to.minusYears(1), to);
                });
        measure(
                "difference between two days, any agreement",
                client,
                () ->
                        "/v1/agreements/%s/diff?from=%s&to=%s"
                                .formatted(id(pick(all)), day(), day()));
    }

    /** As a server that has been asked for a minute or so: compiled, its columns read. */
    private void warmUp(LoopbackClient client, List<Integer> agreements, long newest) {
        for (int i = 0; i < WARM_UP; i++) {
            client.time(terms(pick(agreements), newest));
            client.time(EmptyEndpoint.PATH);
        }
    }

    private void measure(String question, LoopbackClient client, Supplier<String> path) {
        for (int i = 0; i < ROUNDS / 5; i++) {
            client.time(path.get());
            client.time(EmptyEndpoint.PATH);
        }
        Sample asked = new Sample(ROUNDS);
        Sample empty = new Sample(ROUNDS);
        Map<String, Long> slow = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            String one = path.get();
            long took = client.time(one);
            slow.put(one, took);
            asked.add(took);
            empty.add(client.time(EmptyEndpoint.PATH));
        }
        tellSlowest(slow, client);
        say(
                "| %s | %.2f | %.2f | %.2f | %.2f | %.2f |"
                        .formatted(
                                question,
                                asked.milliseconds(0.5),
                                asked.milliseconds(0.5) - empty.milliseconds(0.5),
                                asked.milliseconds(0.99),
                                asked.milliseconds(1),
                                empty.milliseconds(0.5)));
    }

    /** What a goal is missed for: slow whenever it is asked, or only where nothing was read yet? */
    private static void tellSlowest(Map<String, Long> took, LoopbackClient client) {
        took.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(5)
                .forEach(slow ->
                        System.err.printf(
                                "%.1f ms, again %.1f ms: %s%n",
                                slow.getValue() / 1e6,
                                client.time(slow.getKey()) / 1e6,
                                slow.getKey()));
    }

    /** The whole ledger as NDJSON, turn by turn with selects of the same rows. */
    private void stream(LoopbackClient client, LedgerNode node) {
        Sample streamed = new Sample(STREAMS);
        Sample selected = new Sample(STREAMS);
        Sample paged = new Sample(STREAMS);
        for (int i = 0; i < STREAMS; i++) {
            selected.add(select(node, ENTRIES));
            paged.add(select(node, PAGE));
            LoopbackClient.Answer answer = client.get("/v1/entries", "application/x-ndjson");
            assertThat(answer.lines()).isEqualTo(ENTRIES);
            streamed.add(answer.nanoseconds());
        }
        say("");
        say("| whole ledger | entries/s | share of the first |");
        say("|---|---|---|");
        say(throughput("bare select of the same rows", selected, selected));
        say(throughput("the same, %,d rows at a time".formatted(PAGE), paged, selected));
        say(throughput("NDJSON over HTTP", streamed, selected));
    }

    private static String throughput(String what, Sample taken, Sample limit) {
        return "| %s | %,.0f | %.2f |"
                .formatted(
                        what,
                        ENTRIES * 1e3 / taken.milliseconds(0.5),
                        limit.milliseconds(0.5) / taken.milliseconds(0.5));
    }

    /** Every column of every row as text, so many rows at a time. */
    private static long select(LedgerNode node, int atOnce) {
        long start = System.nanoTime();
        long[] next = new long[1];
        long[] bytes = new long[1];
        while (next[0] < ENTRIES) {
            node.database()
                    .jdbc()
                    .sql(
                            """
                            select * from entry
                            where position >= :from
                            order by position
                            fetch first :atOnce rows only
                            """)
                    .param("from", next[0])
                    .param("atOnce", atOnce)
                    .withFetchSize(PAGE)
                    .query(row -> {
                        int columns = row.getMetaData().getColumnCount();
                        for (int i = 1; i <= columns; i++) {
                            bytes[0] += row.getString(i).getBytes(StandardCharsets.UTF_8).length;
                        }
                        next[0]++;
                    });
        }
        assertThat(bytes[0]).isGreaterThan(ENTRIES);
        return System.nanoTime() - start;
    }

    private List<Integer> agreements(int length) {
        return IntStream.range(0, large.agreements())
                .filter(i -> large.length(i) == length)
                .boxed()
                .toList();
    }

    /** Known at any position from which on the agreement is there. */
    private String terms(int agreement, long newest) {
        return "/v1/agreements/%s?validOn=%s&knownAt=@%d"
                .formatted(
                        id(agreement),
                        day(),
                        random.nextLong(opened.get(id(agreement)), newest + 1));
    }

    private List<String> filters(int count) {
        List<String> filters =
                new ArrayList<>(
                        List.of(
                                "agreement=" + id(random.nextInt(large.agreements())),
                                "kind="
                                        + pick(
                                                List.of(
                                                        "amendment",
                                                        "announcement",
                                                        "funding-round",
                                                        "correction")),
                                "party="
                                        + LargeLedger.organisation(
                                                random.nextInt(LargeLedger.ORGANISATIONS)),
                                "actor=actor-" + random.nextInt(7),
                                "effect="
                                        + pick(
                                                List.of(
                                                        "changed",
                                                        "unchanged",
                                                        "disclosed",
                                                        "corrected")),
                                "verdict="
                                        + pick(
                                                List.of(
                                                        "upheld",
                                                        "reworded",
                                                        "contradicted",
                                                        "unknown-term")),
                                "term=" + LargeLedger.key(random.nextInt(LargeLedger.KEYS)),
                                "category=category-" + random.nextInt(7),
                                "standing=" + pick(List.of("confirmed", "reported")),
                                "q=" + search(),
                                range()));
        Collections.shuffle(filters, random);
        return filters.subList(0, count);
    }

    private String range() {
        LocalDate from = day();
        return "occurredFrom=%s&occurredTo=%s".formatted(from, from.plusDays(random.nextInt(400)));
    }

    private String search() {
        String word = LargeLedger.word(random.nextInt(1_000));
        return switch (random.nextInt(3)) {
            case 0 -> word;
            case 1 -> word.substring(0, word.length() - 1) + "*";
            default -> word + "%20" + LargeLedger.word(random.nextInt(50));
        };
    }

    private static String id(int agreement) {
        return LargeLedger.id(agreement).value();
    }

    private LocalDate day() {
        return LargeLedger.FIRST_DAY.plusDays(random.nextInt(LargeLedger.DAYS));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }
}
