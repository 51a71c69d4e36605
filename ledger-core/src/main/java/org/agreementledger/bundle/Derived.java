package org.agreementledger.bundle;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;

/** What of a bundle follows from the rest of it; written by one side, expected by the other. */
final class Derived {

    private Derived() {}

    /** From scope, checkpoint and key, which has signed it first. */
    static Map<Part, byte[]> files(Scope scope, SignedNote checkpoint, VerifierKey key) {
        Handbook handbook = new Handbook(scope, Checkpoint.parse(checkpoint.text()));
        Map<Part, byte[]> files = new EnumMap<>(Part.class);
        files.put(Part.README, utf8(handbook.text()));
        files.put(Part.CHECK, utf8(handbook.script()));
        files.put(Part.KEY_PEM, utf8(key.pem()));
        files.put(Part.BODY, utf8(checkpoint.text()));
        files.put(Part.SIGNATURE, checkpoint.signatures().getFirst().bytes());
        return files;
    }

    /**
     * SHA256SUMS.
     *
     * @param sums of every file
     */
    static byte[] sums(Map<Part, String> sums) {
        StringBuilder text = new StringBuilder();
        new EnumMap<>(sums)
                .forEach((part, sum) -> {
                    if (part != Part.SUMS) {
                        text.append(sum).append("  ").append(part.file()).append('\n');
                    }
                });
        return utf8(text.toString());
    }

    /** The bytes of which a leaf holds the SHA-256. */
    static String digested(Entry entry, String salt) {
        return CanonicalBytes.text(Map.of("entry", EntryJson.write(entry), "salt", salt));
    }

    /** An entry's place in an array of documents, in the order of the contract. */
    static String document(Entry entry, boolean first) {
        return (first ? "[\n  " : ",\n  ") + JsonText.onManyLines(EntryJson.write(entry), "  ");
    }

    /** What stands behind the last. */
    static final String DOCUMENTS_END = "\n]\n";

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
