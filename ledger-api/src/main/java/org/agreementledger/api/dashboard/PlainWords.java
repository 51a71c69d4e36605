package org.agreementledger.api.dashboard;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.api.dashboard.Field.Input.Group;
import org.agreementledger.api.dashboard.Field.Input.Many;

/** Puts what the ledger says to programs into the words of a form. */
final class PlainWords {

    private static final Pattern OWN_NAME = Pattern.compile("^[a-zA-Z0-9]+(\\[\\d+])?: (?=.)");

    /** Names that nobody would take for a word. */
    private static final Pattern PROPERTY = Pattern.compile("\\b[a-z]+[A-Z][A-Za-z]*\\b");

    private final Map<String, String> labels = new HashMap<>();

    PlainWords(Field form) {
        note(form);
    }

    private void note(Field field) {
        labels.putIfAbsent(field.name(), field.label());
        switch (field.input()) {
            case Group(var fields) -> fields.forEach(this::note);
            case Many(Field item) -> note(item);
            default -> {}
        }
    }

    /** A sentence, with properties called what the form calls them. */
    String of(String message) {
        String text =
                PROPERTY.matcher(message.replace("with binding: false", "that binds nobody"))
                        .replaceAll(name ->
                                Matcher.quoteReplacement(
                                        labels.containsKey(name.group())
                                                ? "“" + labels.get(name.group()) + "”"
                                                : name.group()));
        return sentence(text);
    }

    /** The same beside the field that it is about, which need not be named. */
    String atField(String message) {
        return of(OWN_NAME.matcher(message).replaceFirst(""));
    }

    private static String sentence(String text) {
        String capital =
                text.isEmpty()
                        ? text
                        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return capital.matches("(?s).*[.!?…]") ? capital : capital + ".";
    }
}
