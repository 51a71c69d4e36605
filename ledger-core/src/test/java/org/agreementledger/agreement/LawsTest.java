package org.agreementledger.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.terms.Content;
import org.agreementledger.terms.Fingerprint;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.TermTimeline;
import org.agreementledger.terms.Terms;
import org.agreementledger.time.Timeline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the design on random histories, against an oracle that knows only its words. */
@Execution(ExecutionMode.CONCURRENT)
class LawsTest {

    private static final int HISTORIES = 500;

    private static final Set<LocalDate> DAYS = withNeighbours(RandomHistory.daysOfInterest());

    private static Set<LocalDate> withNeighbours(SortedSet<LocalDate> days) {
        Set<LocalDate> all = new TreeSet<>();
        for (LocalDate day : days) {
            all.addAll(List.of(day.minusDays(1), day, day.plusDays(1)));
        }
        all.add(LocalDate.of(2033, 1, 1));
        return all;
    }

    static LongStream seeds() {
        return LongStream.range(0, HISTORIES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_fold_equals_the_oracle(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        Random random = new Random(seed);
        History history = History.EMPTY;
        for (int n = 1; n <= made.entries().size(); n++) {
            history = history.with(made.entries().get(n - 1));
            boolean whole = n == made.entries().size();
            for (View view : View.values()) {
                Fold fold = history.fold(view);
                Oracle oracle = Oracle.at(made.entries(), n, view);
                for (LocalDate day : DAYS) {
                    if (whole || random.nextInt(8) == 0) {
                        String at = "seed %d, %s after %d on %s".formatted(seed, view, n, day);
                        assertThat(contents(fold, day)).as(at).isEqualTo(oracle.terms(day));
                        assertThat(fold.parties().on(day))
                                .as(at)
                                .extracting(party -> Map.entry(party.id(), party.name()))
                                .containsExactlyElementsOf(oracle.parties(day).entrySet());
                        assertThat(fold.fingerprint(day).hex())
                                .as(at)
                                .isEqualTo(oracle.fingerprint(day));
                    }
                }
            }
        }
    }

    private static Map<String, String> contents(Fold fold, LocalDate day) {
        Map<String, String> contents = new TreeMap<>();
        fold.terms()
                .on(day)
                .forEach((key, by) -> contents.put(key.value(), by.content().canonical()));
        return contents;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void effects_fingerprints_and_verdicts_equal_the_oracles(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        History before = History.EMPTY;
        for (int n = 1; n <= made.entries().size(); n++) {
            History after = before.with(made.entries().get(n - 1));
            Findings findings = Findings.of(before, after);
            Oracle.Findings expected = Oracle.findings(made.entries(), n, DAYS);
            String at = "seed %d, entry %d: %s".formatted(seed, n, after.entry(n));
            assertThat(said(findings.effect())).as(at).isEqualTo(expected.effect());
            assertThat(findings.before().hex()).as(at).isEqualTo(expected.before());
            assertThat(findings.after().hex()).as(at).isEqualTo(expected.after());
            assertThat(findings.verdicts())
                    .as(at)
                    .extracting(verdict -> verdict.key() + " " + verdict.verdict())
                    .containsExactlyElementsOf(expected.verdicts());
            for (Verdict verdict : findings.verdicts()) {
                assertThat(verdict.difference().isEmpty())
                        .as(at)
                        .isEqualTo(verdict.verdict() != Verdict.Finding.REWORDED);
            }
            before = after;
        }
    }

    private static Oracle.Effect said(Effect effect) {
        return new Oracle.Effect(
                effect.sum().name(),
                names(effect.introduced()),
                names(effect.changed()),
                names(effect.retired()),
                names(effect.disclosed()),
                names(effect.corrected()),
                effect.partiesChanged());
    }

    private static Set<String> names(Set<TermKey> keys) {
        return keys.stream().map(TermKey::value).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void constancy_equals_the_oracles(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        Random random = new Random(seed);
        List<LocalDate> days = new ArrayList<>(DAYS);
        days.removeLast();
        for (int i = 0; i < 16; i++) {
            int n = i < 8 ? made.entries().size() : 1 + random.nextInt(made.entries().size());
            View view = View.values()[i % 2];
            int first = random.nextInt(days.size());
            LocalDate from = days.get(first);
            LocalDate to = days.get(first + random.nextInt(days.size() - first));
            Oracle.Constancy expected = Oracle.at(made.entries(), n, view).constancy(from, to);
            Constancy constancy = Constancy.between(made.history().upTo(n).fold(view), from, to);
            assertThat(said(constancy))
                    .as("seed %d, %s after %d, %s to %s", seed, view, n, from, to)
                    .isEqualTo(expected);
            if (constancy.unchanged()) {
                assertThat(constancy.fingerprintFrom()).isEqualTo(constancy.fingerprintTo());
            }
        }
    }

    private static Oracle.Constancy said(Constancy constancy) {
        return new Oracle.Constancy(
                constancy.unchanged(),
                constancy.fingerprintFrom().hex(),
                constancy.fingerprintTo().hex(),
                constancy.parties().outcome().name(),
                constancy.terms().stream()
                        .collect(
                                Collectors.toMap(
                                        term -> term.key().value(),
                                        term -> term.outcome().name(),
                                        (one, _) -> one,
                                        TreeMap::new)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_the_history_refuses_the_oracle_refuses(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        Set<Rule> compared =
                Set.of(
                        Rule.AGREEMENT_CLOSED,
                        Rule.TERM_ALREADY_IN_FORCE,
                        Rule.TERM_NOT_IN_FORCE,
                        Rule.TERM_ALREADY_KNOWN,
                        Rule.RESTATEMENT_INCOMPLETE,
                        Rule.HISTORY_CONTRADICTS);
        for (RandomHistory.Offer offer : made.offers()) {
            if (offer.refusedBy() == null || compared.contains(offer.refusedBy())) {
                List<Entry> entries = made.entries().subList(0, offer.sequence());
                assertThat(Oracle.refusal(entries, offer.entry()))
                        .as("seed %d, after %d: %s", seed, offer.sequence(), offer.entry())
                        .isEqualTo(offer.refusedBy());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_confirmed_action_is_ever_objected_to(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        for (int n = 1; n <= made.entries().size(); n++) {
            assertThat(Oracle.at(made.entries(), n, View.CONFIRMED).objections())
                    .as("seed %d after %d", seed, n)
                    .isEmpty();
        }
    }

    /** Law 3. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_was_known_never_changes(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        History whole = made.history();
        List<Object> then = new ArrayList<>();
        History growing = History.EMPTY;
        for (Entry entry : made.entries()) {
            growing = growing.with(entry);
            then.add(answers(growing));
        }
        for (int n = 1; n <= whole.size(); n++) {
            assertThat(answers(whole.upTo(n)))
                    .as("seed %d, known at %d", seed, n)
                    .isEqualTo(then.get(n - 1));
        }
    }

    /** All that a history answers: from scratch and step by step it must be the same. */
    private static List<Object> answers(History history) {
        List<Object> answers = new ArrayList<>(history.entries());
        for (View view : View.values()) {
            Fold fold = history.fold(view);
            answers.add(history.known(view).toList());
            for (TermKey key : new TreeSet<>(fold.terms().keys())) {
                answers.add(fold.terms().timeline(key).segments());
                answers.add(fold.terms().timeline(key).actions());
            }
            DAYS.forEach(day -> {
                answers.add(fold.terms().on(day));
                answers.add(fold.parties().on(day));
                answers.add(history.status(view, day));
            });
        }
        return answers;
    }

    /** What a difference leaves out is the same before and after. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_difference_holds_all_that_differs(long seed) {
        History before = History.EMPTY;
        for (Entry entry : RandomHistory.of(seed).entries()) {
            History after = before.with(entry);
            for (View view : View.values()) {
                Terms was = before.fold(view).terms();
                Terms is = after.fold(view).terms();
                for (TermKey key : union(was.keys(), is.keys())) {
                    Set<Object> expected = all(is.saidOf(key));
                    Set<Object> patched = all(was.saidOf(key));
                    is.saidOf(key)
                            .differenceFrom(was.saidOf(key))
                            .ifPresent(difference -> {
                                patched.removeAll(items(difference.before()));
                                patched.addAll(items(difference.after()));
                            });
                    assertThat(patched)
                            .as("seed %d, %s after %d, %s", seed, view, after.size(), key)
                            .isEqualTo(expected);
                }
            }
            before = after;
        }
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<Object> all(TermTimeline timeline) {
        Set<Object> all = new HashSet<>(timeline.segments());
        List<PlacedAction> shown =
                timeline.segments().stream()
                        .map(Timeline.Segment::value)
                        .flatMap(state ->
                                switch (state) {
                                    case TermState.Held(PlacedAction by) -> Stream.of(by);
                                    case TermState.Retired(PlacedAction by) -> Stream.of(by);
                                    case TermState.Closed _, TermState.Absent _ -> Stream.of();
                                })
                        .toList();
        timeline.actions().stream().filter(action -> !shown.contains(action)).forEach(all::add);
        return all;
    }

    private static List<Object> items(TermTimeline.Part part) {
        List<Object> items = new ArrayList<>(part.segments());
        items.addAll(part.overridden());
        return items;
    }

    /** Law 4. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void at_most_one_version_holds_on_a_day_and_the_overridden_ones_stay(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        History history = made.history();
        for (View view : View.values()) {
            Fold fold = history.fold(view);
            Set<PlacedAction> actions = new HashSet<>();
            for (TermKey key : fold.terms().keys()) {
                LocalDate end = LocalDate.MIN;
                for (Timeline.Segment<?> segment : fold.terms().timeline(key).segments()) {
                    assertThat(segment.from()).as("seed %d", seed).isBefore(segment.to());
                    assertThat(segment.from()).as("seed %d", seed).isAfterOrEqualTo(end);
                    end = segment.to();
                }
                actions.addAll(fold.terms().timeline(key).actions());
            }
            history.known(view)
                    .forEach(known ->
                            assertThat(actions)
                                    .as("seed %d", seed)
                                    .containsAll(Fold.placed(known.sequence(), known.entry())));
        }
    }

    /** Law 5. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_statement_changes_nothing(long seed) {
        History before = History.EMPTY;
        for (Entry entry : RandomHistory.of(seed).entries()) {
            History after = before.with(entry);
            switch (entry) {
                case Entry.Announcement _, Entry.FundingRound _, Entry.Partnership _ ->
                        assertThat(Findings.of(before, after).effect().sum())
                                .as("seed %d, entry %d", seed, after.size())
                                .isIn(Effect.Sum.UNCHANGED, Effect.Sum.DISCLOSED);
                case Entry.Opening _, Entry.Amendment _, Entry.Closing _, Revision _ -> {}
            }
            before = after;
        }
    }

    /** Law 6. */
    @Test
    void fingerprints_are_equal_exactly_where_parties_and_contents_are() {
        Map<Fingerprint, Object> contents = new HashMap<>();
        Map<Object, Fingerprint> fingerprints = new HashMap<>();
        seeds().forEach(seed -> {
            History history = RandomHistory.of(seed).history();
            for (View view : View.values()) {
                for (LocalDate day : DAYS) {
                    Fold fold = history.fold(view);
                    List<Content> terms =
                            fold.terms().on(day).values().stream()
                                    .map(PlacedAction::content)
                                    .toList();
                    Set<String> parties =
                            fold.parties().on(day).stream()
                                    .map(Party::id)
                                    .collect(Collectors.toSet());
                    Object content = List.of(parties, terms);
                    Fingerprint print = fold.fingerprint(day);
                    assertThat(contents.put(print, content))
                            .as("seed %d on %s", seed, day)
                            .isIn(null, content);
                    assertThat(fingerprints.put(content, print))
                            .as("seed %d on %s", seed, day)
                            .isIn(null, print);
                }
            }
        });
        assertThat(fingerprints).hasSizeGreaterThan(1000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deciding_is_pure(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        Agreement agreement = Agreement.unopened();
        for (RandomHistory.Offer offer : made.offers()) {
            List<Object> before = answers(agreement.history());
            Optional<AgreementEvent> once = decided(agreement, offer.entry());
            Optional<AgreementEvent> twice = decided(agreement, offer.entry());
            assertThat(once).as("seed %d", seed).isEqualTo(twice);
            assertThat(once.isEmpty()).as("seed %d", seed).isEqualTo(offer.refusedBy() != null);
            assertThat(answers(agreement.history())).as("seed %d", seed).isEqualTo(before);
            agreement = once.map(agreement::evolve).orElse(agreement);
        }
    }

    private static Optional<AgreementEvent> decided(Agreement agreement, Entry entry) {
        try {
            return Optional.of(agreement.decide(new RecordEntry(entry, null), RandomHistory.TODAY));
        } catch (Refused _) {
            return Optional.empty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_withdrawn_entry_leaves_the_terms_as_if_it_had_never_been(long seed) {
        RandomHistory made = RandomHistory.of(seed);
        History history = made.history();
        List<Integer> targets = targets(made.entries());
        Random random = new Random(seed);
        for (int n = 2; n <= history.size(); n++) {
            Known known = history.known(n).orElse(null);
            if (known == null || known.isWithdrawn() || random.nextInt(4) > 0) {
                continue;
            }
            History without = history.with(Entries.withdrawal("2021-06-20", n));
            // An announcement in its place keeps the sequences of the others.
            List<Entry> never = new ArrayList<>(history.entries());
            for (int i = 0; i < never.size(); i++) {
                if (i == n - 1 || targets.get(i) == n) {
                    never.set(i, Entries.announcement("2021-06-20"));
                }
            }
            History others = History.of(never);
            for (View view : View.values()) {
                assertThat(held(without.fold(view)))
                        .as("seed %d without %d", seed, n)
                        .isEqualTo(held(others.fold(view)));
            }
        }
    }

    /** The sequence that each entry revises; 0 for the others. */
    private static List<Integer> targets(List<Entry> entries) {
        List<Integer> targets = new ArrayList<>();
        History history = History.EMPTY;
        for (Entry entry : entries) {
            targets.add(
                    entry instanceof Revision revision
                            ? history.find(revision.target()).orElseThrow()
                            : 0);
            history = history.with(entry);
        }
        return targets;
    }

    private static List<Object> held(Fold fold) {
        List<Object> held = new ArrayList<>();
        DAYS.forEach(day -> {
            held.add(fold.terms().on(day));
            held.add(fold.parties().on(day));
        });
        return held;
    }

    /** So that the laws are tested on what they are about. */
    @Test
    void the_random_histories_hold_every_case() {
        Map<String, Integer> cases = new TreeMap<>();
        Map<Rule, Integer> refusals = new TreeMap<>();
        Map<String, Integer> offered = new TreeMap<>();
        Map<String, Integer> found = new TreeMap<>();
        seeds().forEach(seed -> {
            RandomHistory made = RandomHistory.of(seed);
            made.offers()
                    .forEach(offer -> {
                        count(offered, offer.entry().kind().slug());
                        if (offer.refusedBy() != null) {
                            refusals.merge(offer.refusedBy(), 1, Integer::sum);
                        }
                    });
            History before = History.EMPTY;
            for (Entry entry : made.entries()) {
                History after = before.with(entry);
                count(cases, entry.kind().slug());
                traits(entry).forEach(trait -> count(cases, trait));
                Findings findings = Findings.of(before, after);
                count(found, "effect " + findings.effect().sum());
                findings.verdicts().forEach(v -> count(found, "verdict " + v.verdict()));
                before = after;
            }
            Fold known = before.fold(View.CONFIRMED);
            for (int month = 1; month < 8; month++) {
                LocalDate from = LocalDate.of(2021, month, 10);
                Constancy.between(known, from, from.plusMonths(1))
                        .terms()
                        .forEach(term -> count(found, "outcome " + term.outcome()));
            }
        });
        System.out.println("offered  " + offered);
        System.out.println("accepted " + cases);
        System.out.println("refused  " + refusals);
        System.out.println("found    " + found);
        for (Kind kind : Kind.values()) {
            assertThat(cases.getOrDefault(kind.slug(), 0)).as(kind.slug()).isGreaterThan(200);
        }
        assertThat(cases.values()).allMatch(count -> count > 100);
        assertThat(found.values()).allMatch(count -> count > 50);
        assertThat(found).hasSize(4 + 4 + 6);
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static List<String> traits(Entry entry) {
        List<String> traits = new ArrayList<>();
        if (entry.header().standing() == Standing.REPORTED) {
            traits.add("is reported");
        }
        if (entry instanceof Entry.Original original) {
            LocalDate occurredOn = entry.header().occurredOn().date();
            for (PlacedAction action : Fold.placed(0, original)) {
                if (action.validity().from().isBefore(occurredOn)) {
                    traits.add("works retroactively");
                }
                if (action.validity().from().isAfter(occurredOn)) {
                    traits.add("works from later");
                }
                if (action.action().validTo() != null) {
                    traits.add("works for a time");
                }
                traits.add("term " + action.action().getClass().getSimpleName());
            }
        }
        if (entry instanceof Entry.Amendment amendment) {
            if (amendment.restates()) {
                traits.add("restates");
            }
            if (!amendment.partyChanges().isEmpty()) {
                traits.add("changes parties");
            }
        }
        if (entry instanceof Entry.Closing closing && !closing.survives().isEmpty()) {
            traits.add("lets terms survive");
        }
        return traits;
    }
}
