package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.PartyChange;

/** Who is party to an agreement on every day. Immutable. */
public final class PartyTimeline {

    static final PartyTimeline NONE = new PartyTimeline(List.of());

    private record Step(
            LocalDate from, LocalDate occurredOn, int sequence, List<PartyChange> changes) {}

    private static final Comparator<Step> ORDER =
            Comparator.comparing(Step::occurredOn).thenComparingInt(Step::sequence);

    private final List<Step> steps;

    private PartyTimeline(List<Step> steps) {
        this.steps = steps;
    }

    PartyTimeline with(int sequence, Original entry) {
        List<PartyChange> changes =
                switch (entry) {
                    case Opening opening ->
                            opening.parties().stream().map(PartyTimeline::joins).toList();
                    case Amendment amendment -> amendment.partyChanges();
                    case Entry.Announcement _,
                            Entry.FundingRound _,
                            Entry.Partnership _,
                            Entry.Closing _ ->
                            List.of();
                };
        if (changes.isEmpty()) {
            return this;
        }
        Header header = entry.header();
        Step step =
                new Step(
                        header.takesEffectOn().date(),
                        header.occurredOn().date(),
                        sequence,
                        changes);
        return new PartyTimeline(
                Stream.concat(steps.stream(), Stream.of(step)).sorted(ORDER).toList());
    }

    private static PartyChange joins(Party party) {
        return new PartyChange(null, party, PartyChange.How.JOINING);
    }

    PartyTimeline without(int sequence) {
        List<Step> kept = steps.stream().filter(step -> step.sequence() != sequence).toList();
        return kept.size() == steps.size() ? this : new PartyTimeline(kept);
    }

    /** In the order in which they joined; a successor takes its predecessor's place. */
    public List<Party> on(LocalDate day) {
        Map<String, Party> parties = new LinkedHashMap<>();
        for (Step step : steps) {
            if (!step.from().isAfter(day)) {
                step.changes().forEach(change -> apply(change, parties));
            }
        }
        return List.copyOf(parties.values());
    }

    private static void apply(PartyChange change, Map<String, Party> parties) {
        if (change.from() == null) {
            parties.put(change.to().id(), change.to());
        } else if (change.to() == null) {
            parties.remove(change.from());
        } else if (parties.containsKey(change.from())) {
            List<Party> before = new ArrayList<>(parties.values());
            parties.clear();
            before.forEach(party -> {
                Party now = party.id().equals(change.from()) ? change.to() : party;
                parties.put(now.id(), now);
            });
        }
    }

    SortedSet<String> ids(LocalDate day) {
        SortedSet<String> ids = new TreeSet<>();
        on(day).forEach(party -> ids.add(party.id()));
        return ids;
    }

    /** The days on which the parties may change, ascending. */
    public SortedSet<LocalDate> breaks() {
        SortedSet<LocalDate> breaks = new TreeSet<>();
        steps.forEach(step -> breaks.add(step.from()));
        return breaks;
    }

    /** The days on which other organisations are party than on the day before, ascending. */
    public SortedSet<LocalDate> turns() {
        SortedSet<LocalDate> turns = breaks();
        turns.removeIf(day -> ids(day).equals(ids(day.minusDays(1))));
        return turns;
    }

    /** The sequences of the entries that take effect on {@code day}. */
    SortedSet<Integer> sequences(LocalDate day) {
        SortedSet<Integer> sequences = new TreeSet<>();
        steps.stream()
                .filter(step -> step.from().equals(day))
                .forEach(step -> sequences.add(step.sequence()));
        return sequences;
    }

    /** Whether the parties, names included, differ on any day. */
    boolean differsFrom(PartyTimeline other) {
        return !Objects.equals(steps, other.steps)
                && Stream.concat(breaks().stream(), other.breaks().stream())
                        .anyMatch(day -> !on(day).equals(other.on(day)));
    }
}
