package org.agreementledger.bundle;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf of the log says. Of a leaf its bytes are proven; fields that are not known here are
 * left alone.
 *
 * @param recordedBy who, and who vouches for the name
 * @param importedFrom where the entry had been recorded before; null where it is the ledger's own
 * @param text the leaf itself
 */
public record LeafText(
        AgreementId agreementId,
        int sequence,
        long position,
        String eventId,
        String kind,
        Instant recordedAt,
        By recordedBy,
        String entryDigest,
        @Nullable Map<String, Object> importedFrom,
        String text) {

    private static final String SCHEMA = "agreement-ledger/leaf/v1";

    public record By(String id, String issuer) {}

    /**
     * @throws Mismatch when it is not a leaf
     */
    static LeafText parse(String where, String text) {
        Map<String, Object> tree = JsonText.object(where, text);
        try {
            if (!SCHEMA.equals(tree.get("schema"))) {
                throw new IllegalArgumentException(
                        "its schema is not " + SCHEMA + ", which this program reads");
            }
            Map<String, Object> by = object(tree, "recordedBy");
            return new LeafText(
                    new AgreementId(string(tree, "agreementId")),
                    Math.toIntExact(number(tree, "sequence")),
                    number(tree, "position"),
                    string(tree, "eventId"),
                    string(tree, "kind"),
                    Instant.parse(string(tree, "recordedAt")),
                    new By(string(by, "id"), string(by, "issuer")),
                    string(tree, "entryDigest"),
                    tree.containsKey("importedFrom") ? object(tree, "importedFrom") : null,
                    text);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            throw new Mismatch(where, "it is not a leaf: " + e.getMessage());
        }
    }

    private static String string(Map<String, Object> tree, String name) {
        if (tree.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("its " + name + " is no text");
    }

    private static long number(Map<String, Object> tree, String name) {
        return switch (tree.get(name)) {
            case Integer number -> number;
            case Long number -> number;
            case null, default ->
                    throw new IllegalArgumentException("its " + name + " is no whole number");
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> tree, String name) {
        if (tree.get(name) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new IllegalArgumentException("its " + name + " is no object");
    }
}
