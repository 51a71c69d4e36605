package org.agreementledger.axon;

import java.util.List;
import java.util.Map;
import org.axonframework.messaging.MetaData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who recorded an event, as it stands in the event's metadata. */
public final class RecordedBy {

    static final String ID = "recordedBy.id";
    static final String ISSUER = "recordedBy.issuer";

    /** What passes from the command to its event. */
    static final List<String> KEYS = List.of(ID, ISSUER);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RecordedBy() {}

    static Map<String, String> metadata(Actor by) {
        return Map.of(ID, by.id(), ISSUER, by.issuer());
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
}
