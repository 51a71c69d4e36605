package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.log.EntryDigest;
import org.agreementledger.log.Logged;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.verify.Verification.Question;
import org.agreementledger.verify.Verification.Stage;
import org.agreementledger.verify.Verified;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code ledger verify} on a large ledger, beside digesting the same entries and nothing else:
 * {@code ./mvnw verify -Pbenchmark -Dtest=VerifyBenchmark}. It prints a table and asserts nothing
 * about time.
 */
@Tag("benchmark")
class VerifyBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.entries", 1_000_000);
    private static final Path FOLDER =
            Path.of(System.getProperty("benchmark.data", "target/benchmark"), "ledger-" + ENTRIES);
    private static final int BATCH = 500;

    private final List<String> stages = new ArrayList<>();
    private Stage stage = Stage.LOG;
    private long since;

    @Test
    void verify_beside_canonicalisation_and_sha_256() throws InterruptedException {
        try (LedgerNode node = LoadedLedger.open(FOLDER, LargeLedger.of(1, ENTRIES), ENTRIES)) {
            long alone = digests(node);
            long start = System.nanoTime();
            since = start;

            Verified verified =
                    node.verification()
                            .verify(Question.ALL, Duration.ofMinutes(1), this::time, () -> {});

            stage(System.nanoTime());
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.events()).isEqualTo(ENTRIES);
            long took = System.nanoTime() - start;
            System.out.printf(
                    "%n| verify of %,d entries | s | entries/s |%n|---|---|---|%n", ENTRIES);
            print("canonicalisation and SHA-256 alone", alone);
            stages.forEach(System.out::print);
            print("verify", took);
            System.out.printf(
                    "%n%,d rows of the read models, in a heap of at most %,d MB%n",
                    verified.rows(), Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private void time(Stage now, long done, long of) {
        if (now != stage) {
            long ended = System.nanoTime();
            stage(ended);
            stage = now;
            since = ended;
        }
    }

    private void stage(long ended) {
        stages.add(row("of it " + stage, ended - since));
    }

    private static void print(String what, long nanoseconds) {
        System.out.print(row(what, nanoseconds));
    }

    private static String row(String what, long nanoseconds) {
        return "| %s | %.1f | %,.0f |%n"
                .formatted(what, nanoseconds / 1e9, ENTRIES * 1e9 / nanoseconds);
    }

    /** Without reading them. */
    private static long digests(LedgerNode node) {
        long spent = 0;
        List<Logged> some = node.log().read(-1, BATCH);
        while (!some.isEmpty()) {
            long start = System.nanoTime();
            for (Logged logged : some) {
                assertThat(EntryDigest.of(logged.event().entry(), logged.log().salt()))
                        .isEqualTo(logged.log().entryDigest());
            }
            spent += System.nanoTime() - start;
            some = node.log().read(some.getLast().log().position(), BATCH);
        }
        return spent;
    }
}
