package org.agreementledger.api.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * The documents of one text: JSON, an array of JSON, NDJSON, or YAML, told apart by the content. An
 * array at the top, also of YAML, stands for its items.
 */
public final class Documents {

    private static final Pattern JSON_OBJECT = Pattern.compile("\\{\\s*[\"}].*", Pattern.DOTALL);
    private static final Pattern YAML_MARKER = Pattern.compile("(?m)^---(\\s|$)");

    private Documents() {}

    /**
     * The documents in their order. The lines of NDJSON are parsed one by one, when asked for, so
     * that a broken one does not hide the others.
     *
     * @throws Unreadable where the text as a whole is broken
     */
    public static List<Document> read(String text) {
        String content = text.startsWith("\ufeff") ? text.substring(1) : text;
        return switch (form(content)) {
            case LINES -> lines(content);
            case JSON -> parsed(content, Trees::json);
            case YAML -> parsed(content, Trees::yaml);
        };
    }

    private enum Form {
        LINES,
        JSON,
        YAML
    }

    private static Form form(String text) {
        String stripped = text.stripLeading();
        if (stripped.startsWith("[")) {
            return YAML_MARKER.matcher(text).find() ? Form.YAML : Form.JSON;
        }
        if (!JSON_OBJECT.matcher(stripped).matches() || YAML_MARKER.matcher(text).find()) {
            return Form.YAML;
        }
        List<String> first = stripped.lines().filter(line -> !line.isBlank()).limit(2).toList();
        boolean lines =
                first.size() == 2 && first.get(1).startsWith("{") || isComplete(first.getFirst());
        return lines ? Form.LINES : Form.JSON;
    }

    private static boolean isComplete(String line) {
        try {
            return Trees.read(Trees.json(line)).size() == 1;
        } catch (JacksonException | Unreadable _) {
            return false;
        }
    }

    private static List<Document> lines(String text) {
        List<Document> documents = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                documents.add(new Document.OnOneLine(number, line));
            }
        }
        return documents;
    }

    /** Opens a text as tokens. */
    interface Syntax {
        JsonParser open(String text);
    }

    private static List<Document> parsed(String text, Syntax syntax) {
        List<Trees.Tree> trees = Trees.read(syntax.open(text));
        List<Document> documents = new ArrayList<>(trees.size());
        for (int index = 0; index < trees.size(); index++) {
            Trees.Tree tree = trees.get(index);
            documents.add(new Document.OnManyLines(tree.line(), tree.value(), index, text, syntax));
        }
        return documents;
    }
}
