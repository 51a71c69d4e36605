package org.agreementledger.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.node.LedgerNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a process takes that serves a large ledger, before and after it was asked: {@code ./mvnw
 * verify -Pbenchmark -Dtest=MemoryBenchmark -Dbenchmark.heap=512m}. It prints a table and asserts
 * nothing about size; a heap that does not do ends it.
 */
@Tag("benchmark")
class MemoryBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.entries", 1_000_000);
    private static final Path FOLDER =
            Path.of(System.getProperty("benchmark.data", "target/benchmark"), "ledger-" + ENTRIES);
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 1_000);

    private final LargeLedger large = LargeLedger.of(1, ENTRIES);
    private final Random random = new Random(5);

    @Test
    void a_large_ledger_in_a_small_heap() throws IOException {
        LedgerNode node = LoadedLedger.open(FOLDER, large, ENTRIES);
        try (LedgerApplication.Server server =
                        LedgerApplication.start(
                                node,
                                new Listen(InetAddress.getLoopbackAddress(), 0, "bench"),
                                Clock.systemUTC());
                Report report = new Report("memory-" + ENTRIES)) {
            LoopbackClient client = new LoopbackClient(server.address());
            report.say(
                    "%,d entries about %,d agreements, heap at most %,d MB"
                            .formatted(
                                    ENTRIES,
                                    large.agreements(),
                                    Runtime.getRuntime().maxMemory() >> 20));
            report.heading("heap after collection, MB", "process, MB", "when", "median ms", "p99");
            report.row(heap(), process(), "opened", "", "");
            ask(report, client, "terms of any agreement", this::terms);
            ask(report, client, "pages of 100 by kind", this::page);
            ask(report, client, "proofs of inclusion", this::proof);
        }
    }

    private void ask(Report report, LoopbackClient client, String what, Supplier<String> question) {
        Sample sample = new Sample(ROUNDS);
        for (int i = 0; i < ROUNDS; i++) {
            sample.add(client.time(question.get()));
        }
        report.row(
                heap(),
                process(),
                "after %,d %s".formatted(ROUNDS, what),
                sample.milliseconds(0.5),
                sample.milliseconds(0.99));
    }

    private String terms() {
        return "/v1/agreements/%s?validOn=%s"
                .formatted(
                        LargeLedger.id(random.nextInt(large.agreements())),
                        LargeLedger.FIRST_DAY.plusDays(random.nextInt(LargeLedger.DAYS)));
    }

    private String page() {
        List<String> kinds = List.of("amendment", "announcement", "funding-round", "partnership");
        return "/v1/entries?limit=100&kind=" + kinds.get(random.nextInt(kinds.size()));
    }

    private String proof() {
        return "/v1/log/inclusion?position=" + random.nextInt(ENTRIES);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }

    /** What of it is in memory; 0 where the system does not tell. */
    private static long process() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    >> 10;
        } catch (IOException _) {
            return 0;
        }
    }
}
