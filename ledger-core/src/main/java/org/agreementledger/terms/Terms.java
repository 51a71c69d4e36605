package org.agreementledger.terms;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The terms of one agreement on every day, from a set of placed actions and closings. Immutable.
 */
public final class Terms {

    public static final Terms NONE = new Terms(Map.of(), List.of());

    private static final TermState ABSENT = new TermState.Absent();

    private final Map<TermKey, TermTimeline> timelines;
    private final List<Closing> closings;

    private Terms(Map<TermKey, TermTimeline> timelines, List<Closing> closings) {
        this.timelines = timelines;
        this.closings = closings;
    }

    public TermState on(TermKey key, LocalDate day) {
        TermTimeline timeline = timelines.get(key);
        return timeline == null ? ABSENT : timeline.on(day);
    }

    /** The terms in force on {@code day}, by key. */
    public SortedMap<TermKey, PlacedAction> on(LocalDate day) {
        SortedMap<TermKey, PlacedAction> held = new TreeMap<>();
        timelines.forEach(
                (key, timeline) -> timeline.on(day).held().ifPresent(by -> held.put(key, by)));
        return held;
    }

    /** Every key of which anything was ever said. */
    public Set<TermKey> keys() {
        return timelines.keySet();
    }

    public TermTimeline timeline(TermKey key) {
        TermTimeline timeline = timelines.get(key);
        return timeline == null ? TermTimeline.of(key, List.of(), closings) : timeline;
    }

    /** The same, but empty where nothing was ever said of the key, whether or not all is closed. */
    public TermTimeline saidOf(TermKey key) {
        TermTimeline timeline = timelines.get(key);
        return timeline == null ? TermTimeline.of(key, List.of(), List.of()) : timeline;
    }

    public List<Closing> closings() {
        return closings;
    }

    public Terms with(Collection<PlacedAction> actions) {
        if (actions.isEmpty()) {
            return this;
        }
        Map<TermKey, TermTimeline> with = new HashMap<>(timelines);
        actions.forEach(
                action -> with.put(action.key(), timelineIn(with, action.key()).with(action)));
        return new Terms(with, closings);
    }

    private TermTimeline timelineIn(Map<TermKey, TermTimeline> map, TermKey key) {
        TermTimeline timeline = map.get(key);
        return timeline == null ? TermTimeline.of(key, List.of(), closings) : timeline;
    }

    public Terms with(Closing closing) {
        return closedBy(Stream.concat(closings.stream(), Stream.of(closing)).toList());
    }

    /** The terms without what the entry of that sequence did to {@code keys}, nor its closing. */
    public Terms without(int sequence, Collection<TermKey> keys) {
        Terms without = without(keys, action -> action.sequence() == sequence);
        List<Closing> kept = closings.stream().filter(c -> c.sequence() != sequence).toList();
        return kept.size() == closings.size() ? without : without.closedBy(kept);
    }

    /** The terms without the actions that {@code left} accepts. */
    public Terms without(Predicate<PlacedAction> left) {
        return without(timelines.keySet(), left);
    }

    private Terms without(Collection<TermKey> keys, Predicate<PlacedAction> left) {
        Map<TermKey, TermTimeline> without = new HashMap<>(timelines);
        keys.forEach(key ->
                without.computeIfPresent(
                        key,
                        (_, timeline) -> {
                            TermTimeline kept = timeline.without(left);
                            return kept.isEmpty() ? null : kept;
                        }));
        return new Terms(without, closings);
    }

    private Terms closedBy(List<Closing> all) {
        Map<TermKey, TermTimeline> closed = new HashMap<>();
        timelines.forEach((key, timeline) -> closed.put(key, timeline.closedBy(all)));
        return new Terms(closed, all);
    }

    /** What the actions of lower rank have to say against those of the entry of that sequence. */
    public List<Objection> objections(int sequence, Collection<TermKey> keys) {
        List<Objection> objections = new ArrayList<>();
        keys.forEach(key -> objections.addAll(timeline(key).objections(sequence)));
        return objections;
    }

    /** What they have to say against any action on {@code keys}, and had not in {@code before}. */
    public List<Objection> newObjections(Terms before, Collection<TermKey> keys) {
        List<Objection> objections = new ArrayList<>();
        keys.forEach(key -> objections.addAll(timeline(key).newObjections(before.timeline(key))));
        return objections;
    }

    /** The keys whose terms differ from {@code other}'s on any day, in content or quoted words. */
    public Set<TermKey> differingFrom(Terms other, Collection<TermKey> among) {
        Set<TermKey> differing = new HashSet<>();
        for (TermKey key : among) {
            if (differs(timeline(key), other.timeline(key))) {
                differing.add(key);
            }
        }
        return differing;
    }

    private static boolean differs(TermTimeline one, TermTimeline other) {
        return Stream.of(one, other)
                .flatMap(timeline -> timeline.segments().stream())
                .flatMap(segment -> Stream.of(segment.from(), segment.to()))
                .anyMatch(day -> !sayTheSame(one.on(day), other.on(day)));
    }

    private static boolean sayTheSame(TermState one, TermState other) {
        return one.held().isPresent()
                ? other.held().filter(one.held().get()::saysTheSameAs).isPresent()
                : other.held().isEmpty();
    }
}
