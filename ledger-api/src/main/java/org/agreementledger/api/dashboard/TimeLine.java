package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.asof.VersionsAnswer;
import org.agreementledger.asof.VersionsAnswer.Version;
import org.agreementledger.entries.EntryMark;
import org.jspecify.annotations.Nullable;

/**
 * What a time line shows: the terms as lanes by topic, and the entries as marks.
 *
 * @param days those on which anything is otherwise than on the day before
 * @param turns those of them on which more than a disclosure made it so
 * @param newest the sequence of the newest entry that is known
 */
record TimeLine(
        Span span,
        List<Topic> topics,
        List<Cluster> clusters,
        List<LocalDate> days,
        List<LocalDate> turns,
        int newest) {

    /** Beyond this the lanes of each topic are folded away until somebody wants to see them. */
    private static final int OPEN_LANES_MAX = 40;

    /** Marks that are closer would cover each other. */
    private static final double APART = 0.016;

    /**
     * @param colour from 0
     */
    record Topic(String name, int colour, List<Lane> lanes) {

        /** As much of a key as names the topic. */
        public String headOf(Lane lane) {
            return lane.key().startsWith(name) ? name : "";
        }

        public String tailOf(Lane lane) {
            return lane.key().substring(headOf(lane).length());
        }

        /** Every day on which any of its terms begins or ends to be what it is. */
        List<LocalDate> turns() {
            return lanes.stream()
                    .flatMap(lane -> lane.bars().stream())
                    .map(bar -> bar.version().heldFrom())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    record Lane(String key, List<Bar> bars) {}

    /**
     * One version in force.
     *
     * @param reported whether no party confirmed it
     * @param toldOn the day until which nobody outside was told; null where it was told at once
     */
    record Bar(Version version, boolean reported, @Nullable LocalDate toldOn) {}

    /** Entries that lie too close together to be told apart. */
    record Cluster(List<EntryMark> entries) {

        LocalDate first() {
            return entries.getFirst().occurredOn();
        }

        LocalDate last() {
            return entries.getLast().occurredOn();
        }

        boolean isOne() {
            return entries.size() == 1;
        }

        /** The one that a reader must not overlook. */
        String effect() {
            return EFFECTS.stream()
                    .filter(effect -> entries.stream().anyMatch(e -> e.effect().equals(effect)))
                    .findFirst()
                    .orElseThrow();
        }

        /** Empty where several are mixed. */
        String kind() {
            String kind = entries.getFirst().kind();
            return entries.stream().allMatch(entry -> entry.kind().equals(kind)) ? kind : "";
        }
    }

    private static final List<String> EFFECTS =
            List.of("changed", "corrected", "disclosed", "unchanged");

    /**
     * @param versions those of the view that is shown
     * @param confirmed those of the confirmed view; what is not among them was only reported
     */
    static TimeLine of(
            Span span,
            Topics topics,
            VersionsAnswer versions,
            VersionsAnswer confirmed,
            List<EntryMark> entries) {
        Map<Long, EntryMark> byPosition =
                entries.stream()
                        .collect(Collectors.toMap(EntryMark::position, Function.identity()));
        Set<Long> certain =
                confirmed.versions().stream().map(Version::said).collect(Collectors.toSet());
        Map<String, Map<String, List<Bar>>> byName = new TreeMap<>();
        for (Version version : versions.versions()) {
            if (version.isInForce()) {
                byName.computeIfAbsent(
                                Topics.name(version.key(), version.category()),
                                _ -> new LinkedHashMap<>())
                        .computeIfAbsent(version.key(), _ -> new ArrayList<>())
                        .add(
                                new Bar(
                                        version,
                                        !certain.contains(version.said()),
                                        toldOn(version, byPosition)));
            }
        }
        return new TimeLine(
                span,
                byName.entrySet().stream()
                        .map(topic -> topic(topic.getKey(), topics, topic.getValue()))
                        .toList(),
                clusters(span, entries),
                versions.days(),
                versions.turns(),
                entries.size());
    }

    private static Topic topic(String name, Topics topics, Map<String, List<Bar>> lanes) {
        return new Topic(
                name,
                topics.colour(name),
                lanes.entrySet().stream()
                        .map(lane -> new Lane(lane.getKey(), lane.getValue()))
                        .toList());
    }

    private static @Nullable LocalDate toldOn(Version version, Map<Long, EntryMark> byPosition) {
        EntryMark worded = byPosition.get(version.wordedAt());
        LocalDate told = worded == null ? null : worded.disclosedOn();
        if (told == null && version.isDisclosure()) {
            EntryMark set = byPosition.get(version.setBy().position());
            told = set == null ? null : set.occurredOn();
        }
        return told != null && told.isAfter(version.heldFrom()) ? told : null;
    }

    private static List<Cluster> clusters(Span span, List<EntryMark> entries) {
        List<EntryMark> byDay =
                entries.stream()
                        .sorted(
                                Comparator.comparing(EntryMark::occurredOn)
                                        .thenComparing(EntryMark::sequence))
                        .toList();
        List<Cluster> clusters = new ArrayList<>();
        List<EntryMark> open = new ArrayList<>();
        for (EntryMark entry : byDay) {
            if (!open.isEmpty()
                    && span.share(entry.occurredOn()) - span.share(open.getFirst().occurredOn())
                            >= APART) {
                clusters.add(new Cluster(List.copyOf(open)));
                open.clear();
            }
            open.add(entry);
        }
        if (!open.isEmpty()) {
            clusters.add(new Cluster(List.copyOf(open)));
        }
        return clusters;
    }

    public int lanes() {
        return topics.stream().mapToInt(topic -> topic.lanes().size()).sum();
    }

    public boolean isFolded() {
        return lanes() > OPEN_LANES_MAX;
    }
}
