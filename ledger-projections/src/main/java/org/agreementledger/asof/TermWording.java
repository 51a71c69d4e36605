package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Fold;
import org.agreementledger.agreement.Header;
import org.agreementledger.agreement.Known;
import org.agreementledger.json.EntryJson;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermValue;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * What an action says of a term, in the present words of its entry. Texts that are absent are
 * empty.
 *
 * @param key empty for a closing, which speaks of every term
 * @param value empty where there is none
 * @param declaredOn the first day on which the action is valid
 * @param declaredFrom the same, as given
 */
record TermWording(
        long id,
        String key,
        String action,
        String statement,
        String quote,
        Map<String, Object> value,
        String category,
        String condition,
        String withheld,
        String characterisedAs,
        String source,
        String locator,
        LocalDate declaredOn,
        String declaredFrom,
        String declaredTo,
        String content) {

    static long id(AgreementFold fold, PlacedAction action) {
        return RowId.of(fold.wordedAt(action.sequence(), action.place()), action.place() + 1);
    }

    static long closingId(AgreementFold fold, int sequence) {
        return RowId.of(fold.wordedAt(sequence), 0);
    }

    /** The position of the entry that gave these words. */
    long wordedAt() {
        return RowId.position(id);
    }

    /** All that an entry says in its present words. */
    static List<TermWording> of(AgreementFold fold, Known known) {
        List<TermWording> wordings = new ArrayList<>();
        for (PlacedAction action : Fold.placed(known.sequence(), known.entry())) {
            wordings.add(of(fold, action));
        }
        if (known.entry() instanceof Entry.Closing) {
            wordings.add(closing(fold, known));
        }
        return wordings;
    }

    static TermWording of(AgreementFold fold, PlacedAction by) {
        TermAction.Placeable action = by.action();
        Provision provision = by.provision().orElse(null);
        TermAction.Remark remark =
                action instanceof TermAction.Retire retire
                        ? retire.remark()
                        : TermAction.Remark.NONE;
        boolean provides = provision != null;
        return new TermWording(
                id(fold, by),
                by.key().value(),
                verb(action),
                text(provides ? provision.statement() : remark.statement()),
                text(provides ? provision.quote() : remark.quote()),
                provides && provision.value() != null
                        ? EntryJson.write(provision.value())
                        : Map.of(),
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
                by.content() == null ? "" : by.content().canonical());
    }

    private static TermWording closing(AgreementFold fold, Known known) {
        Day day = known.entry().header().takesEffectOn();
        return new TermWording(
                closingId(fold, known.sequence()),
                "",
                "close",
                "",
                "",
                Map.of(),
                "",
                "",
                "",
                "",
                "",
                "",
                day.date(),
                day.toString(),
                "",
                "");
    }

    private static Header header(AgreementFold fold, int sequence) {
        return fold.history().known(sequence).orElseThrow().entry().header();
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

    /** A value in the words that {@code term=key:value} asks for. */
    static String plain(TermValue value) {
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

    static TermWording read(ResultSet row) throws SQLException {
        String value = row.getString("value_json");
        return new TermWording(
                row.getLong("id"),
                row.getString("term_key"),
                row.getString("action"),
                row.getString("statement"),
                row.getString("quote"),
                value.isEmpty() ? Map.of() : Json.object(value),
                row.getString("category"),
                row.getString("condition_text"),
                row.getString("withheld"),
                row.getString("characterised_as"),
                row.getString("source_id"),
                row.getString("locator"),
                row.getObject("declared_on", LocalDate.class),
                row.getString("declared_from"),
                row.getString("declared_to"),
                row.getString("content"));
    }
}
