package org.agreementledger.api.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.entries.Glance.Mark;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What templates ask for by the name {@code @shown}. */
@Component("shown")
class Shown {

    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    public String value(Map<String, Object> value) {
        return ValueWords.value(value);
    }

    /** Of a round or a deal: money, without saying so. */
    public String amount(Map<String, Object> amount) {
        Map<String, Object> value = new HashMap<>(amount);
        value.put("type", "money");
        return value(value);
    }

    /** What was recorded as an address leads somewhere only if it is one of the web. */
    public boolean isLink(@Nullable Object address) {
        return address instanceof String text && text.matches("(?i)https?://.*");
    }

    public String instant(Instant instant) {
        return Rfc3339.text(instant);
    }

    /** What the mark of an entry stands for. */
    public String words(Mark mark) {
        List<String> about = new ArrayList<>(List.of(mark.effect()));
        if (mark.standing().equals("reported")) {
            about.add("reported");
        }
        if (mark.corrected()) {
            about.add("corrected since");
        }
        if (mark.withdrawn()) {
            about.add("withdrawn since");
        }
        return "%s, %s (%s): %s"
                .formatted(mark.occurredOn(), mark.kind(), String.join(", ", about), mark.title());
    }

    /** Its classes. */
    public String style(Mark mark) {
        return "effect-"
                + mark.effect()
                + (mark.standing().equals("reported") ? " reported" : "")
                + (mark.withdrawn() ? " withdrawn" : "");
    }

    /** How many claims were found what, by verdict. */
    public Map<String, Long> tally(List<VerdictAnswer> verdicts) {
        return verdicts.stream()
                .collect(
                        Collectors.groupingBy(
                                VerdictAnswer::verdict, TreeMap::new, Collectors.counting()));
    }

    /** Whole days from one to the other. */
    public long days(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to);
    }

    /** As people write it: {@code 27 April 2026}. */
    public String day(LocalDate day) {
        return LONG.format(day);
    }

    /** In the words that {@code agreement.js} carries on with as the day moves. */
    public String unchanged(LocalDate since, LocalDate day) {
        long days = ChronoUnit.DAYS.between(since, day);
        return days == 0
                ? "changed on this day"
                : "unchanged for %,d %s".formatted(days, days == 1 ? "day" : "days");
    }

    /** For how long parties and terms have been what they are on that day. */
    static String constancy(AgreementSummary agreement, LocalDate day) {
        LocalDate since = agreement.unchangedSince();
        if (since == null || agreement.status().equals("pending")) {
            return "Not in force yet";
        }
        String closed = agreement.status().equals("closed") ? "Closed; terms" : "Terms";
        long days = ChronoUnit.DAYS.between(since, day);
        return days == 0
                ? closed + " changed on this day, " + since
                : "%s unchanged for %,d %s, since %s"
                        .formatted(closed, days, days == 1 ? "day" : "days", since);
    }

    /** A word with its article. */
    public String a(String word) {
        return ("aeiou".indexOf(word.charAt(0)) < 0 ? "a " : "an ") + word;
    }
}
