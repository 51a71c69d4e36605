package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.rebuild.RebuildStatus;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A rebuild of a large ledger in one segment and in two, and how long questions take meanwhile:
 * {@code ./mvnw verify -Pbenchmark -Dtest=RebuildBenchmark -Dbenchmark.entries=100000}. It prints a
 * table and asserts nothing about time.
 */
@Tag("benchmark")
class RebuildBenchmark {

    private static final int ENTRIES = Integer.getInteger("benchmark.entries", 1_000_000);
    private static final Path FOLDER =
            Path.of(System.getProperty("benchmark.data", "target/benchmark"), "ledger-" + ENTRIES);
    private static final int QUESTIONS_MAX = 5_000_000;
    private static final long ALONE_NANOS = 10_000_000_000L;

    @Test
    void rebuild_in_one_segment_and_in_two_while_it_is_asked() throws InterruptedException {
        LargeLedger large = LargeLedger.of(1, ENTRIES);
        try (LedgerNode node = LoadedLedger.open(FOLDER, large, ENTRIES)) {
            node.index().rebuild(_ -> {});
            System.out.printf(
                    "%n| rebuild of %,d entries | read models, s | entries/s | with the index, s | terms as of, p50 ms | p99 ms | max ms |%n|---|---|---|---|---|---|---|%n",
                    ENTRIES);
            Asking alone = new Asking(node, large);
            Thread.sleep(ALONE_NANOS / 1_000_000);
            print("none", "", alone.end());
            for (int segments = 1; segments <= 2; segments++) {
                Asking asking = new Asking(node, large);
                long start = System.nanoTime();
                long[] indexing = {0};

                RebuildStatus status =
                        node.rebuilds()
                                .run(
                                        segments,
                                        at -> {
                                            if (at.state() == State.INDEXING && indexing[0] == 0) {
                                                indexing[0] = System.nanoTime();
                                            }
                                        });

                long end = System.nanoTime();
                assertThat(status.state()).isEqualTo(State.DONE);
                double models = ((indexing[0] == 0 ? end : indexing[0]) - start) / 1e9;
                print(
                        "in %d segment(s)".formatted(segments),
                        "%.1f | %,.0f | %.1f"
                                .formatted(models, ENTRIES / models, (end - start) / 1e9),
                        asking.end());
            }
        }
    }

    private static void print(String what, String took, Sample sample) {
        System.out.printf(
                "| %s | %s | %.2f | %.2f | %.1f |%n",
                what,
                took.isEmpty() ? " | | " : took,
                sample.milliseconds(0.5),
                sample.milliseconds(0.99),
                sample.milliseconds(1));
    }

    /** One who asks for the terms of any agreement, on any day, and waits a millisecond. */
    private static final class Asking {
        private final Sample sample = new Sample(QUESTIONS_MAX);
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;

        Asking(LedgerNode node, LargeLedger large) {
            AgreementTerms terms = node.terms();
            Random random = new Random(1);
            thread =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!ended.get()) {
                                    LocalDate day =
                                            LargeLedger.FIRST_DAY.plusDays(
                                                    random.nextInt(LargeLedger.DAYS));
                                    long start = System.nanoTime();
                                    terms.asOf(
                                            LargeLedger.id(random.nextInt(large.agreements())),
                                            day,
                                            node.readModels().resolve(new KnownAt.Now()),
                                            View.CONFIRMED);
                                    sample.add(System.nanoTime() - start);
                                    pause();
                                }
                            });
        }

        private static void pause() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        Sample end() throws InterruptedException {
            ended.set(true);
            thread.join();
            return sample;
        }
    }
}
