package org.agreementledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Bytes;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;

/** Ledgers with random histories, and bundles of them. */
public final class BundledLedger {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int BATCH = 7;

    public static final Selection ALL = new Selection(null, null, null, false, null);

    private BundledLedger() {}

    /** A few agreements, some twenty entries. */
    public static LedgerNode random(TestDatabase database, Path folder, long seed) {
        LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
        List<Submission> all =
                RandomLedger.of(seed, 3, 12).stream()
                        .map(e -> new Submission(new RecordEntry(e, null), Drafts.ADA, null))
                        .toList();
        for (int from = 0; from < all.size(); from += BATCH) {
            record(node, all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return node;
    }

    public static void record(LedgerNode node, List<Submission> submissions) {
        List<Receipt> receipts = node.ledger().recordAll(submissions);
        assertThat(node.readModels().await(receipts, SOON)).isTrue();
    }

    static Selection ofAgreement(String id, boolean allLeaves) {
        return new Selection(new AgreementId(id), null, null, allLeaves, null);
    }

    public static byte[] bundle(LedgerNode node, Selection selection, Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            node.bundles().write(selection, folder, out, _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Once all of it was found to fit. */
    public static Bundle checked(byte[] bundle) throws IOException {
        Bundle opened = Bundle.open(Bytes.of(bundle));
        new BundleCheck(opened).run();
        return opened;
    }
}
