package org.agreementledger.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.FailingDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told once the disk did not keep what was forced to it. */
@Timeout(60)
class DiskFailureTest {

    @TempDir Path folder;

    @AfterEach
    void a_disk_that_does_as_it_is_told() {
        FailingDisk.fails(false);
    }

    @Test
    void writes_are_refused_until_the_ledger_is_started_again_and_reads_are_answered() {
        Doors doors = Doors.to(FailingDisk.open(folder));
        try {
            String id = doors.opened();
            assertThat(doors.get("/actuator/health").status()).isEqualTo(200);

            FailingDisk.fails(true);
            refused(doors.post("/v1/agreements", Doors.opening("in-vain")));
            FailingDisk.fails(false);

            refused(doors.post("/v1/agreements", Doors.opening("too-late")));
            refused(doors.post(doors.entriesOf(id), Doors.announcement(id, "Hello", "2025-01-01")));
            refused(doors.post("/v1/backup", ""));
            Answer health = doors.get("/actuator/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json()).containsEntry("status", "DOWN");
            assertThat(health.body()).contains("The disk did not take what was written");

            assertThat(doors.get("/v1/agreements/" + id).status()).isEqualTo(200);
            assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(1);
            assertThat(doors.get("/v1/agreements/too-late").status()).isEqualTo(404);
        } finally {
            doors.server().close();
        }
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.json()).containsEntry("type", "/problems/not-durable");
        assertThat((String) answer.json().get("detail")).contains("The disk says no");
    }
}
