package org.agreementledger.readmodels;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.Entry.Amendment;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Findings;
import org.agreementledger.agreement.Header.Concern;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Known;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;

/**
 * One agreement folded from its entries, with what was found about them and where they stand in the
 * log. Immutable.
 */
public final class AgreementFold {

    public static final AgreementFold EMPTY =
            new AgreementFold(History.EMPTY, List.of(), List.of(), null);

    /** What an entry says of a term without giving it a version. */
    public enum Mark {
        AFFIRMED,
        NOT_ADDRESSED,
        CONTESTED
    }

    private final History history;
    private final List<Long> positions;

    /** By sequence: the keys whose reaffirmation by that entry was upheld, as last judged. */
    private final List<List<TermKey>> affirmed;

    private final @Nullable Findings findings;

    private AgreementFold(
            History history,
            List<Long> positions,
            List<List<TermKey>> affirmed,
            @Nullable Findings findings) {
        this.history = history;
        this.positions = positions;
        this.affirmed = affirmed;
        this.findings = findings;
    }

    public AgreementFold with(Entry entry, long position) {
        History after = history.with(entry);
        Findings found = Findings.of(history, after);
        List<List<TermKey>> affirmedWith = appended(affirmed, List.of());
        affirmedWith.set(judged(entry, after.size()) - 1, upheld(found));
        return new AgreementFold(after, appended(positions, position), affirmedWith, found);
    }

    /** The sequence of the original whose claims the entry's verdicts are about. */
    private int judged(Entry entry, int sequence) {
        return switch (entry) {
            case Original _ -> sequence;
            case Revision revision -> history.find(revision.target()).orElse(sequence);
        };
    }

    private static List<TermKey> upheld(Findings found) {
        return found.verdicts().stream()
                .filter(verdict -> verdict.verdict() == Verdict.Finding.UPHELD)
                .map(Verdict::key)
                .toList();
    }

    private static <T> List<T> appended(List<T> list, T item) {
        List<T> appended = new ArrayList<>(list.size() + 1);
        appended.addAll(list);
        appended.add(item);
        return appended;
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
        int sequence = positions.size();
        while (sequence > 0 && positions.get(sequence - 1) > position) {
            sequence--;
        }
        return sequence;
    }

    public History history() {
        return history;
    }

    public long positionOf(int sequence) {
        return positions.get(sequence - 1);
    }

    /** About the newest entry. */
    public Findings findings() {
        return Optional.ofNullable(findings).orElseThrow();
    }

    public List<TermKey> affirmedBy(int sequence) {
        return affirmed.get(sequence - 1);
    }

    /** What a known entry says of terms without giving them a version. */
    public Map<Mark, List<TermKey>> marks(Known known) {
        Map<Mark, List<TermKey>> marks = new HashMap<>();
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
