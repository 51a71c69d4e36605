package org.agreementledger.entries;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of an entry as recorded in which words are looked for, by the pointer to each. */
final class EntryTexts {

    private static final Set<String> READ =
            Set.of("title", "summary", "statement", "quote", "condition", "reason", "scope");

    private EntryTexts() {}

    static Map<String, String> of(Map<String, Object> entry) {
        Map<String, String> texts = new LinkedHashMap<>();
        gather("", entry, texts);
        return texts;
    }

    /** Names of properties are of letters only, so that no pointer needs escaping. */
    private static void gather(String pointer, Object value, Map<String, String> texts) {
        switch (value) {
            case Map<?, ?> fields ->
                    fields.forEach((name, field) -> {
                        String place = pointer + "/" + name;
                        if (field instanceof String text) {
                            if (READ.contains(String.valueOf(name))) {
                                texts.put(place, text);
                            }
                        } else {
                            gather(place, field, texts);
                        }
                    });
            case List<?> items -> {
                for (int i = 0; i < items.size(); i++) {
                    gather(pointer + "/" + i, items.get(i), texts);
                }
            }
            default -> {}
        }
    }
}
