package org.agreementledger.bundle;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.agreementledger.proof.CanonicalBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON read strictly, and written for a person. */
final class JsonText {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private JsonText() {}

    /**
     * @param where for the message
     * @throws Mismatch when it is not one JSON object, or a name stands twice in one
     */
    static Map<String, Object> object(String where, String text) {
        try {
            Map<String, Object> object = MAPPER.readValue(text, OBJECT);
            if (object != null) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Mismatch(where, "it is not JSON: " + firstLine(e.getOriginalMessage()));
        }
        throw new Mismatch(where, "it is not a JSON object");
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    /** On many lines, indented by two blanks; the same text for ever. */
    static String onManyLines(@Nullable Object tree, String indent) {
        StringBuilder out = new StringBuilder();
        write(tree, "\n" + indent, out);
        return out.toString();
    }

    private static void write(@Nullable Object tree, String line, StringBuilder out) {
        switch (tree) {
            case Map<?, ?> object when !object.isEmpty() -> {
                out.append('{');
                for (Iterator<? extends Map.Entry<?, ?>> i = object.entrySet().iterator();
                        i.hasNext(); ) {
                    Map.Entry<?, ?> member = i.next();
                    out.append(line).append("  ").append(CanonicalBytes.text(member.getKey()));
                    out.append(": ");
                    write(member.getValue(), line + "  ", out);
                    out.append(i.hasNext() ? "," : "");
                }
                out.append(line).append('}');
            }
            case List<?> array when !array.isEmpty() -> {
                out.append('[');
                for (Iterator<?> i = array.iterator(); i.hasNext(); ) {
                    out.append(line).append("  ");
                    write(i.next(), line + "  ", out);
                    out.append(i.hasNext() ? "," : "");
                }
                out.append(line).append(']');
            }
            case null, default -> out.append(CanonicalBytes.text(tree));
        }
    }
}
