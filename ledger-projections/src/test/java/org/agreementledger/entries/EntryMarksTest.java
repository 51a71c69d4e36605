package org.agreementledger.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.time.Day;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryMarksTest {

    private static final int OFFERS = 200;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void a_mark_says_what_the_entry_says(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            var receipts =
                    node.ledger()
                            .recordAll(
                                    RandomLedger.of(7, 1, OFFERS).stream()
                                            .map(entry ->
                                                    new Submission(
                                                            new RecordEntry(entry, null),
                                                            Actor.local("ada"),
                                                            null))
                                            .toList());
            assertThat(node.readModels().await(receipts, Duration.ofSeconds(60))).isTrue();
            AgreementId id = new AgreementId("agreement-0");
            List<EntryAnswer> entries =
                    node.entries().page(EntryFilter.ofAgreement(id.value()), -1, OFFERS).items();
            long half = Objects.requireNonNull(entries.get(entries.size() / 2).position());

            assertThat(node.entries().marks(id, node.log().newest()))
                    .isEqualTo(entries.stream().map(EntryMarksTest::mark).toList())
                    .anyMatch(mark -> mark.contradicted() > 0);
            assertThat(node.entries().marks(id, half)).hasSize(entries.size() / 2 + 1);
        }
    }

    private static EntryMark mark(EntryAnswer entry) {
        return new EntryMark(
                Objects.requireNonNull(entry.position()),
                Objects.requireNonNull(entry.sequence()),
                entry.kind(),
                Objects.requireNonNull(entry.recordedAt()),
                Day.parse(entry.occurredOn()).date(),
                entry.title(),
                entry.standing() == null ? "" : entry.standing(),
                entry.effect().sum(),
                link(entry.correctedBy()),
                link(entry.withdrawnBy()),
                link(entry.confirmedBy()),
                found(entry, "reworded"),
                found(entry, "contradicted"),
                disclosedOn(entry));
    }

    private static int link(Integer sequence) {
        return sequence == null ? 0 : sequence;
    }

    private static int found(EntryAnswer entry, String verdict) {
        return (int)
                entry.verdicts().stream().filter(found -> found.verdict().equals(verdict)).count();
    }

    private static LocalDate disclosedOn(EntryAnswer entry) {
        Object said = entry.entry().getOrDefault("replacement", entry.entry());
        Object day = ((Map<?, ?>) said).get("disclosedOn");
        return day == null ? null : Day.parse((String) day).date();
    }
}
