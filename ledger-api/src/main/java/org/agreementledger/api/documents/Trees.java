package org.agreementledger.api.documents;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Tokens to plain trees, strictly: a property stands once in its object, and what a reader would
 * have to guess or expand is refused.
 */
final class Trees {

    private static final int NESTING_MAX = 64;
    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    /** A long scalar is copied once a buffer: with the default of 1,024, 10 MB take 20 seconds. */
    private static final int YAML_BUFFER_SIZE = 1 << 20;

    private static final YAMLFactory YAML =
            YAMLFactory.builder()
                    .streamReadConstraints(CONSTRAINTS)
                    .loadSettings(
                            LoadSettings.builder()
                                    .setCodePointLimit(Integer.MAX_VALUE)
                                    .setBufferSize(YAML_BUFFER_SIZE)
                                    .build())
                    .build();

    /** How the parser of YAML, which looks for itself, says it. */
    private static final Pattern TWICE = Pattern.compile("Duplicate Object property \"(.*?)\"");

    private static final int WORD_LENGTH_MAX = 60;

    /** A document and the line it starts on. */
    record Tree(int line, Object value) {}

    private final JsonParser tokens;
    private final @Nullable Map<String, Integer> lines;
    private int depth;

    private Trees(JsonParser tokens, @Nullable Map<String, Integer> lines) {
        this.tokens = tokens;
        this.lines = lines;
    }

    static JsonParser json(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    static JsonParser yaml(String text) {
        return YAML.createParser(ObjectReadContext.empty(), text);
    }

    static List<Tree> read(JsonParser tokens) {
        return read(tokens, -1, null);
    }

    static Object single(JsonParser tokens) {
        List<Tree> trees = read(tokens);
        if (trees.size() != 1) {
            throw new Unreadable("a line holds one JSON object, this one " + trees.size(), 1);
        }
        return trees.getFirst().value();
    }

    /**
     * @param index of the document whose places are looked up
     * @param lines takes the line of each of its places, by pointer
     */
    static List<Tree> read(JsonParser tokens, int index, @Nullable Map<String, Integer> lines) {
        try (tokens) {
            List<Tree> trees = new ArrayList<>();
            JsonToken token = tokens.nextToken();
            while (token != null) {
                if (token == JsonToken.START_ARRAY) {
                    while (tokens.nextToken() != JsonToken.END_ARRAY) {
                        trees.add(tree(tokens, trees.size() == index ? lines : null));
                    }
                } else if (!isEmptyDocument(tokens, token)) {
                    trees.add(tree(tokens, trees.size() == index ? lines : null));
                }
                token = tokens.nextToken();
            }
            return trees;
        } catch (JacksonException e) {
            TokenStreamLocation place =
                    e.getLocation() == null ? tokens.currentLocation() : e.getLocation();
            int line = Math.max(1, place.getLineNr());
            Matcher twice = TWICE.matcher(String.valueOf(e.getOriginalMessage()));
            throw twice.lookingAt() ? twice(twice.group(1), line) : new Unreadable(reason(e), line);
        }
    }

    /** What stands between two markers of YAML, or after the last. */
    private static boolean isEmptyDocument(JsonParser tokens, JsonToken token) {
        return tokens instanceof YAMLParser
                && (token == JsonToken.VALUE_NULL
                        || token == JsonToken.VALUE_STRING && tokens.getString().isEmpty());
    }

    private static Tree tree(JsonParser tokens, @Nullable Map<String, Integer> lines) {
        Trees trees = new Trees(tokens, lines);
        int line = trees.line();
        Object value = trees.value("");
        return new Tree(line, value == null ? "null" : value);
    }

    private @Nullable Object value(String pointer) {
        note(pointer);
        if (tokens instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new Unreadable("an alias (*) is not read; write out what it stands for", line());
        }
        return switch (tokens.currentToken()) {
            case START_OBJECT -> object(pointer);
            case START_ARRAY -> array(pointer);
            case VALUE_STRING -> tokens.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> integer(tokens.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(tokens.getString());
            default -> throw new Unreadable("a value is missing", line());
        };
    }

    private Map<String, Object> object(String pointer) {
        enter();
        Map<String, Object> object = new LinkedHashMap<>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            String name = tokens.currentName();
            int line = line();
            if (object.containsKey(name)) {
                throw twice(name, line);
            }
            tokens.nextToken();
            String place =
                    lines == null ? "" : pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            object.put(name, value(place));
            if (lines != null) {
                lines.put(place, line);
            }
        }
        depth--;
        return object;
    }

    private List<Object> array(String pointer) {
        enter();
        List<Object> array = new ArrayList<>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(lines == null ? "" : pointer + "/" + array.size()));
        }
        depth--;
        return array;
    }

    private static Unreadable twice(String name, int line) {
        return new Unreadable("'" + shortened(name) + "' stands twice in one object", line);
    }

    private void enter() {
        if (++depth > NESTING_MAX) {
            throw new Unreadable("it is nested more than " + NESTING_MAX + " deep", line());
        }
    }

    private void note(String pointer) {
        if (lines != null) {
            lines.put(pointer, line());
        }
    }

    private int line() {
        return Math.max(1, tokens.currentTokenLocation().getLineNr());
    }

    private static Number integer(BigInteger value) {
        return value.bitLength() < Integer.SIZE ? (Number) value.intValue() : value;
    }

    /** Not through a binary floating-point number. */
    private static Object decimal(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            return text;
        }
    }

    /** The parser's first sentence, on one line and without its own idea of the place. */
    private static String reason(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage()).strip();
        String first = message.lines().findFirst().orElse("").strip();
        return "it is neither JSON nor YAML here: "
                + shortened(first.endsWith(".") ? first.substring(0, first.length() - 1) : first);
    }

    private static String shortened(String text) {
        return text.length() > 2 * WORD_LENGTH_MAX
                ? text.substring(0, 2 * WORD_LENGTH_MAX) + "…"
                : text;
    }
}
