package org.agreementledger.upcoming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.TermTimeline;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The dates read from the tables are those that a walk through the fold finds, day by day. */
class UpcomingLawTest {

    private static final int SEEDS = 4;
    private static final int AGREEMENTS = 3;
    private static final int QUESTIONS = 20;
    private static final int ALL = 100_000;
    private static final Period STALE = Period.ofDays(25);

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, SEEDS)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_dates_equal_a_walk_through_the_fold(TestDatabase database, long seed) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            List<Submission> all =
                    RandomLedger.of(seed, AGREEMENTS, 60).stream()
                            .map(e ->
                                    new Submission(
                                            new RecordEntry(e, null), Actor.local("ada"), null))
                            .toList();
            assertThat(
                            node.readModels()
                                    .await(node.ledger().recordAll(all), Duration.ofSeconds(60)))
                    .isTrue();
            List<Logged> log = node.log().read(-1, Integer.MAX_VALUE);
            Random random = new Random(seed);
            Set<String> kinds = new TreeSet<>();
            for (int i = 0; i < QUESTIONS; i++) {
                Logged last = log.get(log.size() / 2 + random.nextInt(log.size() / 2));
                LocalDate from = LocalDate.of(2021, 1, 1).plusDays(random.nextInt(200));
                UpcomingQuestion asked =
                        new UpcomingQuestion(
                                from,
                                from.plusDays(random.nextInt(200)),
                                null,
                                null,
                                STALE,
                                new Moment(last.log().position(), last.log().recordedAt()),
                                View.values()[random.nextInt(2)]);
                List<String> found =
                        node.upcoming().dates(asked, null, ALL).stream()
                                .map(UpcomingLawTest::line)
                                .sorted()
                                .toList();
                assertThat(found).as("%s, seed %d", asked, seed).isEqualTo(walked(log, asked));
                assertThat(paged(node, asked)).as("%s, seed %d", asked, seed).isEqualTo(found);
                found.forEach(line -> kinds.add(line.split(" ")[3]));
            }
            assertThat(kinds).contains("starts", "retires", "stale");
        }
    }

    private static String line(UpcomingDate date) {
        return "%s %s %s %s since %s by %d"
                .formatted(
                        date.on(),
                        date.agreementId(),
                        date.key(),
                        date.what(),
                        date.since(),
                        date.setBy().sequence());
    }

    private static List<String> paged(LedgerNode node, UpcomingQuestion asked) {
        List<String> lines = new ArrayList<>();
        Upcoming.Cursor after = null;
        List<UpcomingDate> page = node.upcoming().dates(asked, after, 7);
        while (!page.isEmpty()) {
            page.forEach(date -> lines.add(line(date)));
            UpcomingDate last = page.getLast();
            after = new Upcoming.Cursor(last.on(), last.agreementId(), last.key(), last.what());
            page = node.upcoming().dates(asked, after, 7);
        }
        return lines.stream().sorted().toList();
    }

    private static List<String> walked(List<Logged> log, UpcomingQuestion asked) {
        Map<AgreementId, AgreementFold> folds = new TreeMap<>();
        for (Logged logged : log) {
            if (logged.log().position() <= asked.knownAt().position()) {
                AgreementId id = logged.log().agreementId();
                folds.put(
                        id,
                        folds.getOrDefault(id, AgreementFold.EMPTY)
                                .with(logged.event().entry(), logged.log().position()));
            }
        }
        List<String> lines = new ArrayList<>();
        folds.forEach((id, fold) -> {
            var terms = fold.history().fold(asked.view()).terms();
            for (TermKey key : terms.keys()) {
                TermTimeline timeline = terms.timeline(key);
                for (LocalDate day = asked.from();
                        !day.isAfter(asked.to());
                        day = day.plusDays(1)) {
                    walk(lines, day + " " + id + " " + key, timeline, day);
                }
                timeline.on(asked.from())
                        .held()
                        .ifPresent(by -> stale(lines, asked, id, fold, key, by));
            }
        });
        return lines.stream().sorted().toList();
    }

    private static void walk(
            List<String> lines, String date, TermTimeline timeline, LocalDate day) {
        TermState before = timeline.on(day.minusDays(1));
        TermState now = timeline.on(day);
        if (before.content().equals(now.content())) {
            return;
        }
        switch (now) {
            case TermState.Held(PlacedAction by)
                    when by.discloses()
                            && before.held().isPresent()
                            && by.validity().from().equals(day) -> {}
            case TermState.Held(PlacedAction by) ->
                    lines.add(date + " starts since null by " + by.sequence());
            case TermState.Retired(PlacedAction by) ->
                    lines.add(date + " retires since null by " + by.sequence());
            case TermState.Closed(var by) ->
                    lines.add(date + " closes since null by " + by.sequence());
            case TermState.Absent _ ->
                    lines.add(
                            date
                                    + " lapses since null by "
                                    + before.held().orElseThrow().sequence());
        }
    }

    private static void stale(
            List<String> lines,
            UpcomingQuestion asked,
            AgreementId id,
            AgreementFold fold,
            TermKey key,
            PlacedAction by) {
        LocalDate word = by.occurredOn();
        for (Known known : fold.history().known(asked.view()).toList()) {
            LocalDate day = known.entry().header().occurredOn().date();
            if (fold.affirmedBy(known.sequence()).contains(key)
                    && !day.isBefore(by.validity().from())
                    && !day.isAfter(asked.from())
                    && day.isAfter(word)) {
                word = day;
            }
        }
        if (word.isBefore(asked.from().minus(STALE))) {
            lines.add(
                    "%s %s %s stale since %s by %d"
                            .formatted(asked.from(), id, key, word, by.sequence()));
        }
    }
}
