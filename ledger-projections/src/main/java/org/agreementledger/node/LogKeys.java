package org.agreementledger.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.agreementledger.log.TreeTable;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Finds the key that signs the log, or makes it at the first start. */
final class LogKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TreeTable table;
    private final Signing signing;
    private final KeyFile file;

    LogKeys(TreeTable table, Signing signing, Path besideData) {
        this.table = table;
        this.signing = signing;
        this.file = new KeyFile(signing.keyFile() == null ? besideData : signing.keyFile());
    }

    /**
     * @throws IllegalArgumentException when the file that was given is not there or holds no key,
     *     or when the log has another origin
     * @throws IllegalStateException when the log is signed with a key that is not there
     */
    SigningKey toWrite() {
        Optional<VerifierKey> known = table.key();
        String pem = file.read().orElseGet(() -> make(known.orElse(null)));
        VerifierKey kept = known.orElseGet(() -> table.claim(file.key(origin(), pem).verifier()));
        if (signing.origin() != null && !signing.origin().equals(kept.name())) {
            throw new IllegalArgumentException(
                    "The origin of this log is %s, since its first start; it cannot become %s"
                            .formatted(kept.name(), signing.origin()));
        }
        SigningKey key = file.key(kept.name(), pem);
        if (!key.verifier().equals(kept)) {
            throw notThere(kept, "which is not the one in " + file.path());
        }
        return key;
    }

    /** For who only has to catch up: it makes none, and does without where it is not at hand. */
    Optional<SigningKey> atHand() {
        return table.key()
                .filter(_ -> Files.isReadable(file.path()))
                .flatMap(kept ->
                        file.read()
                                .map(pem -> file.key(kept.name(), pem))
                                .filter(key -> key.verifier().equals(kept)));
    }

    private static IllegalStateException notThere(VerifierKey kept, String where) {
        return new IllegalStateException(
                "its log is signed with the key %s, %s; every node of a ledger signs with the same key: give it with --log-key FILE"
                        .formatted(kept, where));
    }

    /** Two ledgers never share one, or their checkpoints would contradict each other. */
    private String origin() {
        if (signing.origin() != null) {
            return signing.origin();
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return "agreement-ledger/" + HexFormat.of().formatHex(random);
    }

    private String make(@Nullable VerifierKey known) {
        if (signing.keyFile() != null) {
            throw new IllegalArgumentException("There is no key file " + file.path());
        }
        if (known != null) {
            throw notThere(known, "and there is no " + file.path());
        }
        return file.make();
    }
}
