package org.agreementledger.readmodels;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Grown;
import org.agreementledger.agreement.Header.Concern;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.View;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;

/**
 * One agreement folded from its entries, with what was found about them and where they stand in the
 * log. Immutable.
 */
public final class AgreementFold {

    public static final AgreementFold EMPTY =
            new AgreementFold(History.EMPTY, Grown.empty(), Map.of(), null);

    /** What an entry says of a term without giving it a version. */
    public enum Mark {
        AFFIRMED,
        NOT_ADDRESSED,
        CONTESTED
    }

    private final History history;

    /** By sequence. */
    private final Grown<Recorded> recorded;

    private final Map<View, Tally> tallies;
    private final @Nullable Findings findings;

    private AgreementFold(
            History history,
            Grown<Recorded> recorded,
            Map<View, Tally> tallies,
            @Nullable Findings findings) {
        this.history = history;
        this.recorded = recorded;
        this.tallies = tallies;
        this.findings = findings;
    }

    public AgreementFold with(Entry entry, long position) {
        History after = history.with(entry);
        Findings found = Findings.of(history, after);
        Grown<Recorded> with = recorded.and(Recorded.of(entry, position, found));
        Map<View, Tally> talliesWith = new EnumMap<>(View.class);
        for (View view : View.values()) {
            talliesWith.put(view, tally(view).plus(counted(after, with, view, after.size())));
        }
        Optional<Integer> revised =
                entry instanceof Revision revision ? revised(revision) : Optional.empty();
        if (revised.isPresent()) {
            int target = revised.get();
            with = with.put(target - 1, revised(target, position, after, found));
            for (View view : View.values()) {
                talliesWith.merge(
                        view,
                        counted(after, with, view, target)
                                .minus(counted(history, with, view, target)),
                        Tally::plus);
            }
        }
        return new AgreementFold(after, with, talliesWith, found);
    }

    /**
     * @throws IllegalStateException where the entry of that sequence is not the next one
     */
    public void requireNext(AgreementId agreementId, int sequence) {
        if (history.size() != sequence - 1) {
            throw new IllegalStateException(
                    "entry %d of %s follows entry %d in the log"
                            .formatted(sequence, agreementId, history.size()));
        }
    }

    private Optional<Integer> revised(Revision revision) {
        return history.find(revision.target()).filter(target -> history.known(target).isPresent());
    }

    private Recorded revised(int target, long by, History after, Findings found) {
        Original was = history.known(target).orElseThrow().entry();
        Original is = after.known(target).orElseThrow().entry();
        Recorded judged = recorded.get(target - 1).judgedAnew(found);
        return was == is ? judged : judged.inOtherWords(was, is, by);
    }

    /** Nothing where the entry does not count in that view. */
    private static Tally counted(
            History history, List<Recorded> recorded, View view, int sequence) {
        return history.known(sequence).map(known -> known.isSeenIn(view)).orElse(true)
                ? recorded.get(sequence - 1).tally()
                : Tally.NONE;
    }

    public Tally tally(View view) {
        return tallies.getOrDefault(view, Tally.NONE);
    }

    /** The fold as it was at that position of the log. */
    public AgreementFold upTo(long position) {
        int size = sequenceAt(position);
        if (size == history.size()) {
            return this;
        }
        AgreementFold fold = EMPTY;
        for (int sequence = 1; sequence <= size; sequence++) {
            fold = fold.with(history.entry(sequence), positionOf(sequence));
        }
        return fold;
    }

    /** The newest sequence known at that position; 0 before the opening. */
    public int sequenceAt(long position) {
        int sequence = recorded.size();
        while (sequence > 0 && positionOf(sequence) > position) {
            sequence--;
        }
        return sequence;
    }

    public History history() {
        return history;
    }

    public long positionOf(int sequence) {
        return recorded.get(sequence - 1).position();
    }

    /** The position that gave an entry its present title, day and sources. */
    public long wordedAt(int sequence) {
        return recorded.get(sequence - 1).worded().header();
    }

    /** The position that gave an action of an entry its present words. */
    public long wordedAt(int sequence, int place) {
        return recorded.get(sequence - 1).worded().actions().get(place);
    }

    /** About the newest entry. */
    public Findings findings() {
        return Optional.ofNullable(findings).orElseThrow();
    }

    public List<TermKey> affirmedBy(int sequence) {
        return recorded.get(sequence - 1).affirmed();
    }

    /** What a known entry says of terms without giving them a version. */
    public Map<Mark, List<TermKey>> marks(Known known) {
        Map<Mark, List<TermKey>> marks = new EnumMap<>(Mark.class);
        marks.put(Mark.AFFIRMED, affirmedBy(known.sequence()));
        if (known.entry() instanceof Amendment amendment) {
            marks.put(Mark.NOT_ADDRESSED, amendment.notAddressed());
        }
        marks.put(
                Mark.CONTESTED,
                known.entry().header().concerns().stream()
                        .filter(concern -> concern.how() == Concern.How.CONTESTS)
                        .map(Concern::key)
                        .toList());
        return marks;
    }
}
