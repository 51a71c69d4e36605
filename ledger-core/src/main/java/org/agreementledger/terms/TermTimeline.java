package org.agreementledger.terms;

import static org.agreementledger.terms.PlacedAction.DISCLOSURE_ORDER;
import static org.agreementledger.terms.PlacedAction.PRECEDENCE;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.time.Timeline;
import org.agreementledger.time.Timeline.Segment;
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

    /** Those of the ranked that are disclosures. */
    private final List<Ranked> disclosures;

    /** The closing that ends the term, whatever is laid from then on. */
    private final @Nullable Closing end;

    /** Laid when first asked for, and from then on carried along from action to action. */
    private @Nullable Timeline<Ranked> laid;

    private TermTimeline(TermKey key, List<Ranked> ranked, List<Closing> closings) {
        this(
                key,
                ranked,
                closings,
                ranked.stream().filter(layer -> layer.action().discloses()).toList());
    }

    private TermTimeline(
            TermKey key, List<Ranked> ranked, List<Closing> closings, List<Ranked> disclosures) {
        this.key = key;
        this.ranked = ranked;
        this.closings = closings;
        this.disclosures = disclosures;
        this.end = closings.stream().min(Closing.FIRST).orElse(null);
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

    private Timeline<Ranked> layers() {
        Timeline<Ranked> layers = laid;
        if (layers == null) {
            Timeline.Builder<Ranked> builder = Timeline.builder();
            ranked.forEach(layer -> builder.lay(layer.validity(), layer));
            layers = builder.build();
            laid = layers;
        }
        return layers;
    }

    public TermKey key() {
        return key;
    }

    public TermState on(LocalDate day) {
        if (end != null && end.validity().contains(day)) {
            return new TermState.Closed(end);
        }
        Timeline<Ranked> layers = laid;
        Optional<PlacedAction> shows =
                layers == null
                        ? highestBelow(ranked.size(), day, _ -> true)
                        : layers.on(day).map(Ranked::action);
        return shows.map(TermTimeline::state).orElse(ABSENT);
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
    public List<LocalDate> breaks(LocalDate from, LocalDate to) {
        if (end == null || to.isBefore(end.from())) {
            return layers().breaks(from, to);
        }
        List<LocalDate> breaks = new ArrayList<>(layers().breaks(from, end.from().minusDays(1)));
        if (from.isBefore(end.from())) {
            breaks.add(end.from());
        }
        return breaks;
    }

    /** Longest runs of days in one state, ascending, the absent ones left out. */
    public List<Segment<TermState>> segments() {
        return segments(Validity.ALWAYS, Validity.FOREVER).toList();
    }

    /** Those with a day from {@code from} to {@code to}, those next to them, and the last one. */
    private Stream<Segment<TermState>> segments(LocalDate from, LocalDate to) {
        Stream<Segment<Ranked>> layers = layers().segments(from, to);
        return end == null
                ? layers.map(layer -> segment(layer, layer.to()))
                : Stream.concat(
                        layers.filter(layer -> layer.from().isBefore(end.from()))
                                .map(layer -> segment(layer, earlier(layer.to(), end.from()))),
                        Stream.of(
                                new Segment<>(
                                        end.from(), Validity.FOREVER, new TermState.Closed(end))));
    }

    private static Segment<TermState> segment(Segment<Ranked> layer, LocalDate to) {
        return new Segment<>(layer.from(), to, state(layer.value().action()));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Where a term that was moved may say something else than before; most of a long timeline is
     * not looked at.
     *
     * @param days from the first to the last on which it may
     */
    public record Difference(Validity days, Part before, Part after) {}

    /**
     * @param segments with any day of a difference, and those next to them
     * @param overridden the actions that show on no day, of those that may show in the other one,
     *     from the lowest rank to the highest
     */
    public record Part(List<Segment<TermState>> segments, List<PlacedAction> overridden) {}

    /** Empty where neither actions nor closings are others. */
    public Optional<Difference> differenceFrom(TermTimeline before) {
        int below = sameRanks(before);
        int above = sameRanksFromTop(before, below);
        List<Ranked> was = before.ranked.subList(below, before.ranked.size() - above);
        List<Ranked> is = ranked.subList(below, ranked.size() - above);
        return Stream.concat(
                        Stream.concat(was.stream(), is.stream()).map(Ranked::validity),
                        closings(before).map(Closing::validity))
                .reduce((one, two) ->
                        new Validity(earlier(one.from(), two.from()), later(one.to(), two.to())))
                .map(days ->
                        new Difference(
                                days,
                                before.part(days, was, this, is),
                                part(days, is, before, was)));
    }

    private Part part(Validity days, List<Ranked> own, TermTimeline other, List<Ranked> othersOwn) {
        Map<PlacedAction, Ranked> mayShow = new IdentityHashMap<>();
        Stream.of(other, this)
                .flatMap(timeline -> timeline.layers().segments(days.from(), days.to()))
                .forEach(run -> mayShow.put(run.value().action(), run.value()));
        othersOwn.forEach(layer -> mayShow.remove(layer.action()));
        own.forEach(layer -> mayShow.put(layer.action(), layer));
        return new Part(
                segments(days.from(), days.to()).toList(),
                mayShow.values().stream()
                        .filter(layer -> !shows(layer))
                        .sorted(Ranked.RANK)
                        .map(Ranked::action)
                        .toList());
    }

    /** Of both, where they are not the very same: one may be told anew in other words. */
    private Stream<Closing> closings(TermTimeline other) {
        boolean same =
                closings.size() == other.closings.size()
                        && IntStream.range(0, closings.size())
                                .allMatch(i -> closings.get(i) == other.closings.get(i));
        return same ? Stream.empty() : Stream.concat(closings.stream(), other.closings.stream());
    }

    private boolean shows(Ranked layer) {
        return layers().segments(layer.validity().from(), layer.validity().to())
                .filter(run -> run.value().action() == layer.action())
                .anyMatch(run -> end == null || run.from().isBefore(end.from()));
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
        TermTimeline with =
                new TermTimeline(
                        key,
                        inserted(ranked, rank, added),
                        closings,
                        action.discloses()
                                ? inserted(disclosures, disclosures.size(), added)
                                : disclosures);
        Timeline<Ranked> layers = laid;
        if (layers != null) {
            with.laid =
                    layers.with(
                            added.validity(),
                            added,
                            layer -> Ranked.RANK.compare(layer, added) < 0);
        }
        return with;
    }

    private static List<Ranked> inserted(List<Ranked> layers, int place, Ranked layer) {
        List<Ranked> with = new ArrayList<>(layers.size() + 1);
        with.addAll(layers);
        with.add(place, layer);
        return with;
    }

    /** The instrument of highest precedence on that day. */
    private @Nullable PlacedAction prevailing(LocalDate day) {
        return highestBelow(ranked.size(), day, other -> !other.discloses()).orElse(null);
    }

    /** Whether a disclosure changes its rank: another instrument then prevails beneath it. */
    private boolean comesUnderADisclosure(PlacedAction instrument) {
        for (Ranked layer : disclosures) {
            if (instrument.validity().contains(layer.validity().from())
                    && (layer.under() == null
                            || PRECEDENCE.compare(layer.under(), instrument) < 0)) {
                return true;
            }
        }
        return false;
    }

    /** All disclosures, in no order. */
    Stream<PlacedAction> disclosures() {
        return disclosures.stream().map(Ranked::action);
    }

    /** Without those disclosures; itself where there is none. */
    TermTimeline withoutDisclosures(Predicate<PlacedAction> left) {
        return disclosures().noneMatch(left)
                ? this
                : without(action -> action.discloses() && left.test(action));
    }

    /** Itself where nothing is left out. */
    TermTimeline without(Predicate<PlacedAction> left) {
        List<Ranked> kept = ranked.stream().filter(layer -> !left.test(layer.action())).toList();
        if (kept.size() == ranked.size()) {
            return this;
        }
        boolean keepsRanks =
                kept.stream().noneMatch(layer -> layer.under() != null && left.test(layer.under()));
        return new TermTimeline(
                key,
                keepsRanks ? kept : rank(kept.stream().map(Ranked::action).toList()),
                closings);
    }

    boolean isEmpty() {
        return ranked.isEmpty();
    }

    TermTimeline closedBy(List<Closing> all) {
        return new TermTimeline(
                key, ranked, all.stream().filter(c -> c.ends(key)).toList(), disclosures);
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

    private int sameRanksFromTop(TermTimeline other, int below) {
        int above = 0;
        while (above < Math.min(ranked.size(), other.ranked.size()) - below
                && ranked.get(ranked.size() - 1 - above)
                        .standsAs(other.ranked.get(other.ranked.size() - 1 - above))) {
            above++;
        }
        return above;
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
