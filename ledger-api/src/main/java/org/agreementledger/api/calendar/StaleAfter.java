package org.agreementledger.api.calendar;

import java.time.DateTimeException;
import java.time.Period;

/** How long without a word makes a term stale: {@code P1Y}, {@code P6M}, {@code P90D}. */
record StaleAfter(String text) {

    private static final int YEARS_MAX = 100;

    public StaleAfter {
        Period period = parsed(text);
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is not longer than no time at all");
        }
        if (period.toTotalMonths() + period.getDays() / 31L > YEARS_MAX * 12L) {
            throw new IllegalArgumentException(
                    "'" + text + "' is longer than " + YEARS_MAX + " years");
        }
    }

    Period period() {
        return parsed(text);
    }

    private static Period parsed(String text) {
        try {
            return Period.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a period of ISO 8601; write it as P1Y, P6M or P90D", e);
        }
    }
}
