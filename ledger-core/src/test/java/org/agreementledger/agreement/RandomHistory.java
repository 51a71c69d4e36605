package org.agreementledger.agreement;

import static org.agreementledger.agreement.Entries.*;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.PartyChange;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.TermAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermValue;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * A history made up from a seed: every kind, retroactive, future-dated, temporary, corrected,
 * withdrawn, reported, confirmed, closed and lapsing. Few keys and few days, so that they collide.
 *
 * @param entries those accepted, in order
 * @param offers those and the refused ones, in order
 */
public record RandomHistory(long seed, List<Entry> entries, List<Offer> offers) {

    /**
     * @param sequence of the history it was offered to
     * @param refusedBy null where it was accepted
     */
    public record Offer(int sequence, Entry entry, @Nullable Rule refusedBy) {}

    public static final LocalDate TODAY = LocalDate.of(2021, 7, 1);

    private static final List<String> KEYS = List.of("rate", "fee", "secrecy", "venue");

    private static final List<String> PAST =
            List.of(
                    "2021",
                    "2021-01-31",
                    "2021-02",
                    "2021-02-28",
                    "2021-03",
                    "2021-03-01",
                    "2021-03-02",
                    "2021-03-31",
                    "2021-04-15",
                    "2021-05-31",
                    "2021-06",
                    "2021-06-20");

    private static final List<String> FUTURE = List.of("2021-07-15", "2021-08", "2021-08-02");

    private static final List<String> STATEMENTS = List.of("one", "two", "three");

    private static final List<String> QUOTES =
            List.of("the words", "The  Words ", "other words", "quite other words");

    private static final List<TermValue> VALUES =
            List.of(
                    new TermValue.Money(new Decimal("12.50"), "USD", null),
                    new TermValue.Money(new Decimal("12.5"), "USD", null),
                    new TermValue.Money(new Decimal("12.5"), "USD", TermValue.Qualifier.UP_TO),
                    new TermValue.Flag(true, null),
                    new TermValue.OnDay(Day.parse("2021"), null),
                    new TermValue.OnDay(Day.parse("2021-01-01"), null));

    private static final List<Party> PARTIES =
            List.of(ACME, GLOBEX, new Party("initech", "Initech"), new Party("acme", "Acme plc"));

    public static RandomHistory of(long seed) {
        return of(seed, AGREEMENT, 70);
    }

    /** Of {@code offers} entries about half are accepted. */
    public static RandomHistory of(long seed, AgreementId agreementId, int offers) {
        return new Writer(new Random(seed), agreementId).write(seed, offers);
    }

    public History history() {
        return History.of(entries);
    }

    /** Every day on which anything may begin or end. */
    public static SortedSet<LocalDate> daysOfInterest() {
        SortedSet<LocalDate> days = new TreeSet<>();
        PAST.forEach(day -> days.add(Day.parse(day).date()));
        FUTURE.forEach(day -> days.add(Day.parse(day).date()));
        return days;
    }

    /** One history under way. */
    private static final class Writer {
        private final Random random;
        private final AgreementId agreementId;
        private Agreement agreement = Agreement.unopened();
        private int refs;

        Writer(Random random, AgreementId agreementId) {
            this.random = random;
            this.agreementId = agreementId;
        }

        RandomHistory write(long seed, int count) {
            List<Offer> offers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int sequence = agreement.history().size();
                Entry entry = in(agreementId, sequence == 0 ? opening() : next());
                Rule refusedBy = null;
                try {
                    agreement =
                            agreement.evolve(agreement.decide(new RecordEntry(entry, null), TODAY));
                } catch (Refused refusal) {
                    refusedBy = refusal.rule();
                }
                offers.add(new Offer(sequence, entry, refusedBy));
            }
            return new RandomHistory(seed, agreement.history().entries(), offers);
        }

        private Entry next() {
            int dice = random.nextInt(100);
            if (dice < 17) {
                return correction();
            } else if (dice < 25) {
                return withdrawal(pick(PAST), target(chance(50)));
            } else if (dice < 36) {
                return confirmation(pick(PAST), target(chance(85)));
            }
            return dice < 37 ? opening() : named(original());
        }

        private Original original() {
            Original entry = plain();
            if (chance(15)) {
                entry = effective(chance(60) ? pick(FUTURE) : pick(PAST), entry);
            }
            if (chance(3)) {
                entry = nonBinding(entry);
            }
            return chance(25) ? reported(entry) : entry;
        }

        private Original plain() {
            int dice = random.nextInt(100);
            if (dice < 5) {
                return closing();
            } else if (dice < 10) {
                return restatement();
            } else if (dice < 60) {
                return amendment();
            } else if (dice < 78) {
                return announcement(occurredOn(), statements());
            }
            return dice < 89
                    ? fundingRound(occurredOn(), statements())
                    : partnership(occurredOn(), statements());
        }

        private <E extends Entry> E named(E entry) {
            if (chance(15)) {
                refs = chance(90) ? refs + 1 : refs;
                return ref("ref-" + refs, entry);
            }
            return entry;
        }

        private Entry.Opening opening() {
            List<TermAction> terms = new ArrayList<>();
            for (String key : keys(random.nextInt(4))) {
                terms.add(introduction(key));
            }
            Entry.Opening opening =
                    Entries.opening(
                            chance(70) ? "2021" : pick(PAST), terms.toArray(TermAction[]::new));
            return chance(20) ? between(opening, ACME, PARTIES.get(2)) : opening;
        }

