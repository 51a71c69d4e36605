package org.agreementledger.difference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.View;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.difference.DifferenceQuery.Point;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermKey;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The difference read from the tables is the difference of two folds, at any two points. */
class DifferenceLawTest {

    private static final int SEEDS = 4;
    private static final int AGREEMENTS = 2;
    private static final int QUESTIONS = 400;

    @TempDir Path folder;

    static Stream<Arguments> ledgers() {
        return Stream.of(TestDatabase.values())
                .flatMap(database ->
                        IntStream.rangeClosed(1, SEEDS)
                                .mapToObj(seed -> Arguments.of(database, (long) seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("ledgers")
    void a_difference_equals_that_of_two_folds(TestDatabase database, long seed) {
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
            Random random = new Random(seed);
            List<Logged> log = node.log().read(-1, Integer.MAX_VALUE);
            int told = 0;
            for (int i = 0; i < QUESTIONS; i++) {
                AgreementId id = new AgreementId("agreement-" + random.nextInt(AGREEMENTS));
                View view = View.values()[random.nextInt(2)];
                Point from = point(log, random);
                Point to = point(log, random);
                Optional<Map<String, String>> expected =
                        expected(history(log, id, from), history(log, id, to), from, to, view);
                Optional<DifferenceAnswer> answer = node.difference().between(id, from, to, view);
                assertThat(answer.map(DifferenceLawTest::outcomes))
                        .as("%s from %s to %s, %s, seed %d", id, from, to, view, seed)
                        .isEqualTo(expected);
                told += expected.map(Map::size).orElse(0);
            }
            assertThat(told).isGreaterThan(QUESTIONS);
        }
    }

    private static Point point(List<Logged> log, Random random) {
        Logged last = log.get(random.nextInt(log.size()));
        return new Point(
                LocalDate.of(2020, 12, 20).plusDays(random.nextInt(330)),
                new Moment(last.log().position(), last.log().recordedAt()));
    }

    private static History history(List<Logged> log, AgreementId id, Point point) {
        History history = History.EMPTY;
        for (Logged logged : log) {
            if (logged.log().position() <= point.knownAt().position()
                    && logged.log().agreementId().equals(id)) {
                history = history.with(logged.event().entry());
            }
        }
        return history;
    }

    private static Optional<Map<String, String>> expected(
            History before, History after, Point from, Point to, View view) {
        if (before.size() == 0 && after.size() == 0) {
            return Optional.empty();
        }
        Map<String, String> outcomes = new TreeMap<>();
        Map<TermKey, PlacedAction> was = before.fold(view).terms().on(from.validOn());
        Map<TermKey, PlacedAction> is = after.fold(view).terms().on(to.validOn());
        for (TermKey key : new TreeSet<>(keys(was, is))) {
            PlacedAction a = was.get(key);
            PlacedAction b = is.get(key);
            if (a == null) {
                outcomes.put(key.value(), "added");
            } else if (b == null) {
                outcomes.put(key.value(), "removed");
            } else if (!Objects.equals(a.content(), b.content())
                    || !a.provision()
                            .map(p -> String.valueOf(p.quote()))
                            .equals(b.provision().map(p -> String.valueOf(p.quote())))) {
                outcomes.put(key.value(), "changed");
            }
        }
        List<Party> gone = new ArrayList<>(before.fold(view).parties().on(from.validOn()));
        List<Party> come = new ArrayList<>(after.fold(view).parties().on(to.validOn()));
        List<Party> stayed = new ArrayList<>(gone);
        stayed.retainAll(come);
        gone.removeAll(stayed);
        come.removeAll(stayed);
        outcomes.put("parties", come + " come, gone " + gone);
        return Optional.of(outcomes);
    }

    private static List<TermKey> keys(
            Map<TermKey, PlacedAction> was, Map<TermKey, PlacedAction> is) {
        List<TermKey> keys = new ArrayList<>(was.keySet());
        keys.addAll(is.keySet());
        return keys;
    }

    private static Map<String, String> outcomes(DifferenceAnswer answer) {
        Map<String, String> outcomes = new TreeMap<>();
        answer.terms().forEach(term -> outcomes.put(term.key(), term.outcome()));
        outcomes.put(
                "parties", answer.parties().added() + " come, gone " + answer.parties().removed());
        return outcomes;
    }
}
