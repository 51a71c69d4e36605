package org.agreementledger.backup;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup says of itself.
 *
 * @param ledger the key that signs its log, name+id+base64; null where nothing was ever signed
 * @param position of the newest entry in it; -1 where there is none
 * @param root of the newest tree that was signed; null where none was
 * @param size of the database, in bytes
 */
public record Manifest(
        @Nullable String ledger,
        long position,
        @Nullable String root,
        Instant takenAt,
        long size,
        String sha256) {

    /** Of the file. A version that reads another meaning into it counts on. */
    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    byte[] write() {
        Map<String, Object> database = new LinkedHashMap<>();
        database.put("size", size);
        database.put("sha256", sha256);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", FORMAT);
        Optional.ofNullable(ledger).ifPresent(it -> tree.put("ledger", it));
        tree.put("position", position);
        Optional.ofNullable(root).ifPresent(it -> tree.put("root", it));
        tree.put("takenAt", Rfc3339.text(takenAt));
        tree.put(BackupFile.DATABASE, database);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
    }

    /**
     * @throws IllegalArgumentException for what is none, and for one of a later format
     */
    static Manifest read(byte[] bytes) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            int format = tree.required("format").asInt();
            if (format > FORMAT) {
                throw new IllegalArgumentException(
                        "a newer version of this program has written it (format %d, and this one reads %d); restore it with that one"
                                .formatted(format, FORMAT));
            }
            JsonNode database = tree.required(BackupFile.DATABASE);
            return new Manifest(
                    tree.path("ledger").asStringOpt().orElse(null),
                    tree.required("position").asLong(),
                    tree.path("root").asStringOpt().orElse(null),
                    Instant.parse(tree.required("takenAt").asString()),
                    database.required("size").asLong(),
                    database.required("sha256").asString());
        } catch (JacksonException | DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "its " + BackupFile.MANIFEST + " is damaged, or of something else", e);
        }
    }
}
