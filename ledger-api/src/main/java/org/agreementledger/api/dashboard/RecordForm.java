package org.agreementledger.api.dashboard;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.agreementledger.api.entries.IdempotencyKey;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A form on its way.
 *
 * @param key what makes sending it again the same request
 * @param expected the newest sequence of the agreement as its reader saw it
 * @param seen that sequence when the form was sent; null for one that was not
 */
record RecordForm(
        Recording recording,
        FilledForm filled,
        IdempotencyKey key,
        @Nullable Integer expected,
        @Nullable Integer seen,
        Notice notice,
        String focus) {

    static RecordForm of(Recording recording) {
        return new RecordForm(
                recording,
                FilledForm.filled(recording.form(), recording.known()),
                newKey(),
                null,
                null,
                recording.known().isEmpty() ? Notice.UNTOUCHED : Notice.NONE,
                "");
    }

    private static IdempotencyKey newKey() {
        return new IdempotencyKey(UUID.randomUUID().toString());
    }

    RecordForm with(FilledForm other) {
        return new RecordForm(recording, other, key, expected, seen, notice, focus);
    }

    RecordForm focused(String pointer) {
        return new RecordForm(recording, filled, key, expected, seen, notice, pointer);
    }

    RecordForm insisted() {
        return new RecordForm(recording, filled, key, expected, seen, Notice.INSISTED, focus);
    }

    RecordForm overtaken(@Nullable Integer now) {
        return new RecordForm(recording, filled, key, now, seen, Notice.OVERTAKEN, focus);
    }

    RecordForm anew(@Nullable Integer now) {
        return new RecordForm(recording, filled, newKey(), now, seen, Notice.ANEW, focus);
    }

    /** What is said above a form. */
    enum Notice {
        /** Nothing was typed yet. */
        UNTOUCHED,
        NONE,
        /** It was to be recorded, and is refused. */
        INSISTED,
        /** It was to be recorded, but others recorded something meanwhile. */
        OVERTAKEN,
        /** It was recorded before, with other words. */
        ANEW;

        boolean isRefusal() {
            return this == INSISTED || this == OVERTAKEN || this == ANEW;
        }
    }

    /** What is to be done with a form, and where in it. */
    record Sent(RecordForm form, Button button, String place) {

        /** By name; none is called like a method of the form in a browser, which it would hide. */
        enum Button {
            MORE,
            LESS,
            RECORD,
            NONE
        }

        private static final Set<String> OTHERS =
                Set.of("kind", "key", "expected", "more", "less", "record", "preview");

        /** The list that the place is an item of. */
        String list() {
            return place.substring(0, place.lastIndexOf('/'));
        }

        static Sent of(Recording recording, MultiValueMap<String, String> parameters) {
            Map<String, String> answers = new LinkedHashMap<>();
            Map<String, String> others = new LinkedHashMap<>();
            parameters.forEach((name, values) -> {
                if (values.size() > 1) {
                    throw Rejected.malformed("The field '" + name + "' is given twice.");
                }
                (name.startsWith("/") ? answers : others).put(name, values.getFirst());
            });
            String key = others.getOrDefault("key", "");
            String expected = others.getOrDefault("expected", "");
            if (!OTHERS.containsAll(others.keySet())
                    || !key.matches("[\\x21-\\x7e]{1,255}")
                    || !expected.matches("\\d{0,9}")) {
                throw Rejected.malformed("This is not a form as it was given out.");
            }
            RecordForm form =
                    new RecordForm(
                            recording,
                            FilledForm.sent(recording.form(), answers),
                            new IdempotencyKey(key),
                            expected.isEmpty() ? null : Integer.valueOf(expected),
                            expected.isEmpty() ? null : Integer.valueOf(expected),
                            Notice.NONE,
                            "");
            for (Button button : Button.values()) {
                String place = others.get(button.name().toLowerCase(Locale.ROOT));
                if (place != null) {
                    return new Sent(form, button, place);
                }
            }
            return new Sent(form, Button.NONE, "");
        }
    }
}
