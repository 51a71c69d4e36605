package org.agreementledger.json;

import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.Provision;
import org.agreementledger.terms.Provision.Withheld;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermAction.Remark;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.terms.TermValue.Money;
import org.agreementledger.terms.TermValue.Qualifier;
import org.jspecify.annotations.Nullable;

/** Reads term actions and typed values. */
final class TermReader {

    /** Stands for every key in force that the entry does not name. */
    static final String EVERY_KEY = "*";

    private enum Action {
        INTRODUCE,
        CHANGE,
        RETIRE,
        DISCLOSE,
        REAFFIRM
    }

    private enum Type {
        TEXT,
        FLAG,
        MONEY,
        PERCENTAGE,
        QUANTITY,
        DAY,
        PARTY
    }

    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());

    private static final List<String> PROVIDING =
            List.of(
                    "action",
                    "key",
                    "statement",
                    "quote",
                    "source",
                    "locator",
                    "value",
                    "category",
                    "condition",
                    "validFrom",
                    "validTo",
                    "withheld",
                    "characterisedAs");
    private static final List<String> RETIRING =
            List.of(
                    "action",
                    "key",
                    "statement",
                    "quote",
                    "source",
                    "locator",
                    "validFrom",
                    "validTo",
                    "characterisedAs");
    private static final List<String> REAFFIRMING =
            List.of(
                    "action",
                    "key",
                    "since",
                    "statement",
                    "quote",
                    "value",
                    "source",
                    "locator",
                    "characterisedAs");

    private final Set<String> sourceIds;

    /**
     * @param sourceIds of the entry's sources: what an action may name
     */
    TermReader(Set<String> sourceIds) {
        this.sourceIds = sourceIds;
    }

    TermAction action(Place place) {
        Fields named = Fields.of(place, "a term");
        Action action =
                named.required("action", () -> EnumNames.oneOf(Action.class)).oneOf(Action.class);
        String what = Told.withArticle(EnumNames.of(action)) + " action";
        Fields fields =
                named.only(
                        what,
                        switch (action) {
                            case INTRODUCE, CHANGE, DISCLOSE -> PROVIDING;
                            case RETIRE -> RETIRING;
                            case REAFFIRM -> REAFFIRMING;
                        });
        return switch (action) {
            case INTRODUCE ->
                    new TermAction.Introduce(
                            fields.required("key").key(),
                            provision(fields),
                            fields.optional("validFrom", Place::day));
            case CHANGE ->
                    new TermAction.Change(
                            fields.required("key").key(),
                            provision(fields),
                            fields.optional("validFrom", Place::day));
            case DISCLOSE ->
                    new TermAction.Disclose(
                            fields.required("key").key(),
                            provision(fields),
                            fields.required(
                                            "validFrom",
                                            ": the day since when the term is known to hold")
                                    .day());
            case RETIRE ->
                    new TermAction.Retire(
                            fields.required("key").key(),
                            remark(fields),
                            fields.optional("validFrom", Place::day),
                            fields.optional("validTo", Place::day));
            case REAFFIRM -> reaffirm(fields);
        };
    }

    private Provision provision(Fields fields) {
        return new Provision(
                fields.required("statement", ": say in your own words what the term is").longText(),
                fields.optional("quote", Place::longText),
                fields.optional("value", TermReader::value),
                fields.optional("category", Place::slug),
                fields.optional("condition", Place::longText),
                fields.optional("validTo", Place::day),
                fields.optional("withheld", place -> place.oneOf(Withheld.class)),
                fields.optional("characterisedAs", Place::shortText),
                fields.optional("source", this::source),
                fields.optional("locator", Place::shortText));
    }

    private Remark remark(Fields fields) {
        return new Remark(
                fields.optional("statement", Place::longText),
                fields.optional("quote", Place::longText),
                fields.optional("characterisedAs", Place::shortText),
                fields.optional("source", this::source),
                fields.optional("locator", Place::shortText));
    }

    private TermAction reaffirm(Fields fields) {
        Place place = fields.required("key");
        @Nullable TermKey key = EVERY_KEY.equals(place.value()) ? null : place.key();
        if (key == null) {
            fields.required(
                    "since", " whose key is *: the day since when every key is said to stand");
            if (fields.has("value")) {
                throw fields.at("value")
                        .malformed("value cannot go with the key *: one value is of one term");
            }
        }
        return new TermAction.Reaffirm(
                key,
                remark(fields),
                fields.optional("since", Place::day),
                fields.optional("value", TermReader::value));
    }

    private String source(Place place) {
        String id = place.shortText();
        if (!sourceIds.contains(id)) {
            throw place.malformed(
                    sourceIds.isEmpty()
                            ? "source '%s' names no source: the entry has none with an id"
                                    .formatted(Told.clip(id))
                            : "source '%s' is not the id of one of the entry's sources, which are: %s%s"
                                    .formatted(
                                            Told.clip(id),
                                            Told.clip(String.join(", ", sourceIds)),
                                            Told.nearMiss(id, List.copyOf(sourceIds))));
        }
        return id;
    }

    // ---- values

    static TermValue value(Place place) {
        Fields named = Fields.of(place, "a value");
        Type type = named.required("type", () -> EnumNames.oneOf(Type.class)).oneOf(Type.class);
        Fields fields =
                named.only(
                        Told.withArticle(EnumNames.of(type)) + " value",
                        switch (type) {
                            case TEXT -> List.of("type", "text", "qualifier");
                            case FLAG -> List.of("type", "flag", "qualifier");
                            case MONEY -> List.of("type", "amount", "currency", "qualifier");
                            case PERCENTAGE -> List.of("type", "percentage", "qualifier");
                            case QUANTITY -> List.of("type", "quantity", "unit", "qualifier");
                            case DAY -> List.of("type", "day", "qualifier");
                            case PARTY -> List.of("type", "party", "qualifier");
                        });
        return switch (type) {
            case TEXT -> new TermValue.Text(fields.required("text").shortText(), qualifier(fields));
            case FLAG -> new TermValue.Flag(fields.required("flag").flag(), qualifier(fields));
            case MONEY -> money(fields, fields.required("amount").decimal());
            case PERCENTAGE ->
                    new TermValue.Percentage(
                            fields.required("percentage").decimal(), qualifier(fields));
            case QUANTITY ->
                    new TermValue.Quantity(
                            fields.required("quantity").decimal(),
                            fields.required("unit").shortText(),
                            qualifier(fields));
            case DAY -> new TermValue.OnDay(fields.required("day").day(), qualifier(fields));
            case PARTY -> new TermValue.Party(fields.required("party").slug(), qualifier(fields));
        };
    }

    /** The amount of a round, an investor or a deal: money, and never less than none. */
    static Money amount(Place place) {
        Fields fields =
                Fields.of(place, "an amount of money", List.of("amount", "currency", "qualifier"));
        Decimal amount = fields.required("amount").decimal();
        if (amount.value().signum() < 0) {
            throw fields.at("amount")
                    .malformed("amount must not be negative here, and is " + amount);
        }
        return money(fields, amount);
    }

    private static Money money(Fields fields, Decimal amount) {
        Place place = fields.required("currency", ": the three letters of ISO 4217, like USD");
        Qualifier qualifier = qualifier(fields);
        Money money = place.formed(currency -> new Money(amount, currency, qualifier));
        if (place.gate() == Gate.SUBMITTED && !CURRENCIES.contains(money.currency())) {
            throw place.malformed(
                    "currency: '%s' is not a currency of ISO 4217, like USD or EUR"
                            .formatted(money.currency()));
        }
        return money;
    }

    private static @Nullable Qualifier qualifier(Fields fields) {
        return fields.optional("qualifier", place -> place.oneOf(Qualifier.class));
    }
}
