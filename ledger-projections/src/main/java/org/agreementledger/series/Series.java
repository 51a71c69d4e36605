package org.agreementledger.series;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.search.Attribute;
import org.agreementledger.search.Criteria;
import org.agreementledger.search.Daily;
import org.agreementledger.search.Daily.Dated;
import org.agreementledger.search.EntryIndex;
import org.jspecify.annotations.Nullable;

/**
 * Counts entries over time, as they were found when they were recorded: a later correction adds to
 * the counts and rewrites none.
 */
public final class Series {

    /** What entries are counted apart by. One of several verdicts counts for each of them. */
    public enum By {
        KIND(Attribute.KIND, Kind.values()),
        EFFECT(Attribute.EFFECT, Effect.Sum.values()),
        VERDICT(Attribute.VERDICT, Verdict.Finding.values());

        private final Attribute attribute;
        private final List<String> groups;

        By(Attribute attribute, Enum<?>[] values) {
            this.attribute = attribute;
            this.groups = Arrays.stream(values).map(Slugs::of).toList();
        }

        /** All that there are, also those of which there is no entry. */
        public List<String> groups() {
            return groups;
        }
    }

    /** How long each step is; weeks are those of ISO 8601, from Monday. */
    public enum Per {
        DAY(ChronoUnit.DAYS),
        WEEK(ChronoUnit.WEEKS),
        MONTH(ChronoUnit.MONTHS);

        private final ChronoUnit unit;

        Per(ChronoUnit unit) {
            this.unit = unit;
        }

        LocalDate startOf(LocalDate day) {
            return switch (this) {
                case DAY -> day;
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
            };
        }

        /** The place of the step that holds {@code day}, where the first holds {@code first}. */
        int place(LocalDate first, LocalDate day) {
            return Math.toIntExact(unit.between(startOf(first), startOf(day)));
        }
    }

    /**
     * @param by null for all together
     * @param from the first day that counts, though its step may start earlier
     * @param to the last
     * @param filter what entries must be; its range of the days asked for gives way to this one
     * @param knownAt what was recorded later does not count
     */
    public record Question(
            @Nullable By by,
            Per per,
            Dated dated,
            LocalDate from,
            LocalDate to,
            EntryFilter filter,
            Moment knownAt) {

        /** How many rows answer it. */
        public int rows() {
            return per.place(from, to) + 1;
        }
    }

    /**
     * One step.
     *
     * @param start its first day
     * @param counts in the order of {@link By#groups}; one where all are counted together
     */
    public record Row(LocalDate start, List<Integer> counts) {}

    private final EntryIndex index;

    public Series(EntryIndex index) {
        this.index = index;
    }

    /** Every step from the first to the last, also those without an entry. */
    public List<Row> rows(Question question) {
        Daily daily =
                new Daily(
                        within(question),
                        question.dated(),
                        question.from(),
                        Math.toIntExact(
                                ChronoUnit.DAYS.between(question.from(), question.to()) + 1),
                        question.by() == null ? null : question.by().attribute,
                        question.knownAt().position());
        List<int[]> steps =
                index
                        .perDay(daily, question.by() == null ? List.of() : question.by().groups())
                        .stream()
                        .map(days -> steps(question, days))
                        .toList();
        LocalDate start = question.per().startOf(question.from());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < question.rows(); i++) {
            int step = i;
            rows.add(
                    new Row(
                            start.plus(step, question.per().unit),
                            steps.stream().map(counts -> counts[step]).toList()));
        }
        return rows;
    }

    private static int[] steps(Question question, int[] days) {
        int[] steps = new int[question.rows()];
        for (int i = 0; i < days.length; i++) {
            if (days[i] > 0) {
                LocalDate day = question.from().plusDays(i);
                steps[question.per().place(question.from(), day)] += days[i];
            }
        }
        return steps;
    }

    private static Criteria within(Question question) {
        Criteria criteria = question.filter().criteria();
        return switch (question.dated()) {
            case OCCURRED ->
                    new Criteria(
                            criteria.attributes(),
                            question.from(),
                            question.to(),
                            criteria.recordedFrom(),
                            criteria.recordedTo(),
                            criteria.words());
            case RECORDED ->
                    new Criteria(
                            criteria.attributes(),
                            criteria.occurredFrom(),
                            criteria.occurredTo(),
                            question.from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                            question.to()
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .minusMillis(1),
                            criteria.words());
        };
    }
}
