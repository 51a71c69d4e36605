package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.PartyTimeline;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.readmodels.Batch;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermKey;
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

    private final NamedParameterJdbcTemplate jdbc;
    private final Held versions =
            new Held(
                    """
                    insert into term_version (agreement_id, standing, term_key, valid_from, valid_to,
                      known_from, known_to, state, action, statement, quote, value_json, value_text,
                      category, condition_text, withheld, characterised_as, source_id, locator,
                      declared_on, declared_from, declared_to, content, set_sequence, set_place,
                      set_position, set_kind, set_occurred_on, set_title)
                    values (:agreementId, :standing, :key, :validFrom, :validTo,
                      :position, :open, :state, :action, :statement, :quote, :value, :valueText,
                      :category, :condition, :withheld, :characterisedAs, :source, :locator,
                      :declaredOn, :declaredFrom, :declaredTo, :content, :setSequence, :place,
                      :setPosition, :setKind, :setOccurredOn, :setTitle)
                    """,
                    """
                    update term_version
                    set known_to = :position
                    where agreement_id = :agreementId
                      and standing = :standing
                      and term_key = :key
                      and valid_from = :validFrom
                      and set_sequence = :setSequence
                      and set_place = :place
                      and known_to = :open
                      and known_from < :position
                    """);
    private final Held marks =
            new Held(
                    """
                    insert into term_mark (agreement_id, standing, term_key, mark, occurred_on,
                      known_from, known_to, set_sequence, set_position, set_kind, set_occurred_on,
                      set_title)
                    values (:agreementId, :standing, :key, :mark, :occurredOn,
                      :position, :open, :setSequence, :setPosition, :setKind, :setOccurredOn,
                      :setTitle)
                    """,
                    """
                    update term_mark
                    set known_to = :position
                    where agreement_id = :agreementId
                      and standing = :standing
                      and term_key = :key
                      and mark = :mark
                      and set_sequence = :setSequence
                      and known_to = :open
                      and known_from < :position
                    """);
    private final Held agreements =
            new Held(
                    """
                    insert into agreement_version (agreement_id, standing, valid_from, valid_to,
                      known_from, known_to, title, parties_json, status)
                    values (:agreementId, :standing, :validFrom, :validTo,
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
                    insert into term_turn (agreement_id, standing, term_key, turned_on, known_from,
                      known_to)
                    values (:agreementId, :standing, :key, :turnedOn, :position, :open)
                    """,
                    """
                    update term_turn
                    set known_to = :position
                    where agreement_id = :agreementId
                      and standing = :standing
                      and term_key = :key
                      and turned_on = :turnedOn
                      and known_to = :open
                      and known_from < :position
                    """);

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

        void clear() {
            starts.clear();
            ends.clear();
        }
    }

    @Override
    public void apply(Step step) {
        for (View view : View.values()) {
            applyTerms(step, view);
            applyMarks(step, view);
            applyAgreement(step, view);
            applyTurns(step, view);
        }
    }

    private void applyTerms(Step step, View view) {
        for (TermKey key : moved(step, view)) {
            List<TermRow> before = TermRow.of(step.before(), view, key);
            List<TermRow> after = TermRow.of(step.after(), view, key);
            minus(before, after).forEach(row -> versions.ends().add(params(step, view, row)));
            minus(after, before).forEach(row -> versions.starts().add(params(step, view, row)));
        }
    }

    /** The keys whose timeline is another one than before. */
    private static Set<TermKey> moved(Step step, View view) {
        Terms before = step.before().history().fold(view).terms();
        Terms after = step.after().history().fold(view).terms();
        if (before == after) {
            return Set.of();
        }
        Set<TermKey> keys = new HashSet<>(before.keys());
        keys.addAll(after.keys());
        keys.removeIf(key -> before.timeline(key) == after.timeline(key));
        return keys;
    }

    private void applyMarks(Step step, View view) {
        int sequence =
                switch (step.event().entry()) {
                    case Original _ -> step.log().sequence();
                    case Revision revision ->
                            step.before().history().find(revision.target()).orElseThrow();
                };
        List<MarkRow> before = MarkRow.of(step.before(), view, sequence);
        List<MarkRow> after = MarkRow.of(step.after(), view, sequence);
        minus(before, after).forEach(row -> marks.ends().add(params(step, view, row)));
        minus(after, before).forEach(row -> marks.starts().add(params(step, view, row)));
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
        minus(after, before).forEach(row -> agreements.starts().add(params(step, view, row)));
    }

    private void applyTurns(Step step, View view) {
        Terms before = step.before().history().fold(view).terms();
        Terms after = step.after().history().fold(view).terms();
        for (TermKey key : moved(step, view)) {
            turn(step, view, key.value(), turns(before, key), turns(after, key));
        }
        PartyTimeline was = step.before().history().fold(view).parties();
        PartyTimeline is = step.after().history().fold(view).parties();
        if (was != is) {
            turn(step, view, PARTIES, List.copyOf(was.turns()), List.copyOf(is.turns()));
        }
    }

    private static List<LocalDate> turns(Terms terms, TermKey key) {
        return TermConstancy.alterations(terms.timeline(key), Validity.ALWAYS, Validity.FOREVER);
    }

    private void turn(
            Step step, View view, String key, List<LocalDate> before, List<LocalDate> after) {
        minus(before, after).forEach(day -> turns.ends().add(params(step, view, key, day)));
        minus(after, before).forEach(day -> turns.starts().add(params(step, view, key, day)));
    }

    private static SqlParameterSource params(Step step, View view, String key, LocalDate day) {
        return base(step, view).addValue("key", key).addValue("turnedOn", day);
    }

    private static <T> Set<T> minus(List<T> rows, List<T> others) {
        Set<T> left = new HashSet<>(rows);
        others.forEach(left::remove);
        return left;
    }

    private static MapSqlParameterSource base(AgreementId agreementId) {
        return new MapSqlParameterSource("agreementId", agreementId.value());
    }

    private static MapSqlParameterSource base(Step step, View view) {
        return base(step.log().agreementId())
                .addValue("standing", view.slug())
                .addValue("position", step.log().position())
                .addValue("open", OPEN);
    }

    private static SqlParameterSource params(Step step, View view, TermRow row) {
        return link(base(step, view), row.setBy())
                .addValue("key", row.key())
                .addValue("validFrom", row.validFrom())
                .addValue("validTo", row.validTo())
                .addValue("state", row.state())
                .addValue("action", row.action())
                .addValue("statement", row.statement())
                .addValue("quote", row.quote())
                .addValue("value", row.value())
                .addValue("valueText", row.valueText())
                .addValue("category", row.category())
                .addValue("condition", row.condition())
                .addValue("withheld", row.withheld())
                .addValue("characterisedAs", row.characterisedAs())
                .addValue("source", row.source())
                .addValue("locator", row.locator())
                .addValue("declaredOn", row.declaredOn())
                .addValue("declaredFrom", row.declaredFrom())
                .addValue("declaredTo", row.declaredTo())
                .addValue("content", row.content())
                .addValue("place", row.place());
    }

    private static SqlParameterSource params(Step step, View view, MarkRow row) {
        return link(base(step, view), row.setBy())
                .addValue("key", row.key())
                .addValue("mark", row.mark())
                .addValue("occurredOn", row.occurredOn());
    }

    private static SqlParameterSource params(Step step, View view, AgreementRow row) {
        return base(step, view)
                .addValue("validFrom", row.validFrom())
                .addValue("validTo", row.validTo())
                .addValue("title", row.title())
                .addValue("parties", Json.text(row.parties()))
                .addValue("status", row.status());
    }

    private static MapSqlParameterSource link(MapSqlParameterSource params, EntryLink setBy) {
        return params.addValue("setSequence", setBy.sequence())
                .addValue("setPosition", setBy.position())
                .addValue("setKind", setBy.kind())
                .addValue("setOccurredOn", setBy.occurredOn())
                .addValue("setTitle", setBy.title());
    }

    @Override
    public void flush() {
        for (Held held : List.of(versions, marks, agreements, turns)) {
            Batch.write(jdbc, held.startSql(), held.starts());
            Batch.write(jdbc, held.endSql(), held.ends());
        }
    }

    @Override
    public void discard() {
        List.of(versions, marks, agreements, turns).forEach(Held::clear);
    }

    @Override
    public void clear() {
        for (String table :
                List.of("term_version", "term_mark", "agreement_version", "term_turn")) {
            jdbc.getJdbcOperations().execute("delete from " + table);
        }
    }
}
