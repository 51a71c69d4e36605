package org.agreementledger.log;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
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
        Map<String, Object> fields = new TreeMap<>();
        fields.put("schema", SCHEMA);
        fields.put("agreementId", entry.agreementId().value());
        fields.put("sequence", entry.sequence());
        fields.put("position", entry.position());
        fields.put("eventId", entry.eventId());
        fields.put("kind", entry.kind().slug());
        fields.put("recordedAt", MILLISECONDS.format(entry.recordedAt()));
        fields.put(
                "recordedBy",
                Map.of("id", entry.recordedBy().id(), "issuer", entry.recordedBy().issuer()));
        fields.put("entryDigest", entry.entryDigest());
        if (entry.importedFrom() != null) {
            fields.put("importedFrom", entry.importedFrom().tree());
        }
        return new Leaf(entry.position(), CanonicalBytes.text(fields));
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public Hash hash() {
        return MerkleTree.leafHash(bytes());
    }
}
