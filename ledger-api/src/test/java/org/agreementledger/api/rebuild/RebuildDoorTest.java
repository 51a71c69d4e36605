package org.agreementledger.api.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RebuildDoorTest {

    @TempDir Path folder;

    @Test
    void a_rebuild_is_begun_followed_and_seen_in_the_metrics() {
        Doors doors = open();
        try (var _ = doors.server()) {
            String id = doors.opened();
            Answer before = doors.get("/v1/agreements/" + id);
            assertThat(doors.get("/v1/rebuild").json())
                    .containsEntry("state", "none")
                    .containsEntry("startedAt", null);

            Answer begun = doors.post("/v1/rebuild?segments=2", "");

            assertThat(begun.status()).isEqualTo(202);
            assertThat(begun.header("Location")).isEqualTo("/v1/rebuild");
            assertThat(begun.json()).containsEntry("segments", 2).containsEntry("of", 1);
            Answer done = done(doors);
            assertThat(done.json())
                    .containsEntry("state", "done")
                    .containsEntry("position", 1)
                    .containsEntry("failure", null)
                    .containsEntry("secondsLeft", null);
            assertThat(doors.get("/v1/agreements/" + id).body()).isEqualTo(before.body());
            assertThat(doors.get("/v1/entries?q=Globex").items()).hasSize(1);
            assertThat(doors.get("/actuator/prometheus").body())
                    .contains("ledger_rebuild_position 1.0", "ledger_rebuild_running 0.0");
        }
    }

    @Test
    void another_one_meanwhile_is_refused() {
        Doors doors = open();
        try (var _ = doors.server()) {
            doors.opened();
            List<Answer> meanwhile = new ArrayList<>();

            doors.node()
                    .rebuilds()
                    .run(
                            1,
                            status -> {
                                if (status.state().isUnderWay()) {
                                    meanwhile.add(doors.post("/v1/rebuild", ""));
                                }
                            });

            assertThat(meanwhile).isNotEmpty();
            assertThat(meanwhile.getFirst().status()).isEqualTo(409);
            assertThat(meanwhile.getFirst().json())
                    .containsEntry("type", "/problems/rebuild-under-way");
        }
    }

    @Test
    void a_number_of_segments_that_cannot_be_is_refused() {
        Doors doors = open();
        try (var _ = doors.server()) {
            for (String segments : List.of("0", "65", "two")) {
                Answer refused = doors.post("/v1/rebuild?segments=" + segments, "");

                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.body()).contains("segments", "1 to 64");
            }
            assertThat(doors.get("/v1/rebuild").json()).containsEntry("state", "none");
        }
    }

    private Doors open() {
        return Doors.to(LedgerNode.open(new LedgerNode.Location(folder, null), Clock.systemUTC()));
    }

    private static Answer done(Doors doors) {
        Answer answer = doors.get("/v1/rebuild");
        while (answer.json().get("endedAt") == null) {
            answer = doors.get("/v1/rebuild");
        }
        return answer;
    }
}
