package org.agreementledger.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Mismatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a bundle is taken for the ledger's whose name it bears. */
final class Trust {

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Only a bundle that this key signed: the other ledger's public key, name+id+base64, or a file that holds it; got in another way than the bundle.")
    @Nullable String key;

    @Option(
            names = "--without-key",
            description =
                    "A bundle from wherever it is: whoever gave it to you is trusted with what it says.")
    boolean withoutKey;

    boolean isGiven() {
        return key != null || withoutKey;
    }

    void require() {
        if (key == null != withoutKey) {
            throw Failure.usage(
                    "A bundle can be signed by anybody, with a key of his own. Say which key to trust, --key KEY, or that you trust its bearer, --without-key.");
        }
    }

    /**
     * Every byte of it fits, and the key is the one.
     *
     * @throws Failure otherwise
     */
    void check(Terminal terminal, Bundle bundle, Path file, BundleCheck.Each each) {
        try (Progress progress =
                terminal.progress("Checking", "leaves", bundle.checkpoint().size())) {
            BundleCheck check = new BundleCheck(bundle, each, progress::to);
            if (key != null) {
                check.requireSignedBy(BundleVerification.key(key));
            }
            check.run();
        } catch (Mismatch e) {
            throw broken(file, e);
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    /**
     * @throws Failure when its files are not all there and undamaged
     */
    static Bundle open(Path file) {
        try {
            return Bundle.open(BundleVerification.bytes(file));
        } catch (Mismatch e) {
            throw broken(file, e);
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    private static Failure broken(Path file, Mismatch e) {
        return Failure.usage(
                "%s does not fit together, so nothing was taken from it: %s: %s."
                        .formatted(file, e.where(), e.what()),
                e);
    }
}
