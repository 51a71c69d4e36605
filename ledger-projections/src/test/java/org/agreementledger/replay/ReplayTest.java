package org.agreementledger.replay;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.axon.Receipt;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplayTest {

    private static final AgreementId ALPHA = new AgreementId("alpha");
    private static final LocalDate DAY = LocalDate.of(2022, 6, 1);

    @TempDir Path folder;

    private final List<Long> progress = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_replay_counts_what_it_folds(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            List<Receipt> receipts =
                    node.ledger()
                            .recordAll(
                                    List.of(
                                            opening("beta"),
                                            opening("alpha"),
                                            announcement("beta", "One"),
                                            announcement("alpha", "Two"),
                                            announcement("beta", "Three"),
                                            announcement("alpha", "Four")));
            assertThat(node.readModels().await(receipts, Duration.ofSeconds(30))).isTrue();

            assertThat(folded(node, null, 5)).hasSize(2);
            assertThat(progress).last().isEqualTo(6L).isEqualTo(size(node, null, 5));
            assertThat(folded(node, null, 2)).hasSize(2);
            assertThat(progress).last().isEqualTo(3L).isEqualTo(size(node, null, 2));

            assertThat(folded(node, ALPHA, 4))
                    .hasSize(1)
                    .first()
                    .isEqualTo(
                            node.terms()
                                    .asOf(ALPHA, DAY, at(node, 4), View.CONFIRMED)
                                    .orElseThrow());
            assertThat(progress).last().isEqualTo(2L).isEqualTo(size(node, ALPHA, 4));
            assertThat(folded(node, ALPHA, 0)).isEmpty();
            assertThat(size(node, ALPHA, 0)).isZero();

            Replay.Check check = node.replay().check(ALPHA, at(node, 4), progress::add);
            assertThat(check.entries()).isEqualTo(2);
            assertThat(check.differences()).isEmpty();
        }
    }

    /** There are 16 of them. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void it_gives_its_connections_back(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            List<Receipt> receipts = List.of(node.ledger().record(opening("alpha")));
            assertThat(node.readModels().await(receipts, Duration.ofSeconds(30))).isTrue();

            for (int i = 0; i < 20; i++) {
                assertThat(folded(node, null, 0)).hasSize(1);
            }
        }
    }

    private List<TermsAnswer> folded(LedgerNode node, @Nullable AgreementId id, long position) {
        return node.replay().terms(id, DAY, at(node, position), View.CONFIRMED, progress::add);
    }

    private static long size(LedgerNode node, @Nullable AgreementId id, long position) {
        return node.replay().size(id, at(node, position));
    }

    private static Moment at(LedgerNode node, long position) {
        return node.readModels().resolve(new KnownAt.Through(position));
    }
}
