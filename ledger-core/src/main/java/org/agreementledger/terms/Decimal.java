package org.agreementledger.terms;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An exact decimal number, shown as given ({@code 12.50}) and equal by amount ({@code 12.5}). It
 * never passes through a binary floating-point number.
 */
public record Decimal(String given) {

    private static final Pattern FORM = Pattern.compile("-?(0|[1-9][0-9]{0,29})(\\.[0-9]{1,18})?");

    public Decimal {
        if (!FORM.matcher(given).matches()) {
            throw new IllegalArgumentException(
                    "'"
                            + given
                            + "' is not a decimal number; write plain digits like \"12.50\", without exponent, sign + or separators");
        }
    }

    public BigDecimal value() {
        return new BigDecimal(given);
    }

    /** The shortest form of the same amount: what is compared and hashed. */
    public String canonical() {
        BigDecimal value = value();
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal that && canonical().equals(that.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    @Override
    public String toString() {
        return given;
    }
}
