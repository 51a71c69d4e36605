package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The days from one end of a time line to the other, and where each lies between them. */
record Span(LocalDate first, LocalDate last) {

    /** One mark of the axis. */
    record Tick(LocalDate day, String words) {}

    private static final int TICKS_MAX = 9;

    /** Of so much of what is past, days to come are shown. */
    private static final int FUTURE_SHARE = 3;

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR =
            DateTimeFormatter.ofPattern("uuuu", Locale.ENGLISH);

    /** From the first of these days to today, and to what is to come, but not for ever. */
    static Span around(List<LocalDate> days, LocalDate today) {
        LocalDate first = today;
        LocalDate last = today;
        for (LocalDate day : days) {
            first = day.isBefore(first) ? day : first;
            last = day.isAfter(last) ? day : last;
        }
        long past = Math.max(30, ChronoUnit.DAYS.between(first, today));
        LocalDate latest = today.plusDays(past / FUTURE_SHARE);
        long margin = Math.max(1, past / 50);
        return new Span(
                first.minusDays(margin), (last.isAfter(latest) ? latest : last).plusDays(margin));
    }

    long days() {
        return ChronoUnit.DAYS.between(first, last);
    }

    /** From 0 to 1; days outside lie at the nearer end. */
    double share(LocalDate day) {
        double share = (double) ChronoUnit.DAYS.between(first, day) / days();
        return Math.clamp(share, 0, 1);
    }

    /** In percent of the width, as exactly as a wide screen shows it. */
    static String percent(double share) {
        return Math.round(share * 100_000) / 1_000.0 + "%";
    }

    String percent(LocalDate day) {
        return percent(share(day));
    }

    /** Days, weeks, months or years, as many as can be read. */
    List<Tick> ticks() {
        long days = days();
        if (days <= 2 * TICKS_MAX) {
            return ticks(first, Period.ofDays(2), DAY);
        }
        if (days <= 7 * TICKS_MAX) {
            return ticks(first, Period.ofWeeks(1), DAY);
        }
        for (int months : new int[] {1, 2, 3, 6}) {
            if (days / 30 <= (long) months * TICKS_MAX) {
                LocalDate start =
                        first.withMonth((first.getMonthValue() - 1) / months * months + 1);
                return ticks(start.withDayOfMonth(1), Period.ofMonths(months), MONTH);
            }
        }
        int years = 1;
        while (days / 365 > (long) years * TICKS_MAX) {
            years *= 2;
        }
        LocalDate start = LocalDate.of(first.getYear() / years * years, 1, 1);
        return ticks(start, Period.ofYears(years), YEAR);
    }

    private List<Tick> ticks(LocalDate start, Period step, DateTimeFormatter words) {
        List<Tick> ticks = new ArrayList<>();
        for (LocalDate day = start; day.isBefore(last); day = day.plus(step)) {
            if (day.isAfter(first)) {
                ticks.add(new Tick(day, words.format(day)));
            }
        }
        return ticks;
    }
}
