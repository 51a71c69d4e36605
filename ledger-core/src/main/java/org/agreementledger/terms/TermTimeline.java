package org.agreementledger.terms;

import static org.agreementledger.terms.PlacedAction.DISCLOSURE_ORDER;
import static org.agreementledger.terms.PlacedAction.PRECEDENCE;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.agreementledger.time.Timeline;
import org.agreementledger.time.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Everything said of one key, in ascending rank, and what of it holds on each day. Immutable.
 *
 * <p>Instruments (introduce, change, retire) rank by precedence. A disclosure ranks directly above
 * the version that holds the key on its first day and ends no later than that one; where none
 * holds, below every instrument. So telling more of a term never undoes an instrument.
 */
public final class TermTimeline {

    private static final TermState ABSENT = new TermState.Absent();

    /**
     * @param base the instrument itself, or the one a disclosure tells more of; null for a
     *     disclosure without
     * @param validity the action's own, cut at the end of the base
     */
    private record Ranked(PlacedAction action, @Nullable PlacedAction base, Validity validity) {

        static final Comparator<Ranked> RANK =
                Comparator.comparing(Ranked::base, Comparator.nullsFirst(PRECEDENCE))
                        .thenComparing(ranked -> ranked.action().discloses())
                        .thenComparing(Ranked::action, DISCLOSURE_ORDER);
    }

    private final TermKey key;
    private final List<Ranked> ranked;
    private final List<Closing> closings;
    private final Timeline<TermState> states;

    private TermTimeline(TermKey key, List<Ranked> ranked, List<Closing> closings) {
        this.key = key;
        this.ranked = ranked;
        this.closings = closings;
        this.states = lay(ranked, closings);
    }

    static TermTimeline of(TermKey key, List<PlacedAction> actions, List<Closing> closings) {
        return new TermTimeline(
                key, rank(actions), closings.stream().filter(c -> c.ends(key)).toList());
    }

    private static List<Ranked> rank(List<PlacedAction> actions) {
        List<Ranked> ranked = new ArrayList<>(actions.size());
        actions.stream()
                .filter(action -> !action.discloses())
                .sorted(PRECEDENCE)
                .forEach(action -> ranked.add(new Ranked(action, action, action.validity())));
        if (ranked.size() == actions.size()) {
            return ranked;
        }
        Timeline.Builder<PlacedAction> instruments = Timeline.builder();
        ranked.forEach(instrument -> instruments.lay(instrument.validity(), instrument.action()));
        actions.stream()
                .filter(PlacedAction::discloses)
                .forEach(disclosure ->
                        ranked.add(
                                disclosure(
                                        disclosure, instruments.on(disclosure.validity().from()))));
        ranked.sort(Ranked.RANK);
        return ranked;
    }

    private static Ranked disclosure(PlacedAction disclosure, Optional<PlacedAction> instrument) {
        Validity own = disclosure.validity();
        return instrument
                .filter(base -> !base.retires())
                .map(base -> new Ranked(disclosure, base, endingWith(own, base.validity())))
                .orElseGet(() -> new Ranked(disclosure, null, own));
    }

    private static Validity endingWith(Validity own, Validity base) {
        return own.to().isAfter(base.to()) ? new Validity(own.from(), base.to()) : own;
    }

    private static Timeline<TermState> lay(List<Ranked> ranked, List<Closing> closings) {
        Timeline.Builder<TermState> states = Timeline.builder();
        for (Ranked layer : ranked) {
            states.lay(layer.validity(), state(layer.action()));
        }
        closings.stream()
                .sorted(Comparator.comparing(Closing::from).reversed())
                .forEach(closing ->
                        states.lay(
                                new Validity(closing.from(), Validity.FOREVER),
                                new TermState.Closed(closing)));
        return states.build();
    }

    public TermKey key() {
        return key;
    }

    public TermState on(LocalDate day) {
        return states.on(day).orElse(ABSENT);
    }

    /** How the term would stand on {@code day} without the disclosures that start on it. */
    TermState beneathDisclosures(LocalDate day) {
        TermState state = on(day);
        if (state.held().filter(by -> startsAsDisclosure(by, day)).isEmpty()) {
            return state;
        }
        return highestBelow(ranked.size(), day, other -> !startsAsDisclosure(other, day))
                .map(TermTimeline::state)
                .orElse(ABSENT);
    }

