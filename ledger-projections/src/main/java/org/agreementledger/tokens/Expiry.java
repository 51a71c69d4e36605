package org.agreementledger.tokens;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Optional;
import org.agreementledger.time.Validity;

/** Until when a token holds, as somebody writes it. */
public final class Expiry {

    /** A token that is forgotten ends by itself. */
    public static final String DEFAULT = "P90D";

    private static final String NEVER = "never";

    private Expiry() {}

    /**
     * @param text a time from now like P90D, P1Y or PT12H, the first day on which it no longer
     *     holds, or never
     * @return the first moment at which it no longer holds; empty for never
     * @throws IllegalArgumentException for anything else, and for what is not later than now
     */
    public static Optional<Instant> parse(String text, Instant now) {
        if (text.equals(NEVER)) {
            return Optional.empty();
        }
        Instant end;
        try {
            end = end(text, now);
        } catch (DateTimeException | ArithmeticException _) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no time; write it like P90D or PT12H, as a day like 2027-01-31, or never");
        }
        if (!end.isAfter(now)) {
            throw new IllegalArgumentException("'" + text + "' is not later than now");
        }
        if (!end.isBefore(start(Validity.FOREVER))) {
            throw new IllegalArgumentException("'" + text + "' is beyond the year 9999");
        }
        return Optional.of(end.truncatedTo(ChronoUnit.MILLIS));
    }

    private static Instant end(String text, Instant now) {
        return text.startsWith("P") || text.startsWith("-")
                ? now.atOffset(ZoneOffset.UTC).plus(amount(text)).toInstant()
                : start(LocalDate.parse(text));
    }

    private static TemporalAmount amount(String text) {
        return text.contains("T") ? Duration.parse(text) : Period.parse(text);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
