package org.agreementledger.readmodels;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agreementledger.axon.DamagedRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plain trees as the text of a column, and back. */
public final class Json {

    /** In the order of the records, as answers are written. */
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private Json() {}

    public static String text(Object tree) {
        return MAPPER.writeValueAsString(tree);
    }

    public static Map<String, Object> object(String text) {
        return read(() -> MAPPER.readValue(text, new TypeReference<>() {}));
    }

    /** The same, read when somebody looks inside. */
    public static JsonText unread(String text) {
        return new JsonText(text);
    }

    public static <T> T value(String text, Class<T> type) {
        return read(() -> MAPPER.readValue(text, type));
    }

    public static <T> List<T> list(String text, Class<T> type) {
        return read(() ->
                MAPPER.readValue(
                        text, MAPPER.getTypeFactory().constructCollectionType(List.class, type)));
    }

    /** Only we write what is read here. */
    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new DamagedRecord("stored JSON", e);
        }
    }

    /** The objects of a list in a tree; none where there is no such list. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> children(Object tree, String name) {
        return (List<Map<String, Object>>)
                ((Map<String, Object>) tree).getOrDefault(name, List.of());
    }
}
