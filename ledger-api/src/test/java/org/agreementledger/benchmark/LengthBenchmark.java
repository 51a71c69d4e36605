package org.agreementledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading and writing one agreement as its history grows: {@code ./mvnw verify -Pbenchmark
 * -Dtest=LengthBenchmark}. It prints a table and asserts nothing about time.
 */
@Tag("benchmark")
class LengthBenchmark {

    private static final int LONGEST = Integer.getInteger("benchmark.length", 100_000);
    private static final int ASKED = Integer.getInteger("benchmark.rounds", 300);
    private static final int BATCH = 500;
    private static final AgreementId ID = new AgreementId("long");

    @TempDir Path folder;

    private final Random random = new Random(3);

    @Test
    void one_agreement_as_it_grows() {
        Iterator<Entry> entries = LargeLedger.entries(ID, LONGEST + 10 * ASKED, 1).iterator();
        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC());
                Report report = new Report("length")) {
            List<Double> first = new ArrayList<>();
            report.heading(
                    "terms, of 10",
                    "recorded and read, of 10",
                    "entries",
                    "terms on any day, ms",
                    "recorded and read, ms",
                    "p99",
                    "bulk, entries/s");
            int length = 0;
            for (int next = 10; next <= LONGEST; next *= 10) {
                Object bulk = next > length ? grow(node, entries, next - length) : "";
                length = Math.max(next, length);
                Sample terms = terms(node);
                Sample recorded = new Sample(ASKED / 3);
                for (int i = 0; i < ASKED / 3; i++) {
                    recorded.add(record(node, List.of(entries.next())));
                }
                length += ASKED / 3;
                if (first.isEmpty()) {
                    first.add(terms.milliseconds(0.5));
                    first.add(recorded.milliseconds(0.5));
                }
                report.row(
                        terms.milliseconds(0.5) / first.getFirst(),
                        recorded.milliseconds(0.5) / first.getLast(),
                        next,
                        terms.milliseconds(0.5),
                        recorded.milliseconds(0.5),
                        recorded.milliseconds(0.99),
                        bulk);
            }
        }
    }

    /** Returns entries per second, seen by reads. */
    private static double grow(LedgerNode node, Iterator<Entry> entries, int by) {
        long taken = 0;
        for (int left = by; left > 0; left -= BATCH) {
            List<Entry> batch = new ArrayList<>();
            for (int i = 0; i < Math.min(left, BATCH); i++) {
                batch.add(entries.next());
            }
            taken += record(node, batch);
        }
        return by * 1e9 / Math.max(1, taken);
    }

    private static long record(LedgerNode node, List<Entry> entries) {
        List<Submission> submissions =
                entries.stream()
                        .map(entry ->
                                new Submission(
                                        new RecordEntry(entry, null), Actor.local("bench"), null))
                        .toList();
        long start = System.nanoTime();
        List<Receipt> receipts = node.ledger().recordAll(submissions);
        assertThat(node.readModels().await(receipts, Duration.ofMinutes(2))).isTrue();
        return System.nanoTime() - start;
    }

    private Sample terms(LedgerNode node) {
        Sample sample = new Sample(ASKED);
        for (int i = -ASKED; i < ASKED; i++) {
            LocalDate day = LargeLedger.FIRST_DAY.plusDays(random.nextInt(LargeLedger.DAYS));
            long start = System.nanoTime();
            Moment now = node.readModels().resolve(new KnownAt.Now());
            assertThat(node.terms().asOf(ID, day, now, View.CONFIRMED)).isPresent();
            if (i >= 0) {
                sample.add(System.nanoTime() - start);
            }
        }
        return sample;
    }
}
