package org.agreementledger.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What checking bytes comes to. */
final class Checks {

    private Checks() {}

    /** Empty where all of it fits. */
    static Optional<Mismatch> of(byte[] bundle) {
        try {
            new BundleCheck(Bundle.open(Bytes.of(bundle))).run();
            return Optional.empty();
        } catch (Mismatch e) {
            return Optional.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
