package org.agreementledger.api.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.axon.DamagedRecord;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.Tampering;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored and cannot be read any more is named, with what there is to do about it. */
@Timeout(120)
class DamagedRecordTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_row_of_the_read_models(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            Doors doors = Doors.to(node);
            String id = opened(doors);

            Tampering.edit(
                    node.database(), "update entry set verdicts_json = '[{' where position = 1");
            assertNames(
                    doors.get("/v1/entries/1"),
                    "entry (position 1, agreement id " + id + ", sequence 2)");

            Tampering.edit(
                    node.database(),
                    "update entry set verdicts_json = '[]', entry_json = '{}' where position = 1");
            assertNames(
                    doors.get("/v1/agreements/" + id + "/constancy?from=2025-01-01&to=2025-02-01"),
                    "entry (position 1)");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_row_of_the_log(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            String id = opened(Doors.to(node));
            Tampering.dropGuards(node.database());
            Tampering.edit(
                    node.database(), "update log_entry set kind = 'openinf' where position = 0");

            assertThatExceptionOfType(DamagedRecord.class)
                    .isThrownBy(() -> node.log().after(-1, 10))
                    .withMessageStartingWith(
                            "log_entry (position 0, agreement id "
                                    + id
                                    + ", sequence 1) cannot be read: ")
                    .withMessageContaining("OPENINF");
        }
    }

    /** Nothing is recorded behind an event that cannot be read. */
    @ParameterizedTest
    @CsvSource({"H2, {", "H2, '{\"sequence\":1,\"entry\":{}}'", "POSTGRESQL, {"})
    void an_event(TestDatabase database, String payload) {
        Location location = database.fresh(folder);
        String id;
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            id = opened(Doors.to(node));
            Tampering.dropGuards(node.database());
            Tampering.edit(
                    node.database(),
                    "update domain_event_entry set payload = '%s' where sequence_number = 0"
                            .formatted(payload));
        }
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            Doors doors = Doors.to(node);

            assertNames(
                    doors.post(doors.entriesOf(id), Doors.announcement(id, "Again", "2025-01-02")),
                    "entry 1 of " + id + " in the event store");
            assertThat(node.log().newest()).isEqualTo(1);
        }
    }

    private static String opened(Doors doors) {
        String id = doors.opened();
        doors.post(doors.entriesOf(id), Doors.announcement(id, "Hello", "2025-01-01"));
        return id;
    }

    private static void assertNames(Answer answer, String record) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertThat(answer.json()).containsEntry("type", "/problems/damaged");
        assertThat((String) answer.json().get("detail"))
                .contains(record, "./ledger verify", "backup");
    }
}
