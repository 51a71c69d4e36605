package org.agreementledger.cli;

import java.nio.file.Path;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Reads again all that is stored and compares it: events, log, leaves, tree, every checkpoint, and every row of the read models; names the first difference. Changes nothing. With --bundle checks an audit bundle instead, without a ledger and without a network.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger verify --demo",
            "  ./ledger verify --demo --against older.checkpoint",
            "  ./ledger verify --bundle audit.zip",
            "  ./ledger verify --bundle audit.zip --key key.txt --against older.checkpoint"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it fits",
            "1:something does not fit",
            "2:wrong usage, no such agreement, or no such file",
            "3:cannot run"
        })
final class VerifyCommand extends Task {

    @Option(
            names = "--agreement",
            paramLabel = "ID",
            description = "Only this one, and that its leaves are in the tree (default: all).")
    @Nullable AgreementId agreementId;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "An audit bundle, as export --bundle writes it.")
    @Nullable Path bundle;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The ledger's public key, name+id+base64, or a file that holds it; got in another way than the ledger or the bundle. Without it only integrity is checked, not origin.")
    @Nullable String key;

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description =
                    "A checkpoint kept from earlier: the ledger must have grown from it. Takes a bundle with all leaves.")
    @Nullable Path against;

    VerifyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (bundle != null && agreementId != null) {
            throw Failure.usage(
                    "--bundle checks all that the bundle holds; leave out --agreement.");
        }
    }

    @Override
    boolean needsLedger() {
        return bundle == null;
    }

    @Override
    int runAlone() {
        return new BundleVerification(terminal, place.json).run(bundle, key, against);
    }

    /** The example is recorded first, as any other command would. */
    @Override
    LedgerNode open() {
        if (place.demo) {
            super.open().close();
        }
        return place.openToVerify(terminal);
    }

    @Override
    int run(LedgerNode node) {
        if (agreementId != null && node.log().count(agreementId, node.log().newest()) == 0) {
            throw unknown(agreementId, node);
        }
        return new LedgerVerification(terminal, place.json)
                .run(node, agreementId, key == null ? null : BundleVerification.key(key), against);
    }
}
