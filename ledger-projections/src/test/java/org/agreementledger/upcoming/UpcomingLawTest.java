package org.agreementledger.upcoming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.FoldedTerms;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.time.Day;
import org.agreementledger.upcoming.Upcoming.Asked;
import org.agreementledger.upcoming.Upcoming.Place;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The days that matter, asked of the tables and found by walking the folds day by day. */
class UpcomingLawTest {

    private static final LocalDate FIRST = LocalDate.of(2020, 12, 25);
    private static final LocalDate LAST = LocalDate.of(2021, 9, 1);
    private static final int AGREEMENTS = 5;
    private static final int OFFERS = 50;
    private static final Set<String> SOME = Set.of("agreement-1", "agreement-3");

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, 4).mapToObj(seed -> Arguments.of(database, seed)));
    }

    /** One day of one term, as both ways of reading say it. */
    private record Found(LocalDate on, String agreementId, String key, String what, int setBy) {
        static final Comparator<Found> ORDER =
                Comparator.comparing(Found::on)
                        .thenComparing(Found::agreementId)
                        .thenComparing(Found::key);
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_days_that_matter_are_those_on_which_the_fold_turns(TestDatabase database, int seed) {
        try (LedgerNode node = recorded(database, seed)) {
            Random random = new Random(seed);
            long newest = node.log().newest();
            for (long position : List.of(newest, random.nextLong(newest))) {
                Moment moment = node.readModels().resolve(new KnownAt.Through(position));
                for (View view : View.values()) {
                    Asked asked = new Asked(FIRST, LAST, null, null, null, moment, view);
                    assertThat(
                                    paged(node, asked, random).stream()
                                            .map(date ->
                                                    new Found(
                                                            date.on(),
                                                            date.agreementId(),
                                                            date.key(),
                                                            date.what(),
                                                            date.setBy().sequence()))
                                            .toList())
                            .as("%s at @%d, seed %d", view, position, seed)
                            .isEqualTo(walked(folds(node, position), view));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_next_days_of_some_agreements_are_the_first_of_each(TestDatabase database, int seed) {
        try (LedgerNode node = recorded(database, seed)) {
            Moment now = node.readModels().resolve(new KnownAt.Now());
            Asked asked = new Asked(FIRST, LAST, null, null, null, now, View.CONFIRMED);
            Map<String, List<DateAnswer>> expected =
                    paged(node, asked, new Random(seed)).stream()
                            .filter(date -> SOME.contains(date.agreementId()))
                            .collect(
                                    Collectors.groupingBy(
                                            DateAnswer::agreementId,
                                            Collectors.collectingAndThen(
                                                    Collectors.toList(),
                                                    dates ->
                                                            dates.subList(
                                                                    0,
                                                                    Math.min(3, dates.size())))));

            assertThat(node.upcoming().next(asked, SOME, 3)).isEqualTo(expected).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void a_term_is_stale_when_the_last_word_on_it_is_older_than_asked(
            TestDatabase database, int seed) {
        try (LedgerNode node = recorded(database, seed)) {
            LocalDate day = LocalDate.of(2021, 6, 15);
            Period period = Period.ofMonths(2);
            Moment now = node.readModels().resolve(new KnownAt.Now());
            Asked asked = new Asked(day, day, null, null, period, now, View.CONFIRMED);
            List<String> expected = new ArrayList<>();
            folds(node, now.position())
                    .forEach((id, fold) ->
                            new FoldedTerms(fold)
                                    .asOf(day, now, View.CONFIRMED).orElseThrow().terms().stream()
                                            .filter(term ->
                                                    !lastWord(term).plus(period).isAfter(day))
                                            .forEach(term ->
                                                    expected.add(
                                                            id
                                                                    + " "
                                                                    + term.key()
                                                                    + " "
                                                                    + lastWord(term))));

            assertThat(
                            paged(node, asked, new Random(seed)).stream()
                                    .filter(date -> date.what().equals("stale"))
                                    .map(date ->
                                            date.agreementId()
                                                    + " "
                                                    + date.key()
                                                    + " "
                                                    + date.since()))
                    .isEqualTo(expected);
        }
    }

    private static LocalDate lastWord(HeldTerm term) {
        LocalDate set = Day.parse(term.setBy().occurredOn()).date();
        LocalDate affirmed =
                term.affirmedBy() == null ? set : Day.parse(term.affirmedBy().occurredOn()).date();
        return set.isAfter(affirmed) ? set : affirmed;
    }

    private LedgerNode recorded(TestDatabase database, int seed) {
        LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
        List<Receipt> receipts =
                node.ledger()
                        .recordAll(
                                RandomLedger.of(seed, AGREEMENTS, OFFERS).stream()
                                        .map(entry ->
                                                new Submission(
                                                        new RecordEntry(entry, null),
                                                        Actor.local("ada"),
                                                        null))
                                        .toList());
        assertThat(node.readModels().await(receipts, Duration.ofSeconds(60))).isTrue();
        return node;
    }

    /** In pages of any size. */
    private static List<DateAnswer> paged(LedgerNode node, Asked asked, Random random) {
        List<DateAnswer> all = new ArrayList<>();
        Place after = Place.FIRST;
        while (true) {
            List<DateAnswer> page = node.upcoming().dates(asked, after, 1 + random.nextInt(9));
            if (page.isEmpty()) {
                return all;
            }
            all.addAll(page);
            after = Upcoming.place(page.getLast());
        }
    }

    private static Map<AgreementId, AgreementFold> folds(LedgerNode node, long through) {
        Map<AgreementId, AgreementFold> folds = new TreeMap<>();
        for (Logged logged : node.log().read(-1, Integer.MAX_VALUE)) {
            if (logged.log().position() <= through) {
                AgreementId id = logged.log().agreementId();
                AgreementFold before = folds.getOrDefault(id, AgreementFold.EMPTY);
                folds.put(id, before.with(logged.event().entry(), logged.log().position()));
            }
        }
        return folds;
    }

    private static List<Found> walked(Map<AgreementId, AgreementFold> folds, View view) {
        List<Found> found = new ArrayList<>();
        folds.forEach((id, fold) -> {
            var terms = fold.history().fold(view).terms();
            for (TermKey key : terms.keys()) {
                for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
                    turned(id, key, day, terms.on(key, day.minusDays(1)), terms.on(key, day))
                            .ifPresent(found::add);
                }
            }
        });
        found.sort(Found.ORDER);
        return found;
    }

    private static Optional<Found> turned(
            AgreementId id, TermKey key, LocalDate day, TermState before, TermState after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        Optional<PlacedAction> was = before.held();
        Optional<PlacedAction> is = after.held();
        String what =
                switch (after) {
                    case TermState.Held(PlacedAction by) ->
                            was.isEmpty()
                                    ? "starts"
                                    : by.action() instanceof TermAction.Disclose
                                            ? "disclosed"
                                            : "changes";
                    case TermState.Retired _ -> "retires";
                    case TermState.Closed _ -> "closes";
                    case TermState.Absent _ -> "lapses";
                };
        return is.or(() -> was)
                .map(shown -> new Found(day, id.value(), key.value(), what, shown.sequence()));
    }
}
