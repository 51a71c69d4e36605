package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.DamagedRecord;
import org.agreementledger.axon.Receipt;
import org.agreementledger.readmodels.AgreementFolds;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is stored and cannot be read any more is named, with what there is to do about it. */
class DamagedRecordTest extends OnBothDatabases {

    @BeforeEach
    void two_entries() {
        node.ledger().record(opening("alpha"));
        Receipt last = node.ledger().record(announcement("alpha", "Hello"));
        assertThat(node.readModels().await(List.of(last), Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void a_row_of_the_read_models() {
        Tampering.edit(node.database(), "update entry set verdicts_json = '[{' where position = 1");

        assertDamaged(
                () -> node.entries().at(1), "entry (position 1, agreement id alpha, sequence 2)");
    }

    @Test
    void a_row_that_is_json_but_no_entry() {
        Tampering.edit(node.database(), "update entry set entry_json = '{}' where position = 1");

        assertDamaged(
                () ->
                        new AgreementFolds(node.database().jdbc())
                                .at(new AgreementId("alpha"), Long.MAX_VALUE),
                "entry (position 1)");
    }

    @Test
    void a_row_of_the_log() {
        Tampering.dropGuards(node.database());
        Tampering.edit(node.database(), "update log_entry set kind = 'openinf' where position = 0");

        assertDamaged(
                () -> node.log().after(-1, 10),
                "log_entry (position 0, agreement id alpha, sequence 1)");
    }

    /** Nothing is recorded behind it. */
    @Test
    void an_event() {
        Tampering.dropGuards(node.database());
        for (String payload : List.of("{", "{\"sequence\":1,\"entry\":{}}")) {
            Tampering.edit(
                    node.database(),
                    "update domain_event_entry set payload = '%s' where sequence_number = 0"
                            .formatted(payload));
            reopen(Clock.systemUTC());

            assertDamaged(
                    () -> node.ledger().record(announcement("alpha", "Again")),
                    "entry 1 of alpha in the event store");
            assertThat(node.log().newest()).isEqualTo(1);
        }
    }

    private static void assertDamaged(ThrowingCallable asked, String record) {
        Throwable thrown = catchThrowable(asked);

        assertThat(thrown).isInstanceOf(DamagedRecord.class);
        assertThat(Damage.of(thrown).orElseThrow())
                .startsWith("its database is damaged: " + record + " cannot be read: ")
                .contains("./ledger verify", "from a backup");
    }
}
