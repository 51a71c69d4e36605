package org.agreementledger.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.entries.Glance.Mark;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Agreements at a glance, against a look at each of their entries. */
class GlancesLawTest {

    private static final int AGREEMENTS = 6;
    private static final int MARKS = 5;

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, 4).mapToObj(seed -> Arguments.of(database, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void a_glance_is_what_a_look_at_each_entry_comes_to(TestDatabase database, int seed) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            List<Receipt> receipts =
                    node.ledger()
                            .recordAll(
                                    RandomLedger.of(seed, AGREEMENTS, 60).stream()
                                            .map(entry ->
                                                    new Submission(
                                                            new RecordEntry(entry, null),
                                                            Actor.local("ada"),
                                                            null))
                                            .toList());
            assertThat(node.readModels().await(receipts, Duration.ofSeconds(60))).isTrue();
            Map<String, Integer> newest = new LinkedHashMap<>();
            Map<String, Glance> expected = new HashMap<>();
            for (int i = 0; i < AGREEMENTS; i++) {
                AgreementId id = new AgreementId("agreement-" + i);
                History history = node.ledger().history(id);
                newest.put(id.value(), history.size());
                expected.put(id.value(), glance(node, id, history));
            }

            assertThat(node.entries().glances(newest, MARKS))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(expected.values()).anyMatch(glance -> glance.contradicted() > 0);
        }
    }

    private static Glance glance(LedgerNode node, AgreementId id, History history) {
        List<EntryAnswer> entries =
                node.entries()
                        .page(EntryFilter.ofAgreement(id.value()), -1, history.size())
                        .items();
        List<VerdictAnswer> open = new ArrayList<>();
        history.known(View.ALL)
                .map(Known::sequence)
                .forEach(sequence -> open.addAll(lastWord(entries, sequence)));
        return new Glance(
                entries.stream()
                        .skip(Math.max(0, entries.size() - MARKS))
                        .map(GlancesLawTest::mark)
                        .toList(),
                count(open, "contradicted"),
                count(open, "reworded"));
    }

    /** Claims that were found alike of one key are one. */
    private static List<VerdictAnswer> lastWord(List<EntryAnswer> entries, int sequence) {
        EntryAnswer entry = entries.get(sequence - 1);
        int last =
                Stream.of(entry.correctedBy(), entry.confirmedBy())
                        .mapToInt(by -> by == null ? 0 : by)
                        .max()
                        .orElse(0);
        Map<String, VerdictAnswer> verdicts = new LinkedHashMap<>();
        entries.get(Math.max(last, sequence) - 1)
                .verdicts()
                .forEach(verdict -> verdicts.put(verdict.verdict() + verdict.key(), verdict));
        return List.copyOf(verdicts.values());
    }

    private static Mark mark(EntryAnswer entry) {
        return new Mark(
                entry.sequence(),
                entry.kind(),
                entry.occurredOn(),
                entry.title(),
                entry.standing() == null ? "" : entry.standing(),
                entry.effect().sum(),
                entry.correctedBy() != null,
                entry.withdrawnBy() != null);
    }

    private static int count(List<VerdictAnswer> verdicts, String which) {
        return (int) verdicts.stream().filter(found -> found.verdict().equals(which)).count();
    }
}
