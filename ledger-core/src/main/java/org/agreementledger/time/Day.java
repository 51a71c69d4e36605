package org.agreementledger.time;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A calendar day as somebody gave it: {@code 2021}, {@code 2021-03} or {@code 2021-03-09}. A year
 * or a month counts as its first day, equals it, and is shown as given.
 */
public record Day(LocalDate date, Precision precision) implements Comparable<Day> {

    public enum Precision {
        YEAR,
        MONTH,
        DAY
    }

    private static final Pattern FORM = Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?");

    public static Day of(LocalDate date) {
        return new Day(date, Precision.DAY);
    }

    /**
     * @throws IllegalArgumentException when the text has another form or names a day that does not
     *     exist
     */
    public static Day parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a day; write it as 2026-02-27, 2026-02 or 2026");
        }
        int year = Integer.parseInt(text, 0, 4, 10);
        try {
            return switch (text.length()) {
                case 4 -> new Day(LocalDate.of(year, 1, 1), Precision.YEAR);
                case 7 -> new Day(LocalDate.of(year, number(text, 5), 1), Precision.MONTH);
                default ->
                        new Day(
                                LocalDate.of(year, number(text, 5), number(text, 8)),
                                Precision.DAY);
            };
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is a day that does not exist", e);
        }
    }

    private static int number(String text, int at) {
        return Integer.parseInt(text, at, at + 2, 10);
    }

    /** Below lies {@code Validity.ALWAYS}, above {@code Validity.FOREVER}: neither names a day. */
    public static final int YEAR_MIN = 1000;

    public static final int YEAR_MAX = 9998;

    public boolean isInRange() {
        return date.getYear() >= YEAR_MIN && date.getYear() <= YEAR_MAX;
    }

    /**
     * Itself, where a ledger can tell of that day.
     *
     * @throws IllegalArgumentException outside the years that it takes
     */
    public Day inRange() {
        if (!isInRange()) {
            throw new IllegalArgumentException(
                    "'%s' lies outside the years %d to %d that the ledger takes"
                            .formatted(this, YEAR_MIN, YEAR_MAX));
        }
        return this;
    }

    @Override
    public int compareTo(Day other) {
        return date.compareTo(other.date);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Day that && date.equals(that.date);
    }

    @Override
    public int hashCode() {
        return date.hashCode();
    }

    @Override
    public String toString() {
        return switch (precision) {
            case YEAR -> date.toString().substring(0, 4);
            case MONTH -> date.toString().substring(0, 7);
            case DAY -> date.toString();
        };
    }
}
