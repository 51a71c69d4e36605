package org.agreementledger.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.SettableClock;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.search.Daily.Dated;
import org.agreementledger.series.Series.By;
import org.agreementledger.series.Series.Per;
import org.agreementledger.series.Series.Question;
import org.agreementledger.series.Series.Row;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every series against a count of the entries one by one, on random ledgers. */
class SeriesLawTest {

    private static final int SEEDS = 2;
    private static final int QUESTIONS = 60;
    private static final LocalDate START = LocalDate.of(2026, 1, 1);

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, SEEDS)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void every_step_counts_what_a_look_at_each_entry_counts(TestDatabase database, long seed) {
        LedgerNode.Location location = database.fresh(folder);
        Random random = new Random(seed);
        SettableClock clock = new SettableClock(START.atStartOfDay().toInstant(ZoneOffset.UTC));
        List<Submission> all = submissions(seed);
        try (LedgerNode node = LedgerNode.open(location, clock)) {
            int half = all.size() / 2;
            record(node, all.subList(0, half), clock, random);
            assertLaw(node, random, seed);
            record(node, all.subList(half, all.size()), clock, random);
            assertLaw(node, random, seed);
            node.rebuilds().run(2, _ -> {});
            node.index().rebuild(_ -> {});
            assertLaw(node, random, seed);
        }
    }

    private static void assertLaw(LedgerNode node, Random random, long seed) {
        List<EntryAnswer> entries = node.entries().page(EntryFilter.ANY, -1, 100_000).items();
        int counted = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Asked asked = asked(node, entries, random);
            List<Row> rows = node.series().rows(asked.question());
            assertThat(rows)
                    .as("%s, seed %d", asked.question(), seed)
                    .hasSize(asked.question().rows())
                    .isEqualTo(counted(entries, asked));
            counted += rows.stream().flatMap(row -> row.counts().stream()).mapToInt(n -> n).sum();
        }
        assertThat(counted).isGreaterThan(QUESTIONS);
    }

    /**
     * @param holds what the filter means
     */
    private record Asked(Question question, Predicate<EntryAnswer> holds) {}

    private static Asked asked(LedgerNode node, List<EntryAnswer> entries, Random random) {
        Dated dated = pick(random, List.of(Dated.values()));
        LocalDate one = day(pick(random, entries), dated).plusDays(random.nextInt(30) - 15);
        LocalDate other = day(pick(random, entries), dated).plusDays(random.nextInt(30) - 15);
        Moment now = node.readModels().resolve(new KnownAt.Now());
        Moment knownAt =
                random.nextBoolean()
                        ? now
                        : new Moment(random.nextLong(now.position() + 1), now.knownAt());
        String agreement = "agreement-" + random.nextInt(3);
        String kind = pick(random, entries).kind();
        boolean oneAgreement = random.nextInt(3) == 0;
        boolean oneKind = random.nextInt(4) == 0;
        EntryFilter filter =
                new EntryFilter(
                        oneAgreement ? agreement : null,
                        oneKind ? kind : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return new Asked(
                new Question(
                        random.nextInt(4) == 0 ? null : pick(random, List.of(By.values())),
                        pick(random, List.of(Per.values())),
                        dated,
                        one.isBefore(other) ? one : other,
                        one.isBefore(other) ? other : one,
                        filter,
                        knownAt),
                entry ->
                        (!oneAgreement || entry.agreementId().equals(agreement))
                                && (!oneKind || entry.kind().equals(kind))
                                && Objects.requireNonNull(entry.position()) <= knownAt.position());
    }

    private static List<Row> counted(List<EntryAnswer> entries, Asked asked) {
        Question question = asked.question();
        List<Row> rows = new ArrayList<>();
        for (LocalDate start = start(question.from(), question.per());
                !start.isAfter(question.to());
                start = next(start, question.per())) {
            LocalDate first = start;
            List<EntryAnswer> step =
                    entries.stream()
                            .filter(asked.holds())
                            .filter(entry -> {
                                LocalDate day = day(entry, question.dated());
                                return !day.isBefore(question.from())
                                        && !day.isAfter(question.to())
                                        && start(day, question.per()).equals(first);
                            })
                            .toList();
            rows.add(new Row(start, counts(step, question.by())));
        }
        return rows;
    }

    private static List<Integer> counts(List<EntryAnswer> step, @Nullable By by) {
        return by == null
                ? List.of(step.size())
                : by.groups().stream()
                        .map(value ->
                                (int)
                                        step.stream()
                                                .filter(entry -> says(entry, by).contains(value))
                                                .count())
                        .toList();
    }

    private static List<String> says(EntryAnswer entry, By by) {
        return switch (by) {
            case KIND -> List.of(entry.kind());
            case EFFECT -> List.of(entry.effect().sum());
            case VERDICT -> entry.verdicts().stream().map(VerdictAnswer::verdict).toList();
        };
    }

    private static LocalDate start(LocalDate day, Per per) {
        return switch (per) {
            case DAY -> day;
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L);
            case MONTH -> YearMonth.from(day).atDay(1);
        };
    }

    private static LocalDate next(LocalDate start, Per per) {
        return switch (per) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusDays(7);
            case MONTH -> YearMonth.from(start).plusMonths(1).atDay(1);
        };
    }

    private static LocalDate day(EntryAnswer entry, Dated dated) {
        return switch (dated) {
            case OCCURRED -> Day.parse(entry.occurredOn()).date();
            case RECORDED ->
                    LocalDate.ofInstant(Objects.requireNonNull(entry.recordedAt()), ZoneOffset.UTC);
        };
    }

    /** A day has its first and its last millisecond; weeks cross years. */
    @Test
    void the_edges_of_days_and_weeks_belong_where_they_should() {
        SettableClock clock = new SettableClock(Instant.parse("2024-12-29T23:59:59.999Z"));
        List<Submission> all = submissions(1);
        try (LedgerNode node = LedgerNode.open(TestDatabase.H2.fresh(folder), clock)) {
            recordNow(node, all.subList(0, 2));
            clock.set(Instant.parse("2024-12-30T00:00:00.000Z"));
            recordNow(node, all.subList(2, 5));

            assertThat(node.series().rows(recorded(node, Per.WEEK, "2024-12-29", "2025-01-06")))
                    .containsExactly(
                            new Row(LocalDate.of(2024, 12, 23), List.of(2)),
                            new Row(LocalDate.of(2024, 12, 30), List.of(3)),
                            new Row(LocalDate.of(2025, 1, 6), List.of(0)))
                    .allSatisfy(row ->
                            assertThat(row.start().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY));
            assertThat(node.series().rows(recorded(node, Per.DAY, "2024-12-30", "2024-12-30")))
                    .containsExactly(new Row(LocalDate.of(2024, 12, 30), List.of(3)));
        }
    }

    private static Question recorded(LedgerNode node, Per per, String from, String to) {
        return new Question(
                null,
                per,
                Dated.RECORDED,
                LocalDate.parse(from),
                LocalDate.parse(to),
                EntryFilter.ANY,
                node.readModels().resolve(new KnownAt.Now()));
    }

    private static List<Submission> submissions(long seed) {
        return RandomLedger.of(seed, 3, 60).stream()
                .map(entry ->
                        new Submission(new RecordEntry(entry, null), Actor.local("ada"), null))
                .toList();
    }

    /** Some at a time, some hours apart. */
    private static void record(
            LedgerNode node, List<Submission> submissions, SettableClock clock, Random random) {
        for (int from = 0; from < submissions.size(); from += 20) {
            clock.set(clock.instant().plus(Duration.ofHours(random.nextInt(100))));
            recordNow(node, submissions.subList(from, Math.min(from + 20, submissions.size())));
        }
    }

    private static void recordNow(LedgerNode node, List<Submission> submissions) {
        assertThat(
                        node.readModels()
                                .await(
                                        node.ledger().recordAll(submissions),
                                        Duration.ofSeconds(60)))
                .isTrue();
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
