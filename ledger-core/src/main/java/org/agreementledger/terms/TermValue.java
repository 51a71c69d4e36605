package org.agreementledger.terms;

import java.util.regex.Pattern;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/** What a term comes to, typed, so that programs can compare it: two values are equal or differ. */
public sealed interface TermValue {

    /** How exact the value is meant to be; null where it is exact. */
    @Nullable Qualifier qualifier();

    /** Its name in JSON. */
    default String type() {
        return switch (this) {
            case Text _ -> "text";
            case Flag _ -> "flag";
            case Money _ -> "money";
            case Percentage _ -> "percentage";
            case Quantity _ -> "quantity";
            case OnDay _ -> "day";
            case Party _ -> "party";
        };
    }

    enum Qualifier {
        ABOUT,
        UP_TO,
        AT_LEAST
    }

    record Text(String text, @Nullable Qualifier qualifier) implements TermValue {}

    record Flag(boolean flag, @Nullable Qualifier qualifier) implements TermValue {}

    /** An amount in a currency of ISO 4217, in its major unit. */
    record Money(Decimal amount, String currency, @Nullable Qualifier qualifier)
            implements TermValue {

        private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

        public Money {
            if (!CODE.matcher(currency).matches()) {
                throw new IllegalArgumentException(
                        "'"
                                + currency
                                + "' is not a currency; use the three letters of ISO 4217, like USD");
            }
        }
    }

    record Percentage(Decimal percentage, @Nullable Qualifier qualifier) implements TermValue {}

    record Quantity(Decimal quantity, String unit, @Nullable Qualifier qualifier)
            implements TermValue {}

    record OnDay(Day day, @Nullable Qualifier qualifier) implements TermValue {}

    /** An organisation, by its id. */
    record Party(String party, @Nullable Qualifier qualifier) implements TermValue {}
}
