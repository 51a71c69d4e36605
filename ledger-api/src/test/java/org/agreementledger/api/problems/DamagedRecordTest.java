package org.agreementledger.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.Tampering;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DamagedRecordTest {

    @TempDir Path folder;

    @Test
    void what_cannot_be_read_any_more_is_named_with_what_there_is_to_do() {
        Location location = TestDatabase.freshIn(folder);
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            Doors doors = Doors.to(node);
            String id = doors.opened();
            Tampering.edit(
                    node.database(), "update entry set verdicts_json = '[{' where position = 0");

            Answer answer = doors.get("/v1/entries/0");

            assertThat(answer.status()).as(answer.body()).isEqualTo(500);
            assertThat(answer.json()).containsEntry("type", "/problems/damaged");
            assertThat((String) answer.json().get("detail"))
                    .contains(
                            "entry (position 0, agreement id " + id + ", sequence 1)",
                            "./ledger verify",
                            "from a backup");
        }
    }
}
