package org.agreementledger.terms;

import static org.agreementledger.terms.PlacedAction.DISCLOSURE_ORDER;
import static org.agreementledger.terms.PlacedAction.PRECEDENCE;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
     * @param under the instrument that prevails on the first day of a disclosure; null where there
     *     is none, and for instruments
     * @param validity the action's own; that of a disclosure ends no later than its base
     */
    private record Ranked(PlacedAction action, @Nullable PlacedAction under, Validity validity) {

        static final Comparator<Ranked> RANK =
                Comparator.comparing(Ranked::base, Comparator.nullsFirst(PRECEDENCE))
                        .thenComparing(ranked -> ranked.action().discloses())
                        .thenComparing(Ranked::action, DISCLOSURE_ORDER);

        static Ranked instrument(PlacedAction action) {
            return new Ranked(action, null, action.validity());
        }

        static Ranked disclosure(PlacedAction action, @Nullable PlacedAction under) {
            Validity own = action.validity();
            boolean outlasts =
                    under != null && !under.retires() && own.to().isAfter(under.validity().to());
            return new Ranked(
                    action,
                    under,
                    outlasts ? new Validity(own.from(), under.validity().to()) : own);
        }

        /** The instrument itself, or the one a disclosure tells more of; null for one without. */
        @Nullable PlacedAction base() {
            if (!action.discloses()) {
                return action;
            }
            return under == null || under.retires() ? null : under;
        }

        boolean standsAs(Ranked other) {
            return action == other.action && under == other.under;
        }
    }

    private final TermKey key;
    private final List<Ranked> ranked;
    private final List<Closing> closings;

    /** Laid when first asked for, because most timelines of a growing history never are. */
    private @Nullable Timeline<TermState> laid;

    private TermTimeline(TermKey key, List<Ranked> ranked, List<Closing> closings) {
        this.key = key;
        this.ranked = ranked;
        this.closings = closings;
    }

    static TermTimeline of(TermKey key, List<PlacedAction> actions, List<Closing> closings) {
        return new TermTimeline(
                key, rank(actions), closings.stream().filter(c -> c.ends(key)).toList());
    }

    private static List<Ranked> rank(Collection<PlacedAction> actions) {
        List<Ranked> ranked = new ArrayList<>(actions.size());
        Timeline.Builder<PlacedAction> instruments = Timeline.builder();
        actions.stream()
                .filter(action -> !action.discloses())
                .sorted(PRECEDENCE)
                .forEach(instrument -> {
                    ranked.add(Ranked.instrument(instrument));
                    instruments.lay(instrument.validity(), instrument);
                });
        actions.stream()
                .filter(PlacedAction::discloses)
                .forEach(disclosure ->
                        ranked.add(
                                Ranked.disclosure(
                                        disclosure,
                                        instruments
                                                .on(disclosure.validity().from())
                                                .orElse(null))));
        ranked.sort(Ranked.RANK);
        return ranked;
    }

    private Timeline<TermState> states() {
        Timeline<TermState> states = laid;
        if (states == null) {
            states = lay(ranked, closings);
            laid = states;
        }
        return states;
    }

    private static Timeline<TermState> lay(List<Ranked> ranked, List<Closing> closings) {
        Timeline.Builder<TermState> states = Timeline.builder();
        for (Ranked layer : ranked) {
            states.lay(layer.validity(), state(layer.action()));
        }
        closings.stream()
                .sorted(Closing.FIRST.reversed())
                .forEach(closing -> states.lay(closing.validity(), new TermState.Closed(closing)));
        return states.build();
    }

    public TermKey key() {
        return key;
    }

    public TermState on(LocalDate day) {
        Timeline<TermState> states = laid;
        return states == null ? scan(day) : states.on(day).orElse(ABSENT);
    }

    /**
     * What laying would show, for one day: quick where the newest actions are the ones that count.
     */
    private TermState scan(LocalDate day) {
        return closings.stream()
                .filter(closing -> closing.validity().contains(day))
                .min(Closing.FIRST)
                .<TermState>map(TermState.Closed::new)
                .or(() -> highestBelow(ranked.size(), day, _ -> true).map(TermTimeline::state))
                .orElse(ABSENT);
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
        return states().breaks(from, to);
    }

    /** Longest runs of days in one state, ascending, the absent ones left out. */
    public List<Timeline.Segment<TermState>> segments() {
        return states().segments();
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
        Ranked added =
                action.discloses()
                        ? Ranked.disclosure(action, prevailing(action.validity().from()))
                        : Ranked.instrument(action);
        if (!action.discloses() && comesUnderADisclosure(action)) {
            List<PlacedAction> actions = new ArrayList<>(actions());
            actions.add(action);
            return new TermTimeline(key, rank(actions), closings);
        }
        int rank = ranked.size();
        while (rank > 0 && Ranked.RANK.compare(ranked.get(rank - 1), added) > 0) {
            rank--;
        }
        List<Ranked> with = new ArrayList<>(ranked.size() + 1);
        with.addAll(ranked);
        with.add(rank, added);
        return new TermTimeline(key, with, closings);
    }

    /** The instrument of highest precedence on that day. */
    private @Nullable PlacedAction prevailing(LocalDate day) {
        return highestBelow(ranked.size(), day, other -> !other.discloses()).orElse(null);
    }

    /** Whether a disclosure changes its rank: another instrument then prevails beneath it. */
    private boolean comesUnderADisclosure(PlacedAction instrument) {
        for (Ranked layer : ranked) {
            if (layer.action().discloses()
                    && instrument.validity().contains(layer.validity().from())
                    && (layer.under() == null
                            || PRECEDENCE.compare(layer.under(), instrument) < 0)) {
                return true;
            }
        }
        return false;
    }

    /** Itself where nothing is left out. */
    TermTimeline without(Predicate<PlacedAction> left) {
        List<Ranked> kept = ranked.stream().filter(layer -> !left.test(layer.action())).toList();
        if (kept.size() == ranked.size()) {
            return this;
        }
        boolean onlyDisclosures =
                ranked.stream().allMatch(l -> l.action().discloses() || !left.test(l.action()));
        return new TermTimeline(
                key,
                onlyDisclosures ? kept : rank(kept.stream().map(Ranked::action).toList()),
                closings);
    }

    boolean isEmpty() {
        return ranked.isEmpty();
    }

    TermTimeline closedBy(List<Closing> all) {
        return new TermTimeline(key, ranked, all.stream().filter(c -> c.ends(key)).toList());
    }

    /** What the actions of lower rank have to say against those of the entry of that sequence. */
    List<Objection> objections(int sequence) {
        return objections(0, action -> action.sequence() == sequence);
    }

    /** What they have to say against any action, and had not in {@code before}. */
    List<Objection> newObjections(TermTimeline before) {
        int lowest = closings.equals(before.closings) ? sameRanks(before) : 0;
        List<Objection> objections = objections(lowest, _ -> true);
        if (objections.isEmpty()) {
            return objections;
        }
        Set<PlacedAction> refusedBefore =
                before.objections(0, _ -> true).stream()
                        .map(Objection::action)
                        .collect(Collectors.toSet());
        return objections.stream()
                .filter(objection -> !refusedBefore.contains(objection.action()))
                .toList();
    }

    /** How many of the lowest ranks are the same: nothing has changed for the actions there. */
    private int sameRanks(TermTimeline before) {
        int same = 0;
        while (same < Math.min(ranked.size(), before.ranked.size())
                && ranked.get(same).standsAs(before.ranked.get(same))) {
            same++;
        }
        return same;
    }

    private List<Objection> objections(int lowest, Predicate<PlacedAction> judged) {
        List<Objection> objections = new ArrayList<>();
        for (int rank = lowest; rank < ranked.size(); rank++) {
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
                    Optional.ofNullable(ranked.get(rank).under())
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
