package org.agreementledger.axon;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.json.EntryJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as they stand in the event store: readable JSON, {@code {"sequence": 17, "entry": {…}}}.
 */
public final class EventText {

    /** Raise it together with an upcaster from the one before. */
    public static final String REVISION = "1";

    /** Of what Axon calls the type of an aggregate: there is one. */
    public static final String AGGREGATE = "Agreement";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader TREE =
            JSON.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});

    private EventText() {}

    /** The name an event is stored under: not its class name, so that classes can move. */
    public static String type(AgreementEvent event) {
        return event.getClass().getSimpleName();
    }

    public static String write(AgreementEvent event) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sequence", event.sequence());
        tree.put("entry", EntryJson.write(event.entry()));
        return JSON.writeValueAsString(tree);
    }

    /**
     * @throws DamagedRecord when no event of that type was ever written so
     */
    public static AgreementEvent read(String type, String text) {
        try {
            AgreementEvent event = event(TREE.readValue(text));
            if (!type(event).equals(type)) {
                throw new IllegalArgumentException("it holds " + type(event));
            }
            return event;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DamagedRecord("A stored event of type " + type, e);
        }
    }

    private static AgreementEvent event(Map<String, Object> tree) {
        if (tree.size() == 2
                && tree.get("sequence") instanceof Integer sequence
                && tree.get("entry") instanceof Map<?, ?> entry) {
            return AgreementEvent.of(sequence, EntryJson.stored(entry));
        }
        throw new IllegalArgumentException(
                "it takes a sequence and an entry, and nothing else; it has " + tree.keySet());
    }
}
