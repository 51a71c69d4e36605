package org.agreementledger.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.ObjectMapper;

/** Plain trees for tests: parsed, taken from a file, edited in place. */
public final class JsonTrees {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonTrees() {}

    public static Object parse(String json) {
        return MAPPER.readValue(json, Object.class);
    }

    public static Map<String, Object> object(String json) {
        return asObject(parse(json));
    }

    public static byte[] resource(String path) {
        try (InputStream in = JsonTrees.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entry of that kind with every property it may carry; a new tree each time. */
    public static Map<String, Object> golden(String kind) {
        byte[] json = resource("/golden/entries/" + kind + ".json");
        return asObject(MAPPER.readValue(json, Object.class));
    }

    /** Sets, adds or replaces the value at an RFC 6901 pointer. */
    @SuppressWarnings("unchecked")
    public static void set(Object tree, String pointer, Object value) {
        String last = last(pointer);
        switch (parent(tree, pointer)) {
            case List<?> list when Integer.parseInt(last) == list.size() ->
                    ((List<Object>) list).add(value);
            case List<?> list -> ((List<Object>) list).set(Integer.parseInt(last), value);
            case Object object -> ((Map<String, Object>) object).put(last, value);
        }
    }

    public static void remove(Object tree, String pointer) {
        switch (parent(tree, pointer)) {
            case List<?> list -> list.remove(Integer.parseInt(last(pointer)));
            case Object object -> ((Map<?, ?>) object).remove(last(pointer));
        }
    }

    private static Object parent(Object tree, String pointer) {
        Object at = tree;
        String[] names = pointer.split("/");
        for (int i = 1; i < names.length - 1; i++) {
            at =
                    at instanceof List<?> list
                            ? list.get(Integer.parseInt(names[i]))
                            : ((Map<?, ?>) at).get(unescaped(names[i]));
        }
        return at;
    }

    private static String last(String pointer) {
        return unescaped(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    private static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asObject(Object tree) {
        return (Map<String, Object>) tree;
    }
}
