package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;

/** Agreements that are hard to show: long, empty, or full of what might be taken for markup. */
public final class HardAgreements {

    /** Every text of an entry may be this. */
    public static final String SCRIPT = "<script>document.title = 'taken'</script>";

    public static final String ARABIC = "اتفاقية التوريد بين الطرفين";
    public static final String EMOJI = "🤝🏽 👩‍💻 agreed ✍️";

    private HardAgreements() {}

    /** So many terms in topics of twenty, and so many entries over ten years. */
    public static List<Entry> large(String id, int entries, int terms) {
        LocalDate first = LocalDate.of(2016, 1, 4);
        List<Entry> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            LocalDate day = first.plusDays(3_650L * i / entries);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("kind", i == 0 ? "opening" : i % 4 == 0 ? "amendment" : "announcement");
            entry.put("occurredOn", day.toString());
            entry.put("title", i == 0 ? "A large agreement" : "Entry number " + (i + 1));
            if (i == 0) {
                entry.put("parties", List.of(organisation("acme"), organisation("globex")));
                entry.put(
                        "terms",
                        IntStream.range(0, terms)
                                .mapToObj(term -> provision("introduce", term, 0))
                                .toList());
            } else if (i % 4 == 0) {
                entry.put("terms", List.of(provision("change", i * 7 % terms, i)));
            } else {
                entry.put("speakers", List.of(organisation("acme")));
                entry.put(
                        "terms", List.of(Map.of("action", "reaffirm", "key", key(i * 3 % terms))));
            }
            all.add(EntryJson.submitted(entry, new AgreementId(id)));
        }
        return all;
    }

    private static String key(int term) {
        return "topic%d.term%d".formatted(term / 20, term);
    }

    private static Map<String, Object> provision(String action, int term, int version) {
        return Map.of(
                "action",
                action,
                "key",
                key(term),
                "statement",
                "Term %d as it was agreed in version %d, in about as many words as such a term has."
                        .formatted(term, version),
                "value",
                Map.of("type", "quantity", "quantity", Integer.toString(version), "unit", "MW"));
    }

    private static Map<String, Object> organisation(String id) {
        return Map.of("id", id, "name", id.toUpperCase(Locale.ROOT));
    }

    /** That text wherever there can be one, in titles and statements as often as it may stand. */
    public static List<Entry> saying(String id, String text) {
        String title = (text + " ").repeat(300 / (text.length() + 1)).strip();
        String statement = (text + " ").repeat(500 / text.length()).strip();
        Map<String, Object> party = Map.of("id", "acme", "name", text);
        Map<String, Object> source =
                Map.of(
                        "id",
                        "s1",
                        "title",
                        text,
                        "url",
                        "https://example.com/",
                        "quote",
                        text,
                        "note",
                        text);
        Map<String, Object> term =
                Map.of(
                        "action",
                        "introduce",
                        "key",
                        "supply.exclusivity",
                        "statement",
                        statement,
                        "quote",
                        text,
                        "condition",
                        text,
                        "source",
                        "s1",
                        "locator",
                        text,
                        "value",
                        Map.of("type", "text", "text", text));
        Map<String, Object> changed = new LinkedHashMap<>(term);
        changed.put("action", "change");
        changed.put("statement", text + " otherwise");
        return List.of(
                EntryJson.submitted(
                        Map.of(
                                "kind",
                                "opening",
                                "title",
                                title,
                                "summary",
                                text,
                                "occurredOn",
                                "2024-03-01",
                                "parties",
                                List.of(party, organisation("globex")),
                                "sources",
                                List.of(source),
                                "terms",
                                List.of(term)),
                        new AgreementId(id)),
                EntryJson.submitted(
                        Map.of(
                                "kind",
                                "amendment",
                                "title",
                                title,
                                "occurredOn",
                                "2024-06-01",
                                "sources",
                                List.of(source),
                                "terms",
                                List.of(changed)),
                        new AgreementId(id)));
    }
}
