package org.agreementledger.terms;

import java.util.Collection;
import java.util.stream.Collectors;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;

/**
 * SHA-256 over the RFC 8785 bytes of {@code {"parties": [ids, sorted], "terms": [contents, by
 * key]}}: equal fingerprints, equal terms. Shown as {@code sha256:<hex>}.
 */
public record Fingerprint(String hex) {

    public static Fingerprint of(Collection<String> partyIds, Collection<Content> contentsByKey) {
        return new Fingerprint(Digest.sha256Hex(canonical(partyIds, contentsByKey)));
    }

    /** What is digested, as text. */
    public static String canonical(Collection<String> partyIds, Collection<Content> contentsByKey) {
        String parties =
                partyIds.stream()
                        .sorted()
                        .map(CanonicalBytes::text)
                        .collect(Collectors.joining(","));
        String terms =
                contentsByKey.stream().map(Content::canonical).collect(Collectors.joining(","));
        return "{\"parties\":[" + parties + "],\"terms\":[" + terms + "]}";
    }

    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