        private Entry.Closing closing() {
            String occurredOn = chance(70) ? late() : pick(PAST);
            return Entries.closing(occurredOn, keys(random.nextInt(4)).toArray(String[]::new));
        }

        private Amendment restatement() {
            List<TermAction> actions = new ArrayList<>(List.of(changes()));
            List<String> named =
                    actions.stream().map(a -> ((TermAction.Placeable) a).key().value()).toList();
            if (chance(40)) {
                actions.add(reaffirmAll("2021"));
            } else {
                KEYS.stream()
                        .filter(key -> !named.contains(key) && chance(85))
                        .forEach(key -> actions.add(reaffirm(key)));
            }
            return Entries.restatement(occurredOn(), actions.toArray(TermAction[]::new));
        }

        private Amendment amendment() {
            if (chance(10)) {
                return changingParties(
                        Entries.amendment(occurredOn(), chance(50) ? changes() : new TermAction[0]),
                        partyChange());
            }
            List<TermAction> actions = new ArrayList<>(List.of(changes()));
            if (chance(8)) {
                Collections.addAll(actions, statements());
            }
            return Entries.amendment(occurredOn(), actions.toArray(TermAction[]::new));
        }

        private PartyChange partyChange() {
            Party party = pick(PARTIES);
            return switch (random.nextInt(3)) {
                case 0 -> joins(party);
                case 1 -> leaves(party.id());
                default -> succeeds(pick(PARTIES).id(), party);
            };
        }

        private TermAction[] changes() {
            return keys(1 + random.nextInt(2)).stream()
                    .map(this::change)
                    .toArray(TermAction[]::new);
        }

        /** Mostly what fits the day on which it would start. */
        private TermAction change(String key) {
            String from = chance(75) ? pick(PAST) : pick(FUTURE);
            boolean inForce =
                    agreement
                            .history()
                            .fold(View.CONFIRMED)
                            .terms()
                            .on(new TermKey(key), Day.parse(from).date())
                            .held()
                            .isPresent();
            boolean introduces = chance(85) ? !inForce : inForce;
            if (introduces) {
                return from(from, introduction(key));
            }
            if (chance(30)) {
                TermAction.Retire retire = from(from, retire(key));
                return chance(30) ? until(pick(FUTURE), retire) : retire;
            }
            return from(from, provide(Entries.change(key, pick(STATEMENTS))));
        }

        private TermAction.Introduce introduction(String key) {
            return provide(introduce(key, pick(STATEMENTS)));
        }

        private <A extends TermAction.Provides> A provide(A action) {
            A provided = action;
            if (chance(40)) {
                provided = quoting(pick(QUOTES), provided);
            }
            if (chance(25)) {
                provided = valued(pick(VALUES), provided);
            }
            if (chance(10)) {
                provided = conditional("if asked", provided);
            }
            return chance(25) ? until(chance(60) ? late() : pick(FUTURE), provided) : provided;
        }

        private TermAction[] statements() {
            List<TermAction> actions = new ArrayList<>();
            for (String key : keys(random.nextInt(3))) {
                actions.add(chance(50) ? disclosure(key) : claim(key));
            }
            if (chance(12)) {
                actions.add(reaffirmAll(PAST.get(random.nextInt(4))));
            }
            return actions.toArray(TermAction[]::new);
        }

        private TermAction disclosure(String key) {
            String from = chance(90) ? pick(PAST) : pick(FUTURE);
            return provide(disclose(key, pick(STATEMENTS), from));
        }

        private TermAction claim(String key) {
            TermAction.Reaffirm claim =
                    chance(50) ? reaffirm(key) : reaffirm(key, PAST.get(random.nextInt(8)));
            if (chance(50)) {
                claim = quoting(pick(QUOTES), claim);
            }
            return chance(20) ? valued(pick(VALUES), claim) : claim;
        }

        private Entry correction() {
            int target = chance(8) ? 1 : sequence(chance(30));
            Original replacement = target == 1 ? opening() : original();
            if (chance(20)) {
                replacement =
                        standing(chance(50) ? Standing.CONFIRMED : Standing.REPORTED, replacement);
            } else {
                replacement = standing(null, replacement);
            }
            return Entries.correction(pick(PAST), target, named(replacement));
        }

        private Entry.Target target(boolean reported) {
            int sequence = sequence(reported);
            String ref =
                    agreement
                            .history()
                            .known(sequence)
                            .map(known -> known.entry().header().ref())
                            .orElse(null);
            return ref == null ? new Entry.Target.BySequence(sequence) : ref(ref);
        }

        private int sequence(boolean reported) {
            List<Integer> fitting =
                    agreement
                            .history()
                            .known(View.ALL)
                            .filter(k -> (k.standing() == Standing.REPORTED) == reported)
                            .map(Known::sequence)
                            .toList();
            return fitting.isEmpty() || chance(5)
                    ? 1 + random.nextInt(agreement.history().size() + 1)
                    : pick(fitting);
        }

        /** Mostly in the order of time; at times long past. */
        private String occurredOn() {
            int last = PAST.size() - 1;
            int now = Math.min(last, agreement.history().size() / 2);
            return chance(55) ? PAST.get(now + random.nextInt(last - now + 1)) : pick(PAST);
        }

        private String late() {
            return PAST.get(PAST.size() - 1 - random.nextInt(4));
        }

        private List<String> keys(int count) {
            List<String> keys = new ArrayList<>(KEYS);
            Collections.shuffle(keys, random);
            return chance(2) ? List.of("rate", "rate") : keys.subList(0, count);
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
