package org.agreementledger.readmodels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.FoldedTerms;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.replay.Replay.Check;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Timeline.Segment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of two ways of reading, on random histories of several agreements, interleaved. */
class ReadModelsLawTest {

    private static final int SEEDS = 2;
    private static final int AGREEMENTS = 3;
    private static final int OFFERS = 60;
    private static final int DAYS = 6;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, SEEDS)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    static Stream<Arguments> oneLedgerEach() {
        return Stream.of(TestDatabase.values()).map(database -> Arguments.of(database, 99L));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_answer_of_the_tables_equals_the_fold(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            record(node, interleaved(seed));
            Random random = new Random(seed);
            Map<AgreementId, AgreementFold> folds = new TreeMap<>();
            for (Logged logged : node.log().read(-1, Integer.MAX_VALUE)) {
                AgreementId id = logged.log().agreementId();
                AgreementFold fold = carryOn(folds, logged);
                Moment moment = new Moment(logged.log().position(), logged.log().recordedAt());
                FoldedTerms folded = new FoldedTerms(fold);
                for (View view : View.values()) {
                    for (LocalDate day : some(days(fold, view), random)) {
                        assertThat(node.terms().asOf(id, day, moment, view))
                                .as("%s on %s at %s, %s, seed %d", id, day, moment, view, seed)
                                .isEqualTo(folded.asOf(day, moment, view));
                    }
                }
            }
        }
    }

    /** Whatever a node has read by then, whoever writes, and whenever the tables are rebuilt. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void questions_asked_between_writes_are_answered_like_the_fold(
            TestDatabase database, long seed) {
        LedgerNode.Location location = database.fresh(folder);
        try (LedgerNode first = LedgerNode.open(location, Clock.systemUTC());
                LedgerNode second = another(first, database, location)) {
            List<LedgerNode> nodes = List.of(first, second);
            List<Submission> left = interleaved(seed);
            Map<AgreementId, AgreementFold> folds = new TreeMap<>();
            Random random = new Random(seed);
            long position = -1;
            for (int round = 0; !left.isEmpty(); round++) {
                int count = Math.min(left.size(), 1 + random.nextInt(20));
                record(nodes.get(round % 2), left.subList(0, count));
                left = left.subList(count, left.size());
                if (round == 3) {
                    second.rebuilds().run(2, _ -> {});
                }
                for (Logged logged : first.log().read(position, Integer.MAX_VALUE)) {
                    position = logged.log().position();
                    carryOn(folds, logged);
                }
                for (LedgerNode node : nodes) {
                    assertThat(node.readModels().awaitPosition(position, SOON)).isTrue();
                    Moment now = node.readModels().resolve(new KnownAt.Now());
                    long earlier = random.nextLong(now.position() + 1);
                    requireLikeTheFold(node, folds, now, random);
                    requireLikeTheFold(node, folds, new Moment(earlier, now.knownAt()), random);
                }
            }
        }
    }

    /** The embedded database has one node only. */
    private static LedgerNode another(
            LedgerNode first, TestDatabase database, LedgerNode.Location location) {
        return database == TestDatabase.H2 ? first : LedgerNode.open(location, Clock.systemUTC());
    }

    private static void requireLikeTheFold(
            LedgerNode node, Map<AgreementId, AgreementFold> folds, Moment moment, Random random) {
        folds.forEach((id, newest) -> {
            AgreementFold fold = newest.upTo(moment.position());
            FoldedTerms folded = new FoldedTerms(fold);
            for (View view : View.values()) {
                for (LocalDate day : some(days(newest, view), random)) {
                    assertThat(node.terms().asOf(id, day, moment, view))
                            .as("%s on %s at %s, %s", id, day, moment, view)
                            .isEqualTo(folded.asOf(day, moment, view));
                }
            }
        });
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void the_list_counts_what_the_fold_counts(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            record(node, interleaved(seed));
            Map<AgreementId, AgreementFold> folds = new TreeMap<>();
            for (Logged logged : node.log().read(-1, Integer.MAX_VALUE)) {
                long position = logged.log().position();
                AgreementFold fold = carryOn(folds, logged);
                Moment moment = new Moment(position, logged.log().recordedAt());
                LocalDate day = LocalDate.of(2021, 1 + (int) (position % 8), 1);
                for (View view : View.values()) {
                    TermsAnswer terms = new FoldedTerms(fold).asOf(day, moment, view).orElseThrow();
                    AgreementSummary listed =
                            node.terms()
                                    .list(
                                            day,
                                            moment,
                                            view,
                                            null,
                                            terms.agreementId(),
                                            null,
                                            null,
                                            1)
                                    .getFirst();

                    assertThat(listed.agreementId()).isEqualTo(terms.agreementId());
                    assertThat(listed.sequence()).isEqualTo(terms.sequence());
                    assertThat(listed.lastEntry().position()).isEqualTo(position);
                    assertThat(listed.status()).isEqualTo(terms.status());
                    assertThat(listed.termsInForce()).isEqualTo(terms.terms().size());
                    assertThat(listed.changes())
                            .as("%s, %s, seed %d", moment, view, seed)
                            .isEqualTo(changes(fold, view));
                }
            }
        }
    }

    private static long changes(AgreementFold fold, View view) {
        History history = fold.history();
        return IntStream.rangeClosed(1, history.size())
                .filter(sequence -> history.known(sequence).map(k -> k.isSeenIn(view)).orElse(true))
                .filter(sequence ->
                        Findings.of(history.upTo(sequence - 1), history.upTo(sequence))
                                        .effect()
                                        .sum()
                                == Effect.Sum.CHANGED)
                .count();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void building_them_again_gives_the_same_rows(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            record(node, interleaved(seed));
            Map<String, List<String>> before = rows(node);

            for (int segments : List.of(1, 3)) {
                node.rebuilds().run(segments, _ -> {});

                assertThat(rows(node)).as("seed %d", seed).isEqualTo(before);
            }
            assertThat(before.get("term_version")).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void an_answer_for_an_earlier_moment_never_changes(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            List<Submission> all = interleaved(seed);
            record(node, all.subList(0, all.size() / 2));
            Moment then = node.readModels().resolve(new KnownAt.Now());
            List<TermsAnswer> before = answers(node, then, seed);
            List<ConstancyAnswer> constancy = constancy(node, then);
            List<AgreementSummary> lists = lists(node, then);

            record(node, all.subList(all.size() / 2, all.size()));

            assertThat(node.readModels().position()).isGreaterThan(then.position());
            assertThat(answers(node, then, seed)).as("seed %d", seed).isEqualTo(before);
            assertThat(constancy(node, then)).as("seed %d", seed).isEqualTo(constancy);
            assertThat(lists(node, then)).as("seed %d", seed).isEqualTo(lists);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneLedgerEach")
    void a_check_finds_nothing_until_a_row_is_altered(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            record(node, interleaved(seed));
            Moment now = node.readModels().resolve(new KnownAt.Now());

            Check sound = node.replay().check(null, now, _ -> {});

            assertThat(sound.differences()).isEmpty();
            assertThat(sound.entries()).isEqualTo(now.position() + 1);
            assertThat(sound.questions()).isGreaterThan(100);

            node.database()
                    .jdbc()
                    .sql("update term_wording set statement = 'forged' where statement = 'one'")
                    .update();
            Check forged = node.replay().check(null, now, _ -> {});

            assertThat(forged.differences())
                    .isNotEmpty()
                    .allSatisfy(difference -> assertThat(difference.read()).contains("forged"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneLedgerEach")
    void a_restart_goes_on_where_the_read_models_were(TestDatabase database, long seed) {
        LedgerNode.Location location = database.fresh(folder);
        List<Submission> all = interleaved(seed);
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            record(node, all.subList(0, all.size() / 2));
        }
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            record(node, all.subList(all.size() / 2, all.size()));
            Moment now = node.readModels().resolve(new KnownAt.Now());
            assertThat(now.position()).isEqualTo(all.size() - 1);
            assertThat(node.replay().check(null, now, _ -> {}).differences()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneLedgerEach")
    void a_step_that_failed_half_way_is_taken_again_whole(TestDatabase database, long seed) {
        try (LedgerNode node = open(database)) {
            List<Submission> all = interleaved(seed);
            record(node, all.subList(0, all.size() / 2));
            node.database()
                    .jdbc()
                    .sql("alter table " + database.models() + ".term_mark rename to hidden")
                    .update();
            List<Receipt> receipts =
                    node.ledger().recordAll(all.subList(all.size() / 2, all.size()));
            awaitFailure(node);

            node.database()
                    .jdbc()
                    .sql("alter table " + database.models() + ".hidden rename to term_mark")
                    .update();

            assertThat(node.readModels().await(receipts, SOON)).isTrue();
            Moment now = node.readModels().resolve(new KnownAt.Now());
            assertThat(now.position()).isEqualTo(all.size() - 1);
            assertThat(node.replay().check(null, now, _ -> {}).differences()).isEmpty();
        }
    }

    private static void awaitFailure(LedgerNode node) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (node.readModels().failure().isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static AgreementFold carryOn(Map<AgreementId, AgreementFold> folds, Logged logged) {
        AgreementId id = logged.log().agreementId();
        AgreementFold fold =
                folds.getOrDefault(id, AgreementFold.EMPTY)
                        .with(logged.event().entry(), logged.log().position());
        folds.put(id, fold);
        return fold;
    }

    private LedgerNode open(TestDatabase database) {
        return LedgerNode.open(database.fresh(folder), Clock.systemUTC());
    }

    private static void record(LedgerNode node, List<Submission> submissions) {
        List<Receipt> receipts = node.ledger().recordAll(submissions);
        assertThat(node.readModels().await(receipts, SOON)).isTrue();
    }

    private static List<Submission> interleaved(long seed) {
        return RandomLedger.of(seed, AGREEMENTS, OFFERS).stream()
                .map(entry ->
                        new Submission(new RecordEntry(entry, null), Actor.local("ada"), null))
                .toList();
    }

    private static List<TermsAnswer> answers(LedgerNode node, Moment moment, long seed) {
        Random random = new Random(seed);
        List<TermsAnswer> answers = new ArrayList<>();
        for (int i = 0; i < AGREEMENTS; i++) {
            AgreementId id = new AgreementId("agreement-" + i);
            for (View view : View.values()) {
                for (int day = 0; day < 300; day += 1 + random.nextInt(20)) {
                    node.terms()
                            .asOf(id, LocalDate.of(2021, 1, 1).plusDays(day), moment, view)
                            .ifPresent(answers::add);
                }
            }
        }
        assertThat(answers).isNotEmpty();
        return answers;
    }

    private static List<AgreementSummary> lists(LedgerNode node, Moment moment) {
        List<AgreementSummary> lists = new ArrayList<>();
        for (View view : View.values()) {
            for (int month = 1; month <= 8; month++) {
                LocalDate day = LocalDate.of(2021, month, 1);
                lists.addAll(node.terms().list(day, moment, view, null, null, null, null, 100));
            }
        }
        assertThat(lists).hasSize(2 * 8 * AGREEMENTS);
        return lists;
    }

    private static List<ConstancyAnswer> constancy(LedgerNode node, Moment moment) {
        List<ConstancyAnswer> answers = new ArrayList<>();
        for (int i = 0; i < AGREEMENTS; i++) {
            AgreementId id = new AgreementId("agreement-" + i);
            for (View view : View.values()) {
                node.constancy()
                        .between(
                                id,
                                LocalDate.of(2021, 1, 1),
                                LocalDate.of(2021, 7, 1),
                                moment,
                                view)
                        .ifPresent(answers::add);
            }
        }
        assertThat(answers).anySatisfy(answer -> assertThat(answer.entries()).isNotEmpty());
        return answers;
    }

    private static List<LocalDate> some(SortedSet<LocalDate> days, Random random) {
        List<LocalDate> some = new ArrayList<>(days);
        while (some.size() > DAYS) {
            some.remove(random.nextInt(some.size()));
        }
        return some;
    }

    /** The days on which anything starts or ends, and those before. */
    private static SortedSet<LocalDate> days(AgreementFold fold, View view) {
        SortedSet<LocalDate> days = new TreeSet<>();
        Terms terms = fold.history().fold(view).terms();
        for (TermKey key : terms.keys()) {
            for (Segment<?> segment : terms.timeline(key).segments()) {
                days.add(segment.from());
                days.add(segment.from().minusDays(1));
                days.add(segment.to().minusDays(1));
            }
        }
        fold.history().known(view).forEach(k -> days.add(k.entry().header().occurredOn().date()));
        days.addAll(fold.history().fold(view).parties().breaks());
        return days;
    }

    private static Map<String, List<String>> rows(LedgerNode node) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : ModelTables.NAMES) {
            rows.put(
                    table,
                    node
                            .database()
                            .jdbc()
                            .sql("select * from " + table)
                            .query()
                            .listOfRows()
                            .stream()
                            .map(Object::toString)
                            .sorted()
                            .toList());
        }
        return rows;
    }
}
