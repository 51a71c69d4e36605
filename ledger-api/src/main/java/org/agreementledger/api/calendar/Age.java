package org.agreementledger.api.calendar;

import java.time.DateTimeException;
import java.time.Period;

/** How long the last word on a term may be ago: a period of ISO 8601 in years, months and days. */
record Age(String text) {

    private static final int YEARS_MAX = 1_000;

    public Age {
        Period period = parse(text);
        if (period.isZero() || period.isNegative() || period.toTotalMonths() > YEARS_MAX * 12L) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time ago; write how long, like P1Y, P6M or P90D");
        }
    }

    Period period() {
        return parse(text);
    }

    private static Period parse(String text) {
        try {
            return Period.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a period of ISO 8601; write one like P1Y, P6M or P90D",
                    e);
        }
    }
}
