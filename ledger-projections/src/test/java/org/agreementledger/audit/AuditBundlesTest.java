package org.agreementledger.audit;

import static org.agreementledger.audit.BundledLedger.ALL;
import static org.agreementledger.audit.BundledLedger.bundle;
import static org.agreementledger.audit.BundledLedger.checked;
import static org.agreementledger.audit.BundledLedger.ofAgreement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Bytes;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.NewCopy;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class AuditBundlesTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void a_bundle_of_every_scope_fits_and_holds_what_was_asked_for(TestDatabase database)
            throws IOException {
        try (LedgerNode node = BundledLedger.random(database, folder, 11)) {
            long size = node.log().newest() + 1;
            byte[] all = bundle(node, ALL, folder);
            BundleCheck whole = new BundleCheck(checked(all));
            whole.run();
            assertThat(whole.events()).isEqualTo(size);
            assertThat(whole.agreements()).isEqualTo(3);

            for (int i = 0; i < 3; i++) {
                String id = "agreement-" + i;
                long own = node.ledger().history(new AgreementId(id)).size();
                for (boolean allLeaves : new boolean[] {false, true}) {
                    BundleCheck one =
                            new BundleCheck(
                                    checked(bundle(node, ofAgreement(id, allLeaves), folder)));
                    one.run();
                    assertThat(one.events()).isEqualTo(own);
                    assertThat(one.leaves()).isEqualTo(allLeaves ? size : own);
                }
            }

            Selection range =
                    new Selection(
                            null, LocalDate.of(2021, 3, 1), LocalDate.of(2021, 6, 1), false, null);
            Path work = Files.createDirectory(folder.resolve("work"));
            Bundle some = checked(bundle(node, range, work));
            assertThat(some.scope().claimsTerms()).isFalse();
            assertThat(work).as("what was kept meanwhile").isEmptyDirectory();

            for (StoredCheckpoint older : node.tree().checkpointsAfter(-1, 100)) {
                new BundleCheck(Bundle.open(Bytes.of(all)))
                        .requireGrownFrom(older.signedNote())
                        .run();
            }
        }
    }

    @Test
    void the_same_ledger_gives_the_same_bundle_also_from_its_copy() {
        try (LedgerNode node = BundledLedger.random(TestDatabase.H2, folder, 12)) {
            byte[] bundle = bundle(node, ALL, folder);
            Location location = TestDatabase.H2.untouched(folder);
            try (NewCopy copy =
                    node.copyTo(location.data(), node.readModels().resolve(new KnownAt.Now()))) {
                copy.copyEntries(_ -> {});
                copy.buildReadModels(_ -> {});
                copy.finish();
            }
            try (LedgerNode copy = LedgerNode.openToRead(location, Clock.systemUTC())) {
                assertThat(bundle(copy, ALL, folder)).isEqualTo(bundle);
            }
            assertThat(bundle(node, ALL, folder)).isEqualTo(bundle);
        }
    }

    @Test
    void what_witnesses_signed_is_carried_along() throws IOException {
        SignedNote.Signature witness = new SignedNote.Signature("witness.example", "AAAAAAAA");
        try (LedgerNode node = LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC())) {
            BundledLedger.record(node, List.of(Drafts.opening("alpha")));
            node.cosignatures().add(1, witness);

            Bundle bundle = checked(bundle(node, ALL, folder));

            assertThat(bundle.note().signatures()).hasSize(2).endsWith(witness);
        }
    }

    @Test
    void where_nothing_was_recorded_or_nothing_is_asked_for_there_is_no_bundle() {
        try (LedgerNode node = LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC())) {
            assertThatThrownBy(() -> bundle(node, ALL, folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no signed entry");
            BundledLedger.record(node, List.of(Drafts.opening("alpha")));
            Selection range =
                    new Selection(
                            null, LocalDate.of(1990, 1, 1), LocalDate.of(1990, 1, 2), false, null);
            assertThatThrownBy(() -> bundle(node, range, folder))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no entry to put into the bundle");
        }
    }
}
