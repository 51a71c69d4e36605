package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.AgreementFold.Mark;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.Content;
import org.agreementledger.terms.Fingerprint;
import org.agreementledger.terms.TermKey;
import org.agreementledger.time.Validity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads terms as of any day of valid time and any moment of record time. */
public final class AgreementTerms {

    private static final String AS_OF =
            """
            where t.agreement_id = :agreementId
              and t.standing = :standing
              and t.known_from <= :known and :known < t.known_to
            """;

    private final JdbcClient jdbc;

    public AgreementTerms(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty where the agreement is not known at that moment. */
    public Optional<TermsAnswer> asOf(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return agreement(agreementId, validOn, knownAt, view)
                .map(agreement ->
                        answer(
                                agreementId,
                                agreement,
                                sequence(agreementId, knownAt),
                                validOn,
                                knownAt,
                                view,
                                held(agreementId, validOn, knownAt, view),
                                marks(agreementId, validOn, knownAt, view)));
    }

    /**
     * @param marks the last of each kind for each key, made on or before {@code validOn}
     */
    static TermsAnswer answer(
            AgreementId agreementId,
            AgreementRow agreement,
            int sequence,
            LocalDate validOn,
            Moment knownAt,
            View view,
            List<TermRow> held,
            Map<String, MarkRow> marks) {
        return new TermsAnswer(
                agreementId.value(),
                agreement.title(),
                agreement.parties(),
                agreement.status(),
                sequence,
                validOn,
                knownAt.knownAt(),
                view.slug(),
                Fingerprint.of(
                                agreement.parties().stream().map(Party::id).toList(),
                                held.stream().map(row -> new Content(row.content())).toList())
                        .toString(),
                held.stream().map(row -> term(row, marks)).toList());
    }

    private static HeldTerm term(TermRow row, Map<String, MarkRow> marks) {
        return new HeldTerm(
                row.key(),
                row.statement(),
                absentIfEmpty(row.quote()),
                value(row),
                absentIfEmpty(row.category()),
                absentIfEmpty(row.condition()),
                absentIfEmpty(row.withheld()),
                absentIfEmpty(row.characterisedAs()),
                absentIfEmpty(row.source()),
                absentIfEmpty(row.locator()),
                row.declaredFrom(),
                absentIfEmpty(row.declaredTo()),
                row.action().equals("disclose"),
                row.setBy(),
                mark(row, Mark.AFFIRMED, marks),
                mark(row, Mark.NOT_ADDRESSED, marks),
                mark(row, Mark.CONTESTED, marks));
    }

    /** A mark made before the version began was about another one. */
    private static @Nullable EntryLink mark(TermRow row, Mark mark, Map<String, MarkRow> marks) {
        MarkRow last = marks.get(markKey(Slugs.of(mark), row.key()));
        return last == null || last.occurredOn().isBefore(row.declaredOn()) ? null : last.setBy();
    }

    static String markKey(String mark, String key) {
        return mark + " " + key;
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Map<String, Object> value(TermRow row) {
        return row.value().isEmpty() ? null : Json.object(row.value());
    }

    private Optional<AgreementRow> agreement(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return jdbc.sql(
                        """
                        select t.valid_from, t.valid_to, t.title, t.parties_json, t.status
                        from agreement_version t
                        """
                                + AS_OF
                                + "  and t.valid_from <= :validOn and :validOn < t.valid_to")
                .params(params(agreementId, knownAt, view))
                .param("validOn", validOn)
                .query((row, _) ->
                        new AgreementRow(
                                row.getObject("valid_from", LocalDate.class),
                                row.getObject("valid_to", LocalDate.class),
                                row.getString("title"),
                                Json.list(row.getString("parties_json"), Party.class),
                                row.getString("status")))
                .optional();
    }

    private static Map<String, Object> params(AgreementId agreementId, Moment knownAt, View view) {
        return Map.of(
                "agreementId", agreementId.value(),
                "standing", view.slug(),
                "known", knownAt.position());
    }

    private int sequence(AgreementId agreementId, Moment knownAt) {
        return jdbc.sql(
                        """
                        select coalesce(max(sequence), 0)
                        from entry
                        where agreement_id = :agreementId
                          and position <= :known
                        """)
                .param("agreementId", agreementId.value())
                .param("known", knownAt.position())
                .query(Integer.class)
                .single();
    }

    private List<TermRow> held(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return jdbc
                .sql(
                        "select t.* from term_version t\n"
                                + AS_OF
                                + """
                                  and t.valid_from <= :validOn and :validOn < t.valid_to
                                  and t.state = 'held'
                                """)
                .params(params(agreementId, knownAt, view))
                .param("validOn", validOn)
                .query((row, _) -> TermRow.read(row))
                .list()
                .stream()
                .sorted(Comparator.comparing(TermRow::key))
                .toList();
    }

    private Map<String, MarkRow> marks(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return jdbc
                .sql(
                        """
                        select term_key, mark, occurred_on, set_sequence, set_position, set_kind,
                          set_occurred_on, set_title
                        from (
                          select t.*, row_number() over (
                            partition by t.term_key, t.mark
                            order by t.occurred_on desc, t.set_sequence desc) as place
                          from term_mark t
                        """
                                + AS_OF
                                + """
                                    and t.occurred_on <= :validOn
                                  ) last_marks
                                  where place = 1
                                """)
                .params(params(agreementId, knownAt, view))
                .param("validOn", validOn)
                .query((row, _) ->
                        new MarkRow(
                                row.getString("term_key"),
                                row.getString("mark"),
                                row.getObject("occurred_on", LocalDate.class),
                                TermRow.readLink(row)))
                .list()
                .stream()
                .collect(
                        Collectors.toMap(
                                row -> markKey(row.mark(), row.key()), Function.identity()));
    }

    /** Empty where the agreement, or any word of that term, is not known at that moment. */
    public Optional<TermAnswer> term(
            AgreementId agreementId, TermKey key, LocalDate validOn, Moment knownAt, View view) {
        List<TermRow> known =
                jdbc.sql("select t.* from term_version t\n" + AS_OF + "  and t.term_key = :key")
                        .params(params(agreementId, knownAt, view))
                        .param("key", key.value())
                        .query((row, _) -> TermRow.read(row))
                        .list();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<TermRow> prevailing =
                known.stream()
                        .filter(row -> !validOn.isBefore(row.validFrom()))
                        .filter(row -> validOn.isBefore(row.validTo()))
                        .findFirst();
        return Optional.of(
                new TermAnswer(
                        agreementId.value(),
                        key.value(),
                        validOn,
                        knownAt.knownAt(),
                        view.slug(),
                        prevailing.map(TermRow::stateSlug).orElse("absent"),
                        prevailing
                                .filter(row -> row.state().equals(TermRow.HELD))
                                .map(row -> term(row, marks(agreementId, validOn, knownAt, view)))
                                .orElse(null)));
    }

    /** Empty where nothing was ever said of that term. */
    public Optional<TermHistoryAnswer> history(AgreementId agreementId, TermKey key, View view) {
        List<Version> versions =
                jdbc.sql(
                                """
                                select t.*, f.recorded_at as known_from_at, u.recorded_at as known_to_at
                                from term_version t
                                join entry f on f.position = t.known_from
                                left join entry u on u.position = t.known_to
                                where t.agreement_id = :agreementId
                                  and t.standing = :standing
                                  and t.term_key = :key
                                order by t.known_from, t.valid_from, t.set_sequence, t.set_place
                                """)
                        .param("agreementId", agreementId.value())
                        .param("standing", view.slug())
                        .param("key", key.value())
                        .query((row, _) -> version(row))
                        .list();
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TermHistoryAnswer(
                                agreementId.value(), key.value(), view.slug(), versions));
    }

    private static Version version(ResultSet result) throws SQLException {
        TermRow row = TermRow.read(result);
        boolean prevails = row.validFrom().isBefore(row.validTo());
        boolean open = row.validTo().equals(Validity.FOREVER);
        return new Version(
                row.action(),
                absentIfEmpty(row.statement()),
                absentIfEmpty(row.quote()),
                value(row),
                absentIfEmpty(row.condition()),
                row.declaredFrom(),
                absentIfEmpty(row.declaredTo()),
                prevails ? row.validFrom() : null,
                prevails && !open ? row.validTo() : null,
                known(result, "known_from"),
                result.getLong("known_to") == TermTable.OPEN ? null : known(result, "known_to"),
                row.setBy());
    }

    private static TermHistoryAnswer.Known known(ResultSet row, String column) throws SQLException {
        return new TermHistoryAnswer.Known(
                row.getLong(column),
                row.getObject(column + "_at", OffsetDateTime.class).toInstant());
    }

    /**
     * All agreements that are known at that moment, by id.
     *
     * @param party the id of an organisation that is party on that day
     * @param text part of the id or title, in any case
     * @param term {@code key:value}: the term is in force on that day, and its statement or value
     *     is that
     */
    public List<AgreementSummary> list(
            LocalDate validOn,
            Moment knownAt,
            View view,
            @Nullable String party,
            @Nullable String text,
            @Nullable String term) {
        Set<String> withTerm = term == null ? Set.of() : withTerm(validOn, knownAt, view, term);
        Map<String, Counts> counts = counts(validOn, knownAt, view);
        List<AgreementSummary> found = new ArrayList<>();
        current(validOn, knownAt, view)
                .forEach((id, agreement) -> {
                    boolean asked =
                            (party == null || isParty(agreement, party))
                                    && (text == null || mentions(id, agreement, text))
                                    && (term == null || withTerm.contains(id));
                    if (asked) {
                        found.add(summary(id, agreement, counts.get(id)));
                    }
                });
        return found;
    }

    private static boolean isParty(AgreementRow agreement, String party) {
        return agreement.parties().stream().anyMatch(p -> p.id().equals(party));
    }

    private static boolean mentions(String id, AgreementRow agreement, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return id.contains(lower) || agreement.title().toLowerCase(Locale.ROOT).contains(lower);
    }

    private record Counts(
            int sequence,
            int termsInForce,
            @Nullable LocalDate unchangedSince,
            EntryLink lastEntry,
            int changes,
            int contradictions) {}

    private static AgreementSummary summary(String id, AgreementRow agreement, Counts counts) {
        return new AgreementSummary(
                id,
                agreement.title(),
                agreement.parties(),
                agreement.status(),
                counts.sequence(),
                counts.termsInForce(),
                counts.unchangedSince(),
                counts.lastEntry(),
                counts.changes(),
                counts.contradictions());
    }

    private Map<String, AgreementRow> current(LocalDate validOn, Moment knownAt, View view) {
        Map<String, AgreementRow> current = new TreeMap<>();
        jdbc.sql(
                        """
                        select agreement_id, valid_from, valid_to, title, parties_json, status
                        from agreement_version
                        where standing = :standing
                          and known_from <= :known and :known < known_to
                          and valid_from <= :validOn and :validOn < valid_to
                        """)
                .param("standing", view.slug())
                .param("known", knownAt.position())
                .param("validOn", validOn)
                .query(row -> {
                    current.put(
                            row.getString("agreement_id"),
                            new AgreementRow(
                                    row.getObject("valid_from", LocalDate.class),
                                    row.getObject("valid_to", LocalDate.class),
                                    row.getString("title"),
                                    Json.list(row.getString("parties_json"), Party.class),
                                    row.getString("status")));
                });
        return current;
    }

    private Map<String, Counts> counts(LocalDate validOn, Moment knownAt, View view) {
        Map<String, Counts> counts = new HashMap<>();
        jdbc.sql(
                        """
                        select e.agreement_id, e.sequence, e.position, e.kind, e.entry_json,
                          (select count(*) from term_version t
                            where t.agreement_id = e.agreement_id and t.standing = :standing
                              and t.known_from <= :known and :known < t.known_to
                              and t.state = 'held'
                              and t.valid_from <= :validOn and :validOn < t.valid_to) as terms_in_force,
                          (select max(turned_on) from term_turn t
                            where t.agreement_id = e.agreement_id and t.standing = :standing
                              and t.known_from <= :known and :known < t.known_to
                              and t.turned_on <= :validOn) as unchanged_since,
                          (select count(*) from entry c
                            where c.agreement_id = e.agreement_id and c.effect = 'changed'
                              and c.position <= :known
                              and (:all or c.standing <> 'reported')
                              and (c.withdrawn_by = 0 or c.withdrawn_by > n.newest)) as changes,
                          (select count(*) from entry_verdict v
                            join entry c on c.position = v.position
                            where v.agreement_id = e.agreement_id and v.verdict = 'contradicted'
                              and c.position <= :known
                              and (:all or c.standing <> 'reported')
                              and c.standing <> ''
                              and (c.withdrawn_by = 0 or c.withdrawn_by > n.newest)) as contradictions
                        from entry e
                        join (select agreement_id, max(sequence) as newest from entry where position <= :known group by agreement_id) n
                          on n.agreement_id = e.agreement_id and n.newest = e.sequence
                        """)
                .param("standing", view.slug())
                .param("known", knownAt.position())
                .param("all", view == View.ALL)
                .param("validOn", validOn)
                .query(row -> {
                    Map<String, Object> entry = Json.object(row.getString("entry_json"));
                    counts.put(
                            row.getString("agreement_id"),
                            new Counts(
                                    row.getInt("sequence"),
                                    row.getInt("terms_in_force"),
                                    row.getObject("unchanged_since", LocalDate.class),
                                    new EntryLink(
                                            row.getInt("sequence"),
                                            row.getLong("position"),
                                            row.getString("kind"),
                                            (String) entry.get("occurredOn"),
                                            (String) entry.get("title")),
                                    row.getInt("changes"),
                                    row.getInt("contradictions")));
                });
        return counts;
    }

    private Set<String> withTerm(LocalDate validOn, Moment knownAt, View view, String term) {
        int colon = term.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "'"
                            + term
                            + "' does not ask for a term; write key:value, like ip.license.exclusivity:false");
        }
        return new TreeSet<>(
                jdbc.sql(
                                """
                                select distinct agreement_id
                                from term_version
                                where term_key = :key
                                  and standing = :standing
                                  and known_from <= :known and :known < known_to
                                  and state = 'held'
                                  and valid_from <= :validOn and :validOn < valid_to
                                  and (lower(statement) = lower(:value) or lower(value_text) = lower(:value))
                                """)
                        .param("key", term.substring(0, colon))
                        .param("value", term.substring(colon + 1).strip())
                        .param("standing", view.slug())
                        .param("known", knownAt.position())
                        .param("validOn", validOn)
                        .query(String.class)
                        .list());
    }
}
