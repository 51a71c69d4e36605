package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.json.EntryJson;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.TermTimeline;
import org.agreementledger.terms.TermValue;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Day;
import org.agreementledger.time.Timeline.Segment;
import org.jspecify.annotations.Nullable;

/**
 * What prevails on one term in a range of days: a row of {@code term_version} without its range of
 * record time. Texts that are absent are empty.
 *
 * @param state {@code held}, {@code retired}, {@code closed}; {@code overridden} for a version that
 *     prevails on no day, whose range is empty
 * @param declaredOn the first day on which the action is valid
 * @param declaredFrom the same, as given
 */
record TermRow(
        String key,
        LocalDate validFrom,
        LocalDate validTo,
        String state,
        String action,
        String statement,
        String quote,
        String value,
        String valueText,
        String category,
        String condition,
        String withheld,
        String characterisedAs,
        String source,
        String locator,
        LocalDate declaredOn,
        String declaredFrom,
        String declaredTo,
        String content,
        int place,
        EntryLink setBy) {

    static final String HELD = "held";

    /**
     * The rows of one term, by day, the overridden versions last. None for a key of which nothing
     * is said: a closing recorded earlier would else count as a row that was there before.
     */
    static List<TermRow> of(AgreementFold fold, View view, TermKey key) {
        Terms terms = fold.history().fold(view).terms();
        if (!terms.keys().contains(key)) {
            return List.of();
        }
        TermTimeline timeline = terms.timeline(key);
        List<TermRow> rows = new ArrayList<>();
        Set<PlacedAction> prevailing = new HashSet<>();
        for (Segment<TermState> segment : timeline.segments()) {
            switch (segment.value()) {
                case TermState.Held(PlacedAction by) -> {
                    rows.add(of(fold, by, segment.from(), segment.to(), HELD));
                    prevailing.add(by);
                }
                case TermState.Retired(PlacedAction by) -> {
                    rows.add(of(fold, by, segment.from(), segment.to(), "retired"));
                    prevailing.add(by);
                }
                case TermState.Closed(var by) ->
                        rows.add(closed(fold, key, by.sequence(), segment.from(), segment.to()));
                case TermState.Absent _ -> {}
            }
        }
        for (PlacedAction action : timeline.actions()) {
            if (!prevailing.contains(action)) {
                LocalDate from = action.validity().from();
                rows.add(of(fold, action, from, from, "overridden"));
            }
        }
        return rows;
    }

    /** The version alone, wherever it may prevail. */
    static TermRow held(AgreementFold fold, PlacedAction by) {
        return of(fold, by, by.validity().from(), by.validity().to(), HELD);
    }

    private static TermRow of(
            AgreementFold fold, PlacedAction by, LocalDate from, LocalDate to, String state) {
        TermAction.Placeable action = by.action();
        Provision provision = by.provision().orElse(null);
        TermAction.Remark remark =
                action instanceof TermAction.Retire retire
                        ? retire.remark()
                        : TermAction.Remark.NONE;
        boolean provides = provision != null;
        TermValue value = provides ? provision.value() : null;
        return new TermRow(
                by.key().value(),
                from,
                to,
                state,
                verb(action),
                text(provides ? provision.statement() : remark.statement()),
                text(provides ? provision.quote() : remark.quote()),
                value == null ? "" : Json.text(EntryJson.write(value)),
                value == null ? "" : plain(value),
                text(provides ? provision.category() : null),
                text(provides ? provision.condition() : null),
                provides && provision.withheld() != null ? Slugs.of(provision.withheld()) : "",
                text(provides ? provision.characterisedAs() : remark.characterisedAs()),
                text(provides ? provision.source() : remark.source()),
                text(provides ? provision.locator() : remark.locator()),
                by.validity().from(),
                Objects.requireNonNullElseGet(
                                action.validFrom(),
                                () -> header(fold, by.sequence()).takesEffectOn())
                        .toString(),
                action.validTo() == null ? "" : action.validTo().toString(),
                by.content() == null ? "" : by.content().canonical(),
                by.place(),
                link(fold, by.sequence()));
    }

    private static TermRow closed(
            AgreementFold fold, TermKey key, int sequence, LocalDate from, LocalDate to) {
        Day day = header(fold, sequence).takesEffectOn();
        return new TermRow(
                key.value(),
                from,
                to,
                "closed",
                "close",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                day.date(),
                day.toString(),
                "",
                "",
                -1,
                link(fold, sequence));
    }

    private static String verb(TermAction.Placeable action) {
        return switch (action) {
            case TermAction.Introduce _ -> "introduce";
            case TermAction.Change _ -> "change";
            case TermAction.Disclose _ -> "disclose";
            case TermAction.Retire _ -> "retire";
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What {@code term=key:value} is compared with. */
    private static String plain(TermValue value) {
        return switch (value) {
            case TermValue.Text v -> v.text();
            case TermValue.Flag v -> Boolean.toString(v.flag());
            case TermValue.Money v -> v.amount().canonical() + " " + v.currency();
            case TermValue.Percentage v -> v.percentage().canonical();
            case TermValue.Quantity v -> v.quantity().canonical() + " " + v.unit();
            case TermValue.OnDay v -> v.day().date().toString();
            case TermValue.Party v -> v.party();
        };
    }

    private static Header header(AgreementFold fold, int sequence) {
        return fold.history().known(sequence).orElseThrow().entry().header();
    }

    /** The entry as it is known in that fold. */
    static EntryLink link(AgreementFold fold, int sequence) {
        var entry = fold.history().known(sequence).orElseThrow().entry();
        return new EntryLink(
                sequence,
                fold.positionOf(sequence),
                entry.kind().slug(),
                entry.header().occurredOn().toString(),
                entry.header().title());
    }

    static TermRow read(ResultSet row) throws SQLException {
        return new TermRow(
                row.getString("term_key"),
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                row.getString("state"),
                row.getString("action"),
                row.getString("statement"),
                row.getString("quote"),
                row.getString("value_json"),
                row.getString("value_text"),
                row.getString("category"),
                row.getString("condition_text"),
                row.getString("withheld"),
                row.getString("characterised_as"),
                row.getString("source_id"),
                row.getString("locator"),
                row.getObject("declared_on", LocalDate.class),
                row.getString("declared_from"),
                row.getString("declared_to"),
                row.getString("content"),
                row.getInt("set_place"),
                readLink(row));
    }

    static EntryLink readLink(ResultSet row) throws SQLException {
        return new EntryLink(
                row.getInt("set_sequence"),
                row.getLong("set_position"),
                row.getString("set_kind"),
                row.getString("set_occurred_on"),
                row.getString("set_title"));
    }

    /** How the state is called in answers. */
    String stateSlug() {
        return state.equals(HELD) ? "in-force" : state;
    }
}
