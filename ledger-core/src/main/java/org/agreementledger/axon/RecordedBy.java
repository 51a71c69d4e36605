package org.agreementledger.axon;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who recorded an event, and whether it came from elsewhere, as it stands in its metadata. */
public final class RecordedBy {

    static final String ID = "recordedBy.id";
    static final String ISSUER = "recordedBy.issuer";

    /** What passes from the command to its event. */
    static final List<String> KEYS = List.of(ID, ISSUER, ImportedFrom.KEY);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordedBy() {}

    static Map<String, String> metadata(Actor by) {
        return Map.of(ID, by.id(), ISSUER, by.issuer());
    }

    static Map<String, String> metadata(Actor by, @Nullable ImportedFrom from) {
        Map<String, String> metadata = new TreeMap<>(metadata(by));
        if (from != null) {
            metadata.put(ImportedFrom.KEY, from.text());
        }
        return metadata;
    }

    /** The metadata as it is stored. */
    public static String write(Actor by, @Nullable ImportedFrom from) {
        return JSON.writeValueAsString(metadata(by, from));
    }

    public static Actor of(MetaData metadata) {
        return new Actor((String) metadata.get(ID), (String) metadata.get(ISSUER));
    }

    /**
     * @param metadata as it is stored
     */
    public static Actor read(String metadata) {
        JsonNode tree = JSON.readTree(metadata);
        return new Actor(tree.required(ID).asString(), tree.required(ISSUER).asString());
    }

    /** Null for an entry of this ledger's own. */
    public static @Nullable ImportedFrom from(MetaData metadata) {
        return ImportedFrom.read((String) metadata.getOrDefault(ImportedFrom.KEY, ""));
    }

    /** The same from metadata as it is stored. */
    public static @Nullable ImportedFrom readFrom(String metadata) {
        return ImportedFrom.read(JSON.readTree(metadata).path(ImportedFrom.KEY).asString(""));
    }
}
