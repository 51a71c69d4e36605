package org.agreementledger.axon;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an entry had been recorded before it was imported, as a bundle proved. It stands in the
 * event's metadata and in the leaf, not in the entry: so the entry keeps its digest's meaning, and
 * the leaf covers this.
 *
 * @param leafHash of its leaf there, in hexadecimal
 * @param origin the log there
 * @param recordedAt there; here it is recorded when it is imported
 */
public record ImportedFrom(String leafHash, String origin, long position, Instant recordedAt) {

    static final String KEY = "importedFrom";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** As a tree for JSON. */
    public Map<String, Object> tree() {
        return Map.of(
                "leafHash",
                leafHash,
                "origin",
                origin,
                "position",
                position,
                "recordedAt",
                Rfc3339.text(recordedAt));
    }

    /** As it is stored: the fields in their order. */
    public String text() {
        return JSON.writeValueAsString(new TreeMap<>(tree()));
    }

    /**
     * @param text as it is stored; empty for none
     */
    public static @Nullable ImportedFrom read(String text) {
        if (text.isEmpty()) {
            return null;
        }
        JsonNode tree = JSON.readTree(text);
        return new ImportedFrom(
                tree.required("leafHash").asString(),
                tree.required("origin").asString(),
                tree.required("position").asLong(),
                Instant.parse(tree.required("recordedAt").asString()));
    }
}