    private static boolean startsAsDisclosure(PlacedAction action, LocalDate day) {
        return action.discloses() && action.validity().from().equals(day);
    }

    private static TermState state(PlacedAction action) {
        return action.retires() ? new TermState.Retired(action) : new TermState.Held(action);
    }

    /** The days in {@code (from, to]} on which another action than the day before may show. */
    public Iterable<LocalDate> breaks(LocalDate from, LocalDate to) {
        return states.breaks(from, to);
    }

    /** Longest runs of days in one state, ascending, the absent ones left out. */
    public List<Timeline.Segment<TermState>> segments() {
        return states.segments();
    }

    /** All actions, from the lowest rank to the highest. */
    public List<PlacedAction> actions() {
        return ranked.stream().map(Ranked::action).toList();
    }

    /** Whether any action ever gave the key a version. */
    public boolean everProvided() {
        return ranked.stream().anyMatch(layer -> !layer.action().retires());
    }

    TermTimeline with(PlacedAction action) {
        List<PlacedAction> actions = new ArrayList<>(ranked.size() + 1);
        ranked.forEach(layer -> actions.add(layer.action()));
        actions.add(action);
        return new TermTimeline(key, rank(actions), closings);
    }

    /** Itself where nothing is left out. */
    TermTimeline without(Predicate<PlacedAction> left) {
        List<PlacedAction> kept =
                ranked.stream().map(Ranked::action).filter(left.negate()).toList();
        return kept.size() == ranked.size() ? this : new TermTimeline(key, rank(kept), closings);
    }

    boolean isEmpty() {
        return ranked.isEmpty();
    }

    TermTimeline closedBy(List<Closing> all) {
        return new TermTimeline(key, ranked, all.stream().filter(c -> c.ends(key)).toList());
    }

    /**
     * What the actions of lower rank have to say against each action that {@code judged} accepts.
     */
    List<Objection> objections(Predicate<PlacedAction> judged) {
        List<Objection> objections = new ArrayList<>();
        for (int rank = 0; rank < ranked.size(); rank++) {
            if (judged.test(ranked.get(rank).action())) {
                objection(rank).ifPresent(objections::add);
            }
        }
        return objections;
    }

    private Optional<Objection> objection(int rank) {
        PlacedAction action = ranked.get(rank).action();
        LocalDate from = action.validity().from();
        Optional<Closing> closed =
                closings.stream()
                        .filter(c -> c.precedes(action) && !from.isBefore(c.from()))
                        .findFirst();
        if (closed.isPresent()) {
            return Optional.of(new Objection.AgreementClosed(action, closed.get()));
        }
        Optional<PlacedAction> below = highestBelow(rank, from, _ -> true);
        Optional<PlacedAction> held = below.filter(other -> !other.retires());
        return switch (action.action()) {
            case TermAction.Introduce _ -> held.map(by -> new Objection.AlreadyInForce(action, by));
            case TermAction.Change _ -> notInForce(action, below);
            case TermAction.Retire _ -> notInForce(action, below);
            case TermAction.Disclose _ ->
                    highestBelow(ranked.size(), from, other -> !other.discloses())
                            .filter(PlacedAction::retires)
                            .<Objection>map(by -> new Objection.NotInForce(action, Optional.of(by)))
                            .or(() ->
                                    held.filter(action::saysTheSameAs)
                                            .map(by -> new Objection.AlreadyKnown(action, by)));
        };
    }

    private static Optional<Objection> notInForce(
            PlacedAction action, Optional<PlacedAction> below) {
        return below.isPresent() && !below.get().retires()
                ? Optional.empty()
                : Optional.of(new Objection.NotInForce(action, below));
    }

    private Optional<PlacedAction> highestBelow(
            int rank, LocalDate day, Predicate<PlacedAction> among) {
        for (int lower = rank - 1; lower >= 0; lower--) {
            Ranked layer = ranked.get(lower);
            if (layer.validity().contains(day) && among.test(layer.action())) {
                return Optional.of(layer.action());
            }
        }
        return Optional.empty();
    }
}
