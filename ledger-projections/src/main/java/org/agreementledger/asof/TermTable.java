package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Fold;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.PartyTimeline;
import org.agreementledger.agreement.View;
import org.agreementledger.readmodels.Batch;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.ModelTable;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.readmodels.Tally;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermTimeline;
import org.agreementledger.terms.TermTimeline.Difference;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Validity;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/**
 * Writes terms, marks, parties and status on both axes. An event ends the rows that are no longer
 * known so, and starts those that are; nothing else is ever rewritten, so an answer for an earlier
 * position stays.
 */
public final class TermTable implements ReadModel {

    /** Stored instead of null: still known so. */
    static final long OPEN = Long.MAX_VALUE;

    /** The key under which turns of the parties are kept. */
    private static final String PARTIES = "";

    private static final List<ModelTable> TABLES =
            List.of(
                    ModelTable.ofPositions("entry_wording", "position", List.of("position")),
                    numbered("term_wording"),
                    ModelTable.ofPositions(
                                    "term_said",
                                    "wording_id",
                                    List.of("term_key", "said_hash", "wording_id"))
                            .numbered(RowId.PER_POSITION),
                    numbered("term_version").namingAgreement().ending("known_to"),
                    numbered("term_mark").namingAgreement().ending("known_to"),
                    numbered("term_turn").namingAgreement().ending("known_to"),
                    numbered("agreement_version").ending("known_to"),
                    ModelTable.ofPositions(
                                    "agreement_tally",
                                    "known_from",
                                    List.of("agreement_id", "standing", "known_from"))
                            .namingAgreement());

    private static ModelTable numbered(String table) {
        return ModelTable.ofPositions(table, "id", List.of("id")).numbered(RowId.PER_POSITION);
    }

    private final NamedParameterJdbcTemplate jdbc;

    /*
     * A row is ended by the one index that leads to it. What others begin with is compared as an
     * expression: a database that has no statistics yet, or keeps none, takes them instead, and
     * reads all the rows of a day, or of an agreement.
     */

    private final Held entryWordings =
            new Held(
                    """
                    insert into entry_wording (position, set_sequence, set_position, set_kind,
                      set_occurred_on, set_title)
                    values (:position, :setSequence, :setPosition, :setKind, :setOccurredOn,
                      :setTitle)
                    """);
    private final Held termWordings =
            new Held(
                    """
                    insert into term_wording (id, worded_at, term_key, action, statement, quote, value_json,
                      category, condition_text, withheld, characterised_as, source_id, locator,
                      declared_on, declared_from, declared_to, content)
                    values (:id, :wordedAt, :key, :action, :statement, :quote, :value,
                      :category, :condition, :withheld, :characterisedAs, :source, :locator,
                      :declaredOn, :declaredFrom, :declaredTo, :content)
                    """);
    private final Held said =
            new Held(
                    """
                    insert into term_said (term_key, said_hash, wording_id, said)
                    values (:key, :hash, :wordingId, :said)
                    """);
    private final Held tallies =
            new Held(
                    """
                    insert into agreement_tally (agreement_id, standing, known_from, changes,
                      contradictions)
                    values (:agreementId, :standing, :position, :changes, :contradictions)
                    """);
    private final Held versions =
            new Held(
                    """
                    insert into term_version (id, agreement_id, standing, term_key, valid_from,
                      valid_to, known_from, known_to, state, wording_id)
                    values (:id, :agreementId, :standing, :key, :validFrom,
                      :validTo, :position, :open, :state, :wordingId)
                    """,
                    """
                    update term_version
                    set known_to = :position
                    where wording_id = :wordingId
                      and standing || '' = :standing
                      and term_key = :key
                      and valid_from = :validFrom
                      and known_to = :open
                      and known_from < :position
                    """);
    private final Held marks =
            new Held(
                    """
                    insert into term_mark (id, agreement_id, standing, term_key, mark, occurred_on,
                      known_from, known_to, set_sequence, entry_wording)
                    values (:id, :agreementId, :standing, :key, :mark, :occurredOn,
                      :position, :open, :setSequence, :entryWording)
                    """,
                    """
                    update term_mark
                    set known_to = :position
                    where entry_wording = :entryWording
                      and standing = :standing
                      and term_key = :key
                      and mark = :mark
                      and known_to = :open
                      and known_from < :position
                    """);
    private final Held agreements =
            new Held(
                    """
                    insert into agreement_version (id, agreement_id, standing, valid_from, valid_to,
                      known_from, known_to, title, parties_json, status)
                    values (:id, :agreementId, :standing, :validFrom, :validTo,
                      :position, :open, :title, :parties, :status)
                    """,
                    """
                    update agreement_version
                    set known_to = :position
                    where agreement_id = :agreementId
                      and standing = :standing
                      and valid_from = :validFrom
                      and known_to = :open
                      and known_from < :position
                    """);
    private final Held turns =
            new Held(
                    """
                    insert into term_turn (id, agreement_id, standing, term_key, turned_on,
                      known_from, known_to)
                    values (:id, :agreementId, :standing, :key, :turnedOn, :position, :open)
                    """,
                    """
                    update term_turn
                    set known_to = :position
                    where agreement_id = :agreementId
                      and standing = :standing
                      and term_key = :key
                      and turned_on = :turnedOn
                      and known_to = :open
                      and known_from - :position < 0
                    """);
    private final List<Held> held =
            List.of(entryWordings, termWordings, said, tallies, versions, marks, agreements, turns);

