package org.agreementledger.cli;

import java.nio.file.Path;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description =
                "Checks an audit bundle, without a ledger and without a network: works out every digest, leaf, proof, the root and the signature anew, and the terms from the entries, and names the first thing that does not fit.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger verify --bundle audit.zip",
            "  ./ledger verify --bundle audit.zip --key key.txt --against older.checkpoint"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it fits",
            "1:something does not fit",
            "2:wrong usage, or no such file",
            "3:cannot run"
        })
final class VerifyCommand extends Task {

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            required = true,
            description = "An audit bundle, as export --bundle writes it.")
    @Nullable Path bundle;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The ledger's public key, name+id+base64, or a file that holds it; got in another way than the bundle. Without it only integrity is checked, not origin.")
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

    /** A bundle needs no ledger. */
    @Override
    public Integer call() {
        return bundle == null
                ? super.call()
                : Integer.valueOf(
                        new BundleVerification(terminal, place.json).run(bundle, key, against));
    }

    @Override
    int run(LedgerNode node) {
        throw Failure.usage("Say which bundle: --bundle FILE.");
    }
}
