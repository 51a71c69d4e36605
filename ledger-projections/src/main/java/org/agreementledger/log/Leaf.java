package org.agreementledger.log;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;

/**
 * What the tree holds of an entry: the canonical JSON (RFC 8785) of what the log says of it. This
 * is the one place where a leaf is made; a leaf of another form gets another schema.
 *
 * @param text hash its UTF-8 bytes
 */
public record Leaf(long position, String text) {

    /** Every leaf begins by its rules, so that later ones are told apart. */
    public static final String SCHEMA = "agreement-ledger/leaf/v1";

    /** Always three decimals. */
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public static Leaf of(LogEntry entry) {
        return new Leaf(
                entry.position(),
                CanonicalBytes.text(
                        Map.of(
                                "schema",
                                SCHEMA,
                                "agreementId",
                                entry.agreementId().value(),
                                "sequence",
                                entry.sequence(),
                                "position",
                                entry.position(),
                                "eventId",
                                entry.eventId(),
                                "kind",
                                entry.kind().slug(),
                                "recordedAt",
                                MILLISECONDS.format(entry.recordedAt()),
                                "recordedBy",
                                Map.of(
                                        "id", entry.recordedBy().id(),
                                        "issuer", entry.recordedBy().issuer()),
                                "entryDigest",
                                entry.entryDigest())));
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Hash hash() {
        return MerkleTree.leafHash(bytes());
    }
}
