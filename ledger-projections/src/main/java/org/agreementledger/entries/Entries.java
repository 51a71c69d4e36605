package org.agreementledger.entries;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.entries.EntryAnswer.EffectAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.log.LogEntry;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.search.EntryIndex;
import org.agreementledger.search.Fragments;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the entries with what was found about them. */
public final class Entries {

    /**
     * @param next the position after which the next page starts; null on the last page
     */
    public record Page(List<EntryAnswer> items, @Nullable Long next) {}

    private static final String SELECT =
            """
            select e.position, e.agreement_id, e.sequence, e.event_id, e.kind, e.recorded_at,
              e.recorded_by, e.recorded_by_issuer, e.occurred_as_given, e.title, e.standing,
              e.effect_json, e.fingerprint_before, e.fingerprint_after, e.verdicts_json,
              e.corrected_by, e.withdrawn_by, e.confirmed_by, e.entry_json, e.salt,
              e.imported_from
            from entry e
            """;

    private static final int READ_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final EntryIndex index;

    public Entries(JdbcClient jdbc, EntryIndex index) {
        this.jdbc = jdbc;
        this.index = index;
    }

    public Optional<EntryAnswer> entry(AgreementId agreementId, int sequence) {
        return jdbc.sql(SELECT + "where e.agreement_id = :agreementId and e.sequence = :sequence")
                .param("agreementId", agreementId.value())
                .param("sequence", sequence)
                .query((row, _) -> answer(row))
                .optional();
    }

    public Optional<EntryAnswer> at(long position) {
        return jdbc.sql(SELECT + "where e.position = :position")
                .param("position", position)
                .query((row, _) -> answer(row))
                .optional();
    }

    /**
     * Many agreements at a glance, by id.
     *
     * @param newestSequences the newest sequence of each agreement that is asked for
     * @param marks so many entries of each, at most
     */
    public Map<String, Glance> glances(Map<String, Integer> newestSequences, int marks) {
        return newestSequences.isEmpty() ? Map.of() : new Glances(jdbc).of(newestSequences, marks);
    }

    /** Those of one agreement with these sequences, in order. */
    public List<EntryAnswer> entries(AgreementId agreementId, Collection<Integer> sequences) {
        List<EntryAnswer> entries = new ArrayList<>();
        List<Integer> ordered = sequences.stream().sorted().distinct().toList();
        for (int from = 0; from < ordered.size(); from += 1_000) {
            List<Integer> some = ordered.subList(from, Math.min(from + 1_000, ordered.size()));
            entries.addAll(
                    jdbc.sql(
                                    SELECT
                                            + """
                                            where e.agreement_id = :agreementId
                                              and e.sequence in (:sequences)
                                            order by e.sequence
                                            """)
                            .param("agreementId", agreementId.value())
                            .param("sequences", some)
                            .query((row, _) -> answer(row))
                            .list());
        }
        return entries;
    }

    /** All of one agreement up to that position, in order. */
    public List<EntryMark> marks(AgreementId agreementId, long through) {
        Map<Long, Integer> reworded = claims(agreementId, Verdict.Finding.REWORDED);
        Map<Long, Integer> contradicted = claims(agreementId, Verdict.Finding.CONTRADICTED);
        return jdbc.sql(
                        """
                        select position, sequence, kind, recorded_at, occurred_on, title, standing,
                          effect, corrected_by, withdrawn_by, confirmed_by,
                          case when entry_json like '%"disclosedOn"%' then entry_json
                            else '' end as dated
                        from entry
                        where agreement_id = :agreementId
                          and position <= :through
                        order by agreement_id, sequence
                        """)
                .param("agreementId", agreementId.value())
                .param("through", through)
                .query((row, _) -> EntryMark.read(row, reworded, contradicted))
                .list();
    }

    /** How many claims were found so, by the position of the entry that makes them. */
    private Map<Long, Integer> claims(AgreementId agreementId, Verdict.Finding finding) {
        Map<Long, Integer> claims = new HashMap<>();
        jdbc.sql(
                        """
                        select position
                        from entry_verdict
                        where agreement_id = :agreementId
                          and verdict = :verdict
                        """)
                .param("agreementId", agreementId.value())
                .param("verdict", Slugs.of(finding))
                .query(Long.class)
                .list()
                .forEach(position -> claims.merge(position, 1, Integer::sum));
        return claims;
    }

    /**
     * Those after {@code after} (-1 for the first page) in ascending position, at most {@code
     * limit}.
     */
    public Page page(EntryFilter filter, long after, int limit) {
        List<EntryAnswer> found = found(filter, after, limit + 1);
        if (found.size() <= limit) {
            return new Page(found, null);
        }
        List<EntryAnswer> items = List.copyOf(found.subList(0, limit));
        return new Page(items, items.getLast().position());
    }

    /** The newest that fit, the newest first, at most {@code limit}. */
    public List<EntryAnswer> newest(EntryFilter filter, int limit) {
        List<EntryAnswer> found =
                at(index.newest(filter.criteria(), limit), (row, _) -> answer(row));
        return withMatches(filter, found).reversed();
    }

    /**
     * Those after {@code after} up to and including {@code last}, in ascending position, however
     * many. They are read some at a time while they are taken, so that neither memory nor a
     * connection is held for a slow reader, and nothing is read for one who stops.
     */
    public Iterable<EntryAnswer> all(EntryFilter filter, long after, long last) {
        return () ->
                new PageByPage<>(
                        position -> found(filter, position, READ_AT_ONCE),
                        READ_AT_ONCE,
                        entry -> Objects.requireNonNull(entry.position()),
                        after,
                        last);
    }

