package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database on a disk that one day does not keep what is forced to it. */
@Timeout(60)
class FailingDiskTest {

    @TempDir Path folder;

    @AfterEach
    void a_disk_that_does_as_it_is_told() {
        FailingDisk.fails(false);
    }

    @Test
    void after_a_flush_that_failed_nothing_is_acknowledged_until_the_ledger_is_opened_again()
            throws Exception {
        try (LedgerNode node = FailingDisk.open(folder)) {
            node.ledger().record(Drafts.opening("alpha"));
            LogChecks.awaitIntact(node, 1);

            FailingDisk.fails(true);
            assertThatThrownBy(() -> node.ledger().record(Drafts.opening("beta")))
                    .isInstanceOf(NotDurable.class)
                    .hasMessageContaining("(The disk says no); nothing is recorded until");
            FailingDisk.fails(false);

            assertThatThrownBy(() -> node.ledger().record(Drafts.opening("gamma")))
                    .isInstanceOf(NotDurable.class);
            assertThat(node.ledger().history(new AgreementId("gamma")).size()).isZero();
            assertThat(node.diskFailure()).isPresent();
            assertThat(node.log().newest()).isZero();
        }

        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            node.ledger().record(Drafts.opening("gamma"));
            List<String> stored = LogChecks.storedEventIds(node);
            LogChecks.awaitIntact(node, stored.size());
            assertThat(stored).hasSizeBetween(2, 3);
            assertThat(node.diskFailure()).isEmpty();
        }
    }
}
