package org.agreementledger.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.replay.Replay.Check;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger of 10,000 entries about hundreds of agreements: {@code ./mvnw verify -Plong}. */
@Tag("long")
class LongLedgerTest {

    private static final int ENTRIES = 10_000;
    private static final int BATCH = 1_000;
    private static final long SEED = 7;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_replay_finds_no_difference_before_and_after_a_rebuild(TestDatabase database) {
        List<Submission> submissions =
                RandomLedger.ofCount(SEED, ENTRIES).stream()
                        .map(e ->
                                new Submission(new RecordEntry(e, null), Actor.local("ada"), null))
                        .toList();
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            for (int from = 0; from < ENTRIES; from += BATCH) {
                List<Receipt> receipts =
                        node.ledger().recordAll(submissions.subList(from, from + BATCH));
                assertThat(node.readModels().await(receipts, Duration.ofMinutes(2))).isTrue();
            }
            requireSound(node);

            node.rebuilds().run(2, _ -> {});

            requireSound(node);
        }
    }

    private static void requireSound(LedgerNode node) {
        Check check =
                node.replay().check(null, node.readModels().resolve(new KnownAt.Now()), _ -> {});
        assertThat(check.entries()).isEqualTo(ENTRIES);
        assertThat(check.questions()).isGreaterThan(1_000);
        assertThat(check.differences()).isEmpty();
    }
}
