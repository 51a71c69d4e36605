package org.agreementledger.api.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;

/** What an entry says and what was found about it, for people who read feeds. */
final class EntryText {

    private EntryText() {}

    static String of(EntryAnswer entry) {
        StringJoiner text = new StringJoiner("\n");
        text.add(
                "%s %d of %s, %s%s"
                        .formatted(
                                entry.kind(),
                                entry.sequence(),
                                entry.agreementId(),
                                entry.occurredOn(),
                                "reported".equals(entry.standing()) ? ", reported" : ""));
        text.add("Terms: " + entry.effect().sum());
        Map<String, String> verdicts = new LinkedHashMap<>();
        for (VerdictAnswer found : entry.verdicts()) {
            verdicts.merge(found.verdict(), found.key(), (keys, key) -> keys + ", " + key);
        }
        verdicts.forEach((verdict, keys) -> text.add(verdict + ": " + keys));
        for (String said : new String[] {"reason", "summary"}) {
            if (entry.entry().get(said) instanceof String words) {
                text.add("").add(words);
            }
        }
        return text.toString();
    }

    /** The same for every reader, whatever host it asked (RFC 4122). */
    static String id(EntryAnswer entry) {
        return "urn:uuid:" + Objects.requireNonNull(entry.eventId());
    }
}
