package org.agreementledger.terms;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.agreementledger.terms.TermValue.Money;
import org.agreementledger.terms.TermValue.OnDay;
import org.agreementledger.terms.TermValue.Percentage;
import org.agreementledger.terms.TermValue.Quantity;

/**
 * By how much a value moved, where two values can be measured by one another: exact, with as many
 * decimals as the more exact of the two was given with.
 */
public sealed interface Movement {

    /** Its name in JSON: that of the values. */
    String type();

    /**
     * @param percent of the first amount; empty where that is zero
     */
    record OfMoney(BigDecimal amount, String currency, Optional<BigDecimal> percent)
            implements Movement {
        @Override
        public String type() {
            return "money";
        }
    }

    /** From 27 % to 20 % is -7 points: a percentage of a percentage would be misread. */
    record OfPercentage(BigDecimal points) implements Movement {
        @Override
        public String type() {
            return "percentage";
        }
    }

    /**
     * @param percent of the first quantity; empty where that is zero
     */
    record OfQuantity(BigDecimal quantity, String unit, Optional<BigDecimal> percent)
            implements Movement {
        @Override
        public String type() {
            return "quantity";
        }
    }

    record OfDay(long days, Period period) implements Movement {
        @Override
        public String type() {
            return "day";
        }
    }

    /** Empty where nothing moved, or the two cannot be measured by one another. */
    static Optional<Movement> between(TermValue from, TermValue to) {
        return switch (new Pair(from, to)) {
            case Pair(Money a, Money b) when a.currency().equals(b.currency()) ->
                    between(a.amount(), b.amount())
                            .map(by -> new OfMoney(by, a.currency(), percent(a.amount(), by)));
            case Pair(Percentage a, Percentage b) ->
                    between(a.percentage(), b.percentage()).map(OfPercentage::new);
            case Pair(Quantity a, Quantity b) when a.unit().equals(b.unit()) ->
                    between(a.quantity(), b.quantity())
                            .map(by -> new OfQuantity(by, a.unit(), percent(a.quantity(), by)));
            case Pair(OnDay a, OnDay b) when !a.day().equals(b.day()) ->
                    Optional.of(
                            new OfDay(
                                    ChronoUnit.DAYS.between(a.day().date(), b.day().date()),
                                    Period.between(a.day().date(), b.day().date())));
            case Pair _ -> Optional.empty();
        };
    }

    record Pair(TermValue from, TermValue to) {}

    private static Optional<BigDecimal> between(Decimal from, Decimal to) {
        return Optional.of(to.value().subtract(from.value())).filter(by -> by.signum() != 0);
    }

    /** To one decimal, half to even; of an amount below zero, measured from its size. */
    private static Optional<BigDecimal> percent(Decimal from, BigDecimal by) {
        return from.value().signum() == 0
                ? Optional.empty()
                : Optional.of(
                        by.movePointRight(2).divide(from.value().abs(), 1, RoundingMode.HALF_EVEN));
    }
}
