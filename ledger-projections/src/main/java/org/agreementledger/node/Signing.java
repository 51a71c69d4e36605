package org.agreementledger.node;

import java.nio.file.Path;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * With which key the log is signed, and under which name.
 *
 * @param keyFile an Ed25519 private key in PEM (PKCS#8); null for the one beside the data, which is
 *     made at the first start
 * @param origin the log's name, for ever, without spaces or plus; null for the one it has, or one
 *     that is made up at the first start
 * @throws IllegalArgumentException for an origin that cannot be
 */
public record Signing(@Nullable Path keyFile, @Nullable String origin) {

    public static final Signing BESIDE_DATA = new Signing(null, null);

    public Signing {
        if (origin != null) {
            VerifierKey.requireName(origin);
        }
    }
}
