package org.agreementledger.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.axon.Unconfirmed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes from node to node arrives as it was sent. */
@Tag("axon-server")
class WireTest {

    private static final Entry ENTRY = RandomLedger.ofCount(1, 1).getFirst();

    @Test
    void a_submission_arrives_whole() {
        ImportedFrom from =
                new ImportedFrom("ab", "elsewhere", 17, Instant.parse("2026-01-02T03:04:05.678Z"));
        Actor ada = new Actor("Ada \"the first\"", "https://issuer.example");
        List<Submission> submissions =
                List.of(
                        new Submission(new RecordEntry(ENTRY, null), ada, null),
                        new Submission(
                                new RecordEntry(ENTRY, 7), ada, new RequestKey("ké y", "digest")),
                        new Submission(new RecordEntry(ENTRY, null), ada, null, from));

        assertThat(Sent.read(Sent.text(submissions))).isEqualTo(submissions);
    }

    @Test
    void every_kind_of_entry_arrives_as_it_was() {
        List<Submission> submissions =
                RandomLedger.ofCount(8, 300).stream()
                        .map(entry ->
                                new Submission(
                                        new RecordEntry(entry, null), Actor.local("ada"), null))
                        .toList();

        assertThat(Sent.read(Sent.text(submissions))).isEqualTo(submissions);
    }

    @Test
    void receipts_come_back_whole() {
        List<Receipt> receipts =
                List.of(
                        new Receipt("1", new AgreementId("alpha"), 1, false),
                        new Receipt("2", new AgreementId("beta"), 22, true));

        assertThat(back(() -> receipts).receipts()).isEqualTo(receipts);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void a_refusal_comes_back_with_every_field(Rule rule) {
        Refused said = new Refused(rule, "Because \"it\" is so.", "/terms/3/key");

        RefusedAt heard =
                catchThrowableOfType(RefusedAt.class, () -> thrown(new RefusedAt(4, said)));

        assertThat(heard.index()).isEqualTo(4);
        assertThat(heard).hasMessage(said.getMessage());
        assertThat(heard.refused().rule()).isEqualTo(rule);
        assertThat(heard.refused()).hasMessage(said.getMessage());
        assertThat(heard.refused().pointer()).isEqualTo(said.pointer());
    }

    @Test
    void whatever_else_a_ledger_throws_comes_back_as_it_was() {
        List<RuntimeException> said =
                List.of(
                        new InProgress("key"),
                        new ReadOnly("It is a copy."),
                        new NotDurable("disk full", new IllegalStateException()),
                        new Unconfirmed("UNAVAILABLE", new IllegalStateException()));

        assertThat(said)
                .allSatisfy(exception ->
                        assertThat(catchThrowable(() -> thrown(exception)))
                                .isExactlyInstanceOf(exception.getClass())
                                .hasMessage(exception.getMessage()));
    }

    private static void thrown(RuntimeException exception) {
        back(
                        () -> {
                            throw exception;
                        })
                .receipts();
    }

    private static Answer back(Supplier<List<Receipt>> there) {
        return Answer.read(Answer.of(_ -> there.get(), List.of()).text());
    }
}
