package org.agreementledger.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VerificationHealthTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void a_difference_makes_health_down_and_is_named_but_not_shown() {
        LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC());
        node.readModels().await(node.ledger().recordAll(List.of(Drafts.opening("alpha"))), SOON);
        Doors doors = Doors.to(node);
        try (var _ = doors.server()) {
            assertThat(doors.get("/actuator/health").status()).isEqualTo(200);
            assertThat(doors.get("/actuator/prometheus").body())
                    .contains("ledger_verification_ok NaN");

            node.watch(Duration.ofMillis(50));
            Answer fine = await(doors, "\"verification\"");
            assertThat(fine.status()).isEqualTo(200);
            assertThat(fine.body()).contains("\"ok\":true", "\"entries\":1", "\"differences\":0");
            assertThat(doors.get("/actuator/prometheus").body())
                    .contains(
                            "ledger_verification_ok 1.0",
                            "ledger_verification_differences 0.0",
                            "ledger_verification_entries 1.0",
                            "ledger_verification_ended_seconds",
                            "ledger_verification_duration_seconds");

            node.database()
                    .jdbc()
                    .sql("update term_wording set statement = 'Nothing is exclusive.'")
                    .update();
            Answer broken = await(doors, "\"ok\":false");

            assertThat(broken.status()).isEqualTo(503);
            assertThat(broken.body())
                    .contains("\"DOWN\"", "\"first\":\"term_wording, id 1, statement\"")
                    .doesNotContain("xclusive.");
            assertThat(doors.get("/actuator/prometheus").body())
                    .contains("ledger_verification_ok 0.0", "ledger_verification_differences 1.0");
        }
    }

    private static Answer await(Doors doors, String part) {
        long deadline = System.nanoTime() + SOON.toNanos();
        Answer answer = doors.get("/actuator/health");
        while (!answer.body().contains(part)) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = doors.get("/actuator/health");
        }
        return answer;
    }
}
