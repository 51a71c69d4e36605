package org.agreementledger.entries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Entry;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.readmodels.Json;
import org.agreementledger.search.Attribute;
import org.agreementledger.search.EntryIndex;
import org.agreementledger.search.IndexedEntry;
import org.agreementledger.terms.TermKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hands the entries to the search index: what each can be found by. */
public final class IndexedEntries implements EntryIndex.Source {

    private final JdbcClient jdbc;

    public IndexedEntries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> eventId(long position) {
        return jdbc.sql("select event_id from entry where position = :position")
                .param("position", position)
                .query(String.class)
                .optional();
    }

    @Override
    public List<IndexedEntry> after(long position, int atMost) {
        return jdbc.sql(
                        """
                        select position, event_id, agreement_id, kind, recorded_by, effect, standing,
                          ref, occurred_on, recorded_at, verdicts_json, entry_json
                        from entry
                        where position > :position
                        order by position
                        fetch first :atMost rows only
                        """)
                .param("position", position)
                .param("atMost", atMost)
                .query((row, _) -> indexed(row))
                .list();
    }

    private static IndexedEntry indexed(ResultSet row) throws SQLException {
        Map<String, Object> tree = Json.object(row.getString("entry_json"));
        return new IndexedEntry(
                row.getLong("position"),
                row.getString("event_id"),
                attributes(row, EntryJson.stored(tree)),
                row.getObject("occurred_on", LocalDate.class),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                List.copyOf(EntryTexts.of(tree).values()));
    }

    private static Map<Attribute, Collection<String>> attributes(ResultSet row, Entry entry)
            throws SQLException {
        Map<Attribute, Collection<String>> attributes = new EnumMap<>(Attribute.class);
        attributes.put(Attribute.AGREEMENT, List.of(row.getString("agreement_id")));
        attributes.put(Attribute.KIND, List.of(row.getString("kind")));
        attributes.put(Attribute.PARTY, Mentions.organisations(entry));
        attributes.put(Attribute.ACTOR, List.of(row.getString("recorded_by")));
        attributes.put(Attribute.EFFECT, List.of(row.getString("effect")));
        attributes.put(Attribute.VERDICT, verdicts(row.getString("verdicts_json")));
        attributes.put(Attribute.TERM, Mentions.terms(entry).stream().map(TermKey::value).toList());
        attributes.put(Attribute.CATEGORY, Mentions.categories(entry));
        attributes.put(Attribute.STANDING, some(row.getString("standing")));
        attributes.put(Attribute.REF, some(row.getString("ref")));
        return attributes;
    }

    private static Collection<String> verdicts(String json) {
        return Json.list(json, VerdictAnswer.class).stream()
                .map(VerdictAnswer::verdict)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> some(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
