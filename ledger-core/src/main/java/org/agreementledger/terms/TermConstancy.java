package org.agreementledger.terms;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of one term between two days, both included.
 *
 * <p>The days are folded without the disclosures made or starting within {@code (from, to]}: what
 * is merely told in the window is not a change in it. Only where an instrument, a closing or a
 * lapse altered the term as it is now known, the outcome is read from the whole fold.
 *
 * @param by the sequences of the entries that made the outcome
 */
public record TermConstancy(
        TermKey key, Outcome outcome, TermState from, TermState to, SortedSet<Integer> by) {

    /** Empty where the key was neither held nor disclosed in the window. */
    public static Optional<TermConstancy> between(
            TermTimeline whole, LocalDate from, LocalDate to) {
        if (!alterations(whole, from, to).isEmpty()) {
            return Optional.of(read(whole, from, to));
        }
        TermTimeline reduced = whole.withoutDisclosures(action -> toldWithin(action, from, to));
        if (!constant(reduced, from, to)) {
            return Optional.of(read(reduced, from, to));
        }
        SortedSet<Integer> disclosures = disclosures(whole, from, to);
        if (!disclosures.isEmpty()) {
            return Optional.of(
                    new TermConstancy(
                            whole.key(),
                            Outcome.DISCLOSED,
                            reduced.on(from),
                            whole.on(to),
                            disclosures));
        }
        return reduced.on(from)
                .held()
                .map(_ ->
                        new TermConstancy(
                                whole.key(),
                                Outcome.UNCHANGED,
                                reduced.on(from),
                                reduced.on(to),
                                new TreeSet<>()));
    }

    /** A disclosure whose entry occurred, or whose validity starts, in {@code (from, to]}. */
    public static boolean toldWithin(PlacedAction action, LocalDate from, LocalDate to) {
        return action.discloses()
                && (within(action.occurredOn(), from, to)
                        || within(action.validity().from(), from, to));
    }

    private static boolean within(LocalDate day, LocalDate from, LocalDate to) {
        return day.isAfter(from) && !day.isAfter(to);
    }

    /**
     * The days in {@code (from, to]} on which anything but the start of a disclosure gave the term
     * another content, ascending.
     */
    public static List<LocalDate> alterations(TermTimeline whole, LocalDate from, LocalDate to) {
        List<LocalDate> alterations = new ArrayList<>();
        for (LocalDate day : whole.breaks(from, to)) {
            if (alters(whole, day)) {
                alterations.add(day);
            }
        }
        return alterations;
    }

    private static boolean alters(TermTimeline timeline, LocalDate day) {
        return !timeline.beneathDisclosures(day)
                .content()
                .equals(timeline.on(day.minusDays(1)).content());
    }

    private static boolean constant(TermTimeline timeline, LocalDate from, LocalDate to) {
        for (LocalDate day : timeline.breaks(from, to)) {
            if (turns(timeline, day)) {
                return false;
            }
        }
        return true;
    }

    private static boolean turns(TermTimeline timeline, LocalDate day) {
        return !timeline.on(day).content().equals(timeline.on(day.minusDays(1)).content());
    }

    private static SortedSet<Integer> disclosures(
            TermTimeline whole, LocalDate from, LocalDate to) {
        return whole.disclosures()
                .filter(action -> toldWithin(action, from, to))
                .map(PlacedAction::sequence)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TermConstancy read(TermTimeline timeline, LocalDate from, LocalDate to) {
        SortedSet<Integer> by = new TreeSet<>();
        for (LocalDate day : timeline.breaks(from, to)) {
            if (turns(timeline, day)) {
                starter(timeline.on(day), day).ifPresent(by::add);
            }
            if (alters(timeline, day)) {
                starter(timeline.beneathDisclosures(day), day).ifPresent(by::add);
            }
        }
        TermState first = timeline.on(from);
        TermState last = timeline.on(to);
        return new TermConstancy(timeline.key(), outcome(first, last), first, last, by);
    }

    /** The entry that put the term into this state on this day; empty where something ended. */
    private static Optional<Integer> starter(TermState state, LocalDate day) {
        return switch (state) {
            case TermState.Held(PlacedAction by) when by.validity().from().equals(day) ->
                    Optional.of(by.sequence());
            case TermState.Retired(PlacedAction by) when by.validity().from().equals(day) ->
                    Optional.of(by.sequence());
            case TermState.Closed(Closing by) when by.from().equals(day) ->
                    Optional.of(by.sequence());
            case TermState.Held _, TermState.Retired _, TermState.Closed _, TermState.Absent _ ->
                    Optional.empty();
        };
    }

    private static Outcome outcome(TermState first, TermState last) {
        boolean before = first.held().isPresent();
        boolean after = last.held().isPresent();
        if (!before && after) {
            return Outcome.INTRODUCED;
        }
        if (before && !after) {
            return last instanceof TermState.Absent ? Outcome.LAPSED : Outcome.RETIRED;
        }
        return before ? Outcome.CHANGED : Outcome.RETIRED;
    }
}
