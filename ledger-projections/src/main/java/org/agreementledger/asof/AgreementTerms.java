package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.MarkRow.Slot;
import org.agreementledger.asof.TermColumns.Prevailing;
import org.agreementledger.asof.TermColumns.Range;
import org.agreementledger.asof.TermHistoryAnswer.Version;
import org.agreementledger.asof.TermRow.State;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.axon.Actor;
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

    private final JdbcClient jdbc;
    private final TermIndex index;
    private final Wordings wordings;

    public AgreementTerms(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.index = new TermIndex(jdbc);
        this.wordings = new Wordings(jdbc);
    }

    /** The same without anything read before: what the tables say now. */
    public AgreementTerms readAnew() {
        return new AgreementTerms(jdbc);
    }

    public AgreementTurns turns() {
        return new AgreementTurns(index);
    }

    /** Others were put in the place of the tables: from now on they are read. */
    public void forget() {
        index.forget();
    }

    /**
     * Reads ahead what questions go through, the agreements that were written last first, as far as
     * there is memory for it.
     *
     * @param goOn asked before each agreement
     */
    public void readAhead(View view, Moment knownAt, BooleanSupplier goOn) {
        index.readAhead(view, knownAt.position(), goOn);
    }

    /** What the columns say of a question; the words are to be looked up. */
    private record Found(
            AgreementRow agreement, int sequence, List<Long> held, Map<Slot, MarkRow> marks) {}

    /** Empty where the agreement is not known at that moment. */
    public Optional<TermsAnswer> asOf(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return index.ask(
                        agreementId,
                        view,
                        knownAt.position(),
                        known ->
                                new Found(
                                        known.agreement(validOn),
                                        known.sequence(),
                                        known.held(validOn),
                                        known.lastMarks(validOn)))
                .map(found -> answer(agreementId, found, validOn, knownAt, view));
    }

    private TermsAnswer answer(
            AgreementId agreementId, Found found, LocalDate validOn, Moment knownAt, View view) {
        List<TermWording> held = wordings.terms(found.held());
        return answer(
                agreementId,
                found.agreement(),
                found.sequence(),
                validOn,
                knownAt,
                view,
                held,
                found.marks(),
                links(held, found.marks()));
    }

    /** By the position of the wording: of those that gave the terms or marked them. */
    private Map<Long, EntryLink> links(List<TermWording> held, Map<Slot, MarkRow> marks) {
        Set<Long> positions = new HashSet<>();
        for (TermWording wording : held) {
            positions.add(wording.wordedAt());
            for (Mark mark : Mark.values()) {
                MarkRow last = lastMark(wording, mark, marks);
                if (last != null) {
                    positions.add(last.wordedAt());
                }
            }
        }
        return wordings.entries(positions);
    }

    /**
     * @param held by key
     * @param marks the last of each slot, made on or before {@code validOn}
     * @param links by the position of the wording
     */
    static TermsAnswer answer(
            AgreementId agreementId,
            AgreementRow agreement,
            int sequence,
            LocalDate validOn,
            Moment knownAt,
            View view,
            List<TermWording> held,
            Map<Slot, MarkRow> marks,
            Map<Long, EntryLink> links) {
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
                                held.stream().map(term -> new Content(term.content())).toList())
                        .toString(),
                held.stream().map(wording -> term(wording, marks, links)).toList());
    }

    private static HeldTerm term(
            TermWording wording, Map<Slot, MarkRow> marks, Map<Long, EntryLink> links) {
        return new HeldTerm(
                wording.key(),
                wording.statement(),
                absentIfEmpty(wording.quote()),
                value(wording),
                absentIfEmpty(wording.category()),
                absentIfEmpty(wording.condition()),
                absentIfEmpty(wording.withheld()),
                absentIfEmpty(wording.characterisedAs()),
                absentIfEmpty(wording.source()),
                absentIfEmpty(wording.locator()),
                wording.declaredFrom(),
                absentIfEmpty(wording.declaredTo()),
                wording.action().equals("disclose"),
                links.get(wording.wordedAt()),
                by(lastMark(wording, Mark.AFFIRMED, marks), links),
                by(lastMark(wording, Mark.NOT_ADDRESSED, marks), links),
                by(lastMark(wording, Mark.CONTESTED, marks), links));
    }

    /** A mark made before the version began was about another one. */
    private static @Nullable MarkRow lastMark(
            TermWording wording, Mark mark, Map<Slot, MarkRow> marks) {
        MarkRow last = marks.get(new Slot(wording.key(), mark));
        return last == null || last.occurredOn().isBefore(wording.declaredOn()) ? null : last;
    }

    private static @Nullable EntryLink by(@Nullable MarkRow mark, Map<Long, EntryLink> links) {
        return mark == null ? null : links.get(mark.wordedAt());
    }

    private static @Nullable String absentIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Map<String, Object> value(TermWording wording) {
        return wording.value().isEmpty() ? null : wording.value();
    }

    private record FoundTerm(Optional<Prevailing> prevailing, Map<Slot, MarkRow> marks) {}

    /** Empty where the agreement, or any word of that term, is not known at that moment. */
    public Optional<TermAnswer> term(
            AgreementId agreementId, TermKey key, LocalDate validOn, Moment knownAt, View view) {
        return index.ask(
                        agreementId,
                        view,
                        knownAt.position(),
                        known ->
                                known.knows(key.value())
                                        ? Optional.of(
                                                new FoundTerm(
                                                        known.prevailing(key.value(), validOn),
                                                        known.lastMarks(validOn)))
                                        : Optional.<FoundTerm>empty())
                .flatMap(Function.identity())
                .map(found ->
                        new TermAnswer(
                                agreementId.value(),
                                key.value(),
                                validOn,
                                knownAt.knownAt(),
                                view.slug(),
                                found.prevailing()
                                        .map(Prevailing::state)
                                        .map(AgreementTerms::state)
                                        .orElse("absent"),
                                found.prevailing()
                                        .filter(row -> row.state() == State.HELD)
                                        .map(row -> term(row.wordingId(), found.marks()))
                                        .orElse(null)));
    }

    private static String state(State state) {
        return state == State.HELD ? "in-force" : Slugs.of(state);
    }

    private HeldTerm term(long wordingId, Map<Slot, MarkRow> marks) {
        List<TermWording> wording = wordings.terms(List.of(wordingId));
        return term(wording.getFirst(), marks, links(wording, marks));
    }

    private record FoundVersions(
            List<Range> ranges, NavigableSet<LocalDate> days, List<LocalDate> turns) {}

    /** Empty where the agreement is not known at that moment. */
    public Optional<VersionsAnswer> versions(AgreementId agreementId, Moment knownAt, View view) {
        return index.ask(agreementId, view, knownAt.position(), AgreementTerms::foundVersions)
                .map(this::answer);
    }

    private static FoundVersions foundVersions(TermColumns.Known known) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        List<Range> ranges = known.ranges();
        for (Range range : ranges) {
            days.add(range.from());
            days.add(range.to());
        }
        known.markDays().mapToObj(LocalDate::ofEpochDay).forEach(days::add);
        known.agreementDays().forEach(days::add);
        days.remove(Validity.ALWAYS);
        days.remove(Validity.FOREVER);
        return new FoundVersions(ranges, days, known.turnsUntil(Validity.FOREVER));
    }

    private VersionsAnswer answer(FoundVersions found) {
        Map<Long, TermWording> worded =
                wordings
                        .terms(found.ranges().stream().map(Range::wordingId).distinct().toList())
                        .stream()
                        .collect(Collectors.toMap(TermWording::id, Function.identity()));
        Map<Long, EntryLink> links =
                wordings.entries(
                        worded.values().stream()
                                .map(TermWording::wordedAt)
                                .collect(Collectors.toSet()));
        return new VersionsAnswer(
                found.ranges().stream()
                        .sorted(Comparator.comparing(Range::key).thenComparing(Range::from))
                        .map(range -> version(range, worded.get(range.wordingId()), links))
                        .toList(),
                List.copyOf(found.days()),
                found.turns());
    }

    private static VersionsAnswer.Version version(
            Range range, TermWording wording, Map<Long, EntryLink> links) {
        return new VersionsAnswer.Version(
                range.key(),
                state(range.state()),
                range.from(),
                range.to().equals(Validity.FOREVER) ? null : range.to(),
                wording.action(),
                absentIfEmpty(wording.statement()),
                absentIfEmpty(wording.category()),
                links.get(wording.wordedAt()),
                wording.wordedAt(),
                wording.id());
    }

    /** Empty where nothing was ever said of that term. */
    public Optional<TermHistoryAnswer> history(AgreementId agreementId, TermKey key, View view) {
        List<Version> versions =
                jdbc.sql(
                                """
                                select w.*, t.valid_from, t.valid_to, t.known_from, t.known_to,
                                  l.set_sequence, l.set_position, l.set_kind, l.set_occurred_on,
                                  l.set_title, f.recorded_at as known_from_at,
                                  u.recorded_at as known_to_at, e.sequence, e.position, e.kind,
                                  e.recorded_at, e.recorded_by, e.recorded_by_issuer, e.entry_json
                                from term_version t
                                join term_wording w on w.id = t.wording_id
                                join entry_wording l on l.position = w.worded_at
                                join entry e on e.position = l.position
                                join entry f on f.position = t.known_from
                                left join entry u on u.position = t.known_to
                                where t.agreement_id = :agreementId
                                  and t.standing = :standing
                                  and t.term_key = :key
                                order by t.known_from, t.valid_from, t.id
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

    private static Version version(ResultSet row) throws SQLException {
        TermWording wording = TermWording.read(row);
        EntryLink setBy = EntryWording.readLink(row);
        LocalDate heldFrom = row.getObject("valid_from", LocalDate.class);
        LocalDate heldTo = row.getObject("valid_to", LocalDate.class);
        boolean prevails = heldFrom.isBefore(heldTo);
        boolean open = heldTo.equals(Validity.FOREVER);
        Map<String, Object> entry = Json.object(row.getString("entry_json"));
        return new Version(
                wording.action(),
                absentIfEmpty(wording.statement()),
                absentIfEmpty(wording.quote()),
                value(wording),
                absentIfEmpty(wording.condition()),
                wording.declaredFrom(),
                absentIfEmpty(wording.declaredTo()),
                prevails ? heldFrom : null,
                prevails && !open ? heldTo : null,
                known(row, "known_from"),
                row.getLong("known_to") == TermTable.OPEN ? null : known(row, "known_to"),
                setBy,
                row.getLong("position") == setBy.position()
                        ? null
                        : new EntryLink(
                                row.getInt("sequence"),
                                row.getLong("position"),
                                row.getString("kind"),
                                (String) entry.get("occurredOn"),
                                (String) entry.get("title")),
                new Actor(row.getString("recorded_by"), row.getString("recorded_by_issuer")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                source(entry, wording.source()),
                absentIfEmpty(wording.locator()));
    }

    /** What an entry, or the replacement that it brings, says of the source of that id. */
    private static @Nullable Map<String, Object> source(Map<String, Object> entry, String id) {
        Object said = entry.getOrDefault("replacement", entry);
        return Json.children(said, "sources").stream()
                .filter(source -> id.equals(source.get("id")))
                .findFirst()
                .orElse(null);
    }

    private static TermHistoryAnswer.Known known(ResultSet row, String column) throws SQLException {
        return new TermHistoryAnswer.Known(
                row.getLong(column),
                row.getObject(column + "_at", OffsetDateTime.class).toInstant());
    }

    /**
     * The agreements that are known at that moment, by id.
     *
     * @param party the id of an organisation that is party on that day
     * @param text part of the id or title, in any case
     * @param term {@code key:value}: the term is in force on that day, and its statement or value
     *     is that
     * @param after only those after that id; null for all
     * @param limit at most so many
     */
    public List<AgreementSummary> list(
            LocalDate validOn,
            Moment knownAt,
            View view,
            @Nullable String party,
            @Nullable String text,
            @Nullable String term,
            @Nullable AgreementId after,
            int limit) {
        return new AgreementList(jdbc, index, validOn, knownAt, view)
                .page(party, text, term, after, limit);
    }

    /** One of them; empty where it is not known at that moment. */
    public Optional<AgreementSummary> summary(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        return new AgreementList(jdbc, index, validOn, knownAt, view).one(agreementId);
    }

    /** The agreements that are known at that moment. */
    public List<String> ids(LocalDate validOn, Moment knownAt, View view) {
        return new AgreementList(jdbc, index, validOn, knownAt, view).ids();
    }
}