    /**
     * The same as JSON, several times faster.
     *
     * @param filter one without words: there are no fragments in the lines
     */
    public Iterable<EntryLine> lines(EntryFilter filter, long after, long last) {
        return () ->
                new PageByPage<>(
                        position ->
                                rows(filter, position, READ_AT_ONCE, (row, _) -> EntryLine.of(row)),
                        READ_AT_ONCE,
                        EntryLine::position,
                        after,
                        last);
    }

    /** The positions of those after {@code after}, ascending, at most {@code limit}. */
    public List<Long> positions(EntryFilter filter, long after, int limit) {
        if (!isOfAgreement(filter)) {
            return index.positions(filter.criteria(), after, limit);
        }
        return jdbc.sql(
                        """
                        select position
                        from entry
                        where agreement_id = :agreement
                          and position > :after
                        order by agreement_id, position
                        fetch first :limit rows only
                        """)
                .param("agreement", filter.agreement())
                .param("after", after)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    private static boolean isOfAgreement(EntryFilter filter) {
        return filter.agreement() != null
                && filter.equals(EntryFilter.ofAgreement(filter.agreement()));
    }

    private List<EntryAnswer> found(EntryFilter filter, long after, int atMost) {
        return withMatches(filter, rows(filter, after, atMost, (row, _) -> answer(row)));
    }

    private static List<EntryAnswer> withMatches(EntryFilter filter, List<EntryAnswer> found) {
        if (filter.words() == null) {
            return found;
        }
        Fragments fragments = new Fragments(filter.words());
        return found.stream()
                .map(entry -> entry.withMatches(fragments.of(EntryTexts.of(entry.entry()))))
                .toList();
    }

    private <T> List<T> rows(EntryFilter filter, long after, int atMost, RowMapper<T> row) {
        if (filter.equals(EntryFilter.ANY)) {
            return next("", Map.of(), after, atMost, row);
        }
        if (isOfAgreement(filter)) {
            return next(
                    "and e.agreement_id = :agreement",
                    Map.of("agreement", filter.agreement()),
                    after,
                    atMost,
                    row);
        }
        return at(index.positions(filter.criteria(), after, atMost), row);
    }

    private <T> List<T> next(
            String condition,
            Map<String, Object> params,
            long after,
            int atMost,
            RowMapper<T> row) {
        return jdbc.sql(
                        SELECT
                                + "where e.position > :after "
                                + condition
                                + "\norder by e.position\nfetch first :atMost rows only")
                .params(params)
                .param("after", after)
                .param("atMost", atMost)
                .query(row)
                .list();
    }

    private <T> List<T> at(List<Long> positions, RowMapper<T> row) {
        return positions.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "where e.position in (:positions) order by e.position")
                        .param("positions", positions)
                        .query(row)
                        .list();
    }

    private static EntryAnswer answer(ResultSet row) throws SQLException {
        String standing = row.getString("standing");
        return new EntryAnswer(
                row.getString("agreement_id"),
                row.getInt("sequence"),
                row.getLong("position"),
                row.getString("event_id"),
                row.getString("kind"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                new Actor(row.getString("recorded_by"), row.getString("recorded_by_issuer")),
                ImportedFrom.read(row.getString("imported_from")),
                row.getString("occurred_as_given"),
                row.getString("title"),
                standing.isEmpty() ? null : standing,
                Json.value(row.getString("effect_json"), EffectAnswer.class),
                row.getString("fingerprint_before"),
                row.getString("fingerprint_after"),
                Json.list(row.getString("verdicts_json"), VerdictAnswer.class),
                link(row.getInt("corrected_by")),
                link(row.getInt("withdrawn_by")),
                link(row.getInt("confirmed_by")),
                Json.unread(row.getString("entry_json")),
                row.getString("salt"),
                null);
    }

    private static @Nullable Integer link(int sequence) {
        return sequence == 0 ? null : sequence;
    }

    /** What a write would answer, without what only storing gives. */
    public static EntryAnswer tried(Entry entry, Findings findings) {
        return answer(null, entry, findings);
    }

    /** What a write answers: an entry with what was found about it when it was recorded. */
    public static EntryAnswer recorded(LogEntry log, Entry entry, Findings findings) {
        return answer(log, entry, findings);
    }

    private static EntryAnswer answer(@Nullable LogEntry log, Entry entry, Findings findings) {
        String standing = EntryTable.standing(entry);
        return new EntryAnswer(
                entry.header().agreementId().value(),
                log == null ? null : log.sequence(),
                log == null ? null : log.position(),
                log == null ? null : log.eventId(),
                entry.kind().slug(),
                log == null ? null : log.recordedAt(),
                log == null ? null : log.recordedBy(),
                log == null ? null : log.importedFrom(),
                entry.header().occurredOn().toString(),
                entry.header().title(),
                standing.isEmpty() ? null : standing,
                Answers.effect(findings.effect()),
                findings.before().toString(),
                findings.after().toString(),
                Answers.verdicts(findings),
                null,
                null,
                null,
                EntryJson.write(entry),
                log == null ? null : log.salt(),
                null);
    }
}