    /** Among the rows that the present step starts. */
    private int place;

    public TermTable(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Rows held back: within one transaction, all starts are written before all ends. */
    private record Held(
            String startSql,
            String endSql,
            List<SqlParameterSource> starts,
            List<SqlParameterSource> ends) {

        Held(String startSql, String endSql) {
            this(startSql, endSql, new ArrayList<>(), new ArrayList<>());
        }

        /** Of rows that never end. */
        Held(String startSql) {
            this(startSql, "");
        }

        void clear() {
            starts.clear();
            ends.clear();
        }
    }

    @Override
    public void apply(Step step) {
        place = 0;
        int sequence = about(step);
        step.after()
                .history()
                .known(sequence)
                .filter(_ ->
                        !(step.event().entry() instanceof Revision revision)
                                || revision instanceof Entry.Correction)
                .ifPresent(known -> applyWordings(step, known));
        for (View view : View.values()) {
            List<Moved> moved = moved(step, view);
            applyTerms(step, view, moved);
            applyMarks(step, view, sequence);
            applyAgreement(step, view);
            applyTurns(step, view, moved);
            applyTally(step, view);
        }
    }

    /** The sequence of the original that the step is about. */
    private static int about(Step step) {
        return switch (step.event().entry()) {
            case Original _ -> step.log().sequence();
            case Revision revision -> step.before().history().find(revision.target()).orElseThrow();
        };
    }

    private void applyWordings(Step step, Known known) {
        long position = step.log().position();
        var link = EntryWording.of(step.after(), known.sequence()).link();
        entryWordings
                .starts()
                .add(
                        new MapSqlParameterSource("position", position)
                                .addValue("setSequence", link.sequence())
                                .addValue("setPosition", link.position())
                                .addValue("setKind", link.kind())
                                .addValue("setOccurredOn", link.occurredOn())
                                .addValue("setTitle", link.title()));
        for (TermWording wording : TermWording.of(step.after(), known)) {
            if (wording.wordedAt() == position) {
                termWordings.starts().add(params(wording));
            }
        }
        for (PlacedAction action : Fold.placed(known.sequence(), known.entry())) {
            long wordingId = TermWording.id(step.after(), action);
            if (RowId.position(wordingId) == position) {
                action.provision()
                        .ifPresent(provision -> applySaid(action.key(), wordingId, provision));
            }
        }
    }

    private void applySaid(TermKey key, long wordingId, Provision provision) {
        Set<String> words = new TreeSet<>();
        words.add(lower(provision.statement()));
        if (provision.value() != null) {
            words.add(lower(TermWording.plain(provision.value())));
        }
        for (String word : words) {
            said.starts()
                    .add(
                            new MapSqlParameterSource("key", key.value())
                                    .addValue("hash", word.hashCode())
                                    .addValue("wordingId", wordingId)
                                    .addValue("said", word));
        }
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A term of which the step may have altered something on some days. */
    private record Moved(
            TermKey key, TermTimeline before, TermTimeline after, Difference difference) {

        static Stream<Moved> of(TermKey key, TermTimeline before, TermTimeline after) {
            return before == after
                    ? Stream.empty()
                    : after.differenceFrom(before).stream()
                            .map(difference -> new Moved(key, before, after, difference));
        }

        List<LocalDate> turns(TermTimeline timeline) {
            Validity days = difference.days();
            return TermConstancy.alterations(timeline, days.from().minusDays(1), days.to());
        }
    }

    private static List<Moved> moved(Step step, View view) {
        Terms before = step.before().history().fold(view).terms();
        Terms after = step.after().history().fold(view).terms();
        if (before == after) {
            return List.of();
        }
        Set<TermKey> keys = new TreeSet<>(before.keys());
        keys.addAll(after.keys());
        return keys.stream()
                .flatMap(key -> Moved.of(key, before.saidOf(key), after.saidOf(key)))
                .toList();
    }

    private void applyTerms(Step step, View view, List<Moved> all) {
        for (Moved moved : all) {
            List<TermRow> before =
                    TermRow.of(step.before(), moved.key(), moved.difference().before());
            List<TermRow> after = TermRow.of(step.after(), moved.key(), moved.difference().after());
            minus(before, after).forEach(row -> versions.ends().add(params(step, view, row)));
            minus(after, before)
                    .forEach(row -> versions.starts().add(started(step, params(step, view, row))));
        }
    }

    private void applyMarks(Step step, View view, int sequence) {
        List<MarkRow> before = MarkRow.of(step.before(), view, sequence);
        List<MarkRow> after = MarkRow.of(step.after(), view, sequence);
        minus(before, after).forEach(row -> marks.ends().add(params(step, view, row)));
        minus(after, before)
                .forEach(row -> marks.starts().add(started(step, params(step, view, row))));
    }

    private void applyAgreement(Step step, View view) {
        History was = step.before().history();
        History is = step.after().history();
        if (was.size() > 0
                && was.title().equals(is.title())
                && was.fold(view).parties() == is.fold(view).parties()
                && was.fold(view).terms().closings() == is.fold(view).terms().closings()
                && was.opening().equals(is.opening())) {
            return;
        }
        List<AgreementRow> before = AgreementRow.of(was, view);
        List<AgreementRow> after = AgreementRow.of(is, view);
        minus(before, after).forEach(row -> agreements.ends().add(params(step, view, row)));
        minus(after, before)
                .forEach(row -> agreements.starts().add(started(step, params(step, view, row))));
    }

    private void applyTurns(Step step, View view, List<Moved> all) {
        for (Moved moved : all) {
            turn(
                    step,
                    view,
                    moved.key().value(),
                    moved.turns(moved.before()),
                    moved.turns(moved.after()));
        }
        PartyTimeline was = step.before().history().fold(view).parties();
        PartyTimeline is = step.after().history().fold(view).parties();
        if (was != is) {
            turn(step, view, PARTIES, List.copyOf(was.turns()), List.copyOf(is.turns()));
        }
    }

    private void turn(
            Step step, View view, String key, List<LocalDate> before, List<LocalDate> after) {
        minus(before, after).forEach(day -> turns.ends().add(params(step, view, key, day)));
        minus(after, before)
                .forEach(day -> turns.starts().add(started(step, params(step, view, key, day))));
    }

    private void applyTally(Step step, View view) {
        Tally tally = step.after().tally(view);
        if (!tally.equals(step.before().tally(view))) {
            tallies.starts()
                    .add(
                            base(step, view)
                                    .addValue("changes", tally.changes())
                                    .addValue("contradictions", tally.contradictions()));
        }
    }

    /** In the order of {@code rows}: the numbers of what is started depend on it. */
    private static <T> Set<T> minus(List<T> rows, List<T> others) {
        Set<T> left = new LinkedHashSet<>(rows);
        others.forEach(left::remove);
        return left;
    }

    private MapSqlParameterSource started(Step step, MapSqlParameterSource params) {
        return params.addValue("id", RowId.of(step.log().position(), place++));
    }

    private static MapSqlParameterSource base(Step step, View view) {
        return new MapSqlParameterSource("agreementId", step.log().agreementId().value())
                .addValue("standing", view.slug())
                .addValue("position", step.log().position())
                .addValue("open", OPEN);
    }

    private static MapSqlParameterSource params(Step step, View view, TermRow row) {
        return base(step, view)
                .addValue("key", row.key())
                .addValue("validFrom", row.validFrom())
                .addValue("validTo", row.validTo())
                .addValue("state", Slugs.of(row.state()))
                .addValue("wordingId", row.wordingId());
    }

    private static SqlParameterSource params(TermWording wording) {
        return new MapSqlParameterSource("id", wording.id())
                .addValue("wordedAt", wording.wordedAt())
                .addValue("key", wording.key())
                .addValue("action", wording.action())
                .addValue("statement", wording.statement())
                .addValue("quote", wording.quote())
                .addValue("value", wording.value().isEmpty() ? "" : Json.text(wording.value()))
                .addValue("category", wording.category())
                .addValue("condition", wording.condition())
                .addValue("withheld", wording.withheld())
                .addValue("characterisedAs", wording.characterisedAs())
                .addValue("source", wording.source())
                .addValue("locator", wording.locator())
                .addValue("declaredOn", wording.declaredOn())
                .addValue("declaredFrom", wording.declaredFrom())
                .addValue("declaredTo", wording.declaredTo())
                .addValue("content", wording.content());
    }

    private static MapSqlParameterSource params(Step step, View view, MarkRow row) {
        return base(step, view)
                .addValue("key", row.slot().key())
                .addValue("mark", Slugs.of(row.slot().mark()))
                .addValue("occurredOn", row.occurredOn())
                .addValue("setSequence", row.sequence())
                .addValue("entryWording", row.wordedAt());
    }

    private static MapSqlParameterSource params(Step step, View view, AgreementRow row) {
        return base(step, view)
                .addValue("validFrom", row.validFrom())
                .addValue("validTo", row.validTo())
                .addValue("title", row.title())
                .addValue("parties", Json.text(row.parties()))
                .addValue("status", row.status());
    }

    private static MapSqlParameterSource params(Step step, View view, String key, LocalDate day) {
        return base(step, view).addValue("key", key).addValue("turnedOn", day);
    }

    @Override
    public void flush() {
        for (Held each : held) {
            Batch.write(jdbc, each.startSql(), each.starts());
            Batch.write(jdbc, each.endSql(), each.ends());
        }
    }

    @Override
    public void discard() {
        held.forEach(Held::clear);
    }

    @Override
    public void clear() {
        for (ModelTable table : TABLES) {
            jdbc.getJdbcOperations().execute("delete from " + table.name());
        }
    }

    @Override
    public List<ModelTable> tables() {
        return TABLES;
    }
}
