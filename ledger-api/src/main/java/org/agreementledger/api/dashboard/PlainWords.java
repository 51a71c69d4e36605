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

    private static final Pattern FIRST_WORD = Pattern.compile("^[a-z](?=(n|he|t|his|othing)? )");

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
    String atField(String pointer, String message) {
        String name = Pattern.quote(pointer.substring(pointer.lastIndexOf('/') + 1));
        return of(
                OWN_NAME.matcher(message)
                        .replaceFirst("")
                        .replaceFirst(
                                "^" + name + "(?= (has|is|must|holds|cannot|goes) )", "this"));
    }

    /** A key stays as it is, also where it begins a sentence. */
    private static String sentence(String text) {
        String sentence =
                FIRST_WORD
                        .matcher(text)
                        .replaceFirst(first -> first.group().toUpperCase(Locale.ROOT));
        return sentence.matches("(?s).*[.!?…]") ? sentence : sentence + ".";
    }
}
