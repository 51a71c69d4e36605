package org.agreementledger.agreement;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.agreementledger.agreement.Entry.Confirmation;
import org.agreementledger.agreement.Entry.Correction;
import org.agreementledger.agreement.Entry.Opening;
import org.agreementledger.agreement.Entry.Original;
import org.agreementledger.agreement.Entry.Revision;
import org.agreementledger.agreement.Entry.Target;
import org.agreementledger.agreement.Entry.Withdrawal;
import org.agreementledger.terms.Closing;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one agreement up to some point of record time, and what they come to in both
 * views. Immutable: each entry gives a new history.
 */
public final class History {

    public static final History EMPTY =
            new History(Grown.empty(), Grown.empty(), Fold.EMPTY, Fold.EMPTY);

    private final Grown<Entry> entries;

    /** By sequence; null at the places of revisions. */
    private final Grown<@Nullable Known> known;

    private final Fold confirmed;
    private final Fold all;

    private History(Grown<Entry> entries, Grown<@Nullable Known> known, Fold confirmed, Fold all) {
        this.entries = entries;
        this.known = known;
        this.confirmed = confirmed;
        this.all = all;
    }

    public static History of(Iterable<? extends Entry> entries) {
        History history = EMPTY;
        for (Entry entry : entries) {
            history = history.with(entry);
        }
        return history;
    }

    /** The history as it was after the first {@code sequence} entries. */
    public History upTo(int sequence) {
        return sequence == size() ? this : of(entries.subList(0, sequence));
    }

    /** The newest sequence; 0 before the opening. */
    public int size() {
        return entries.size();
    }

    /** As recorded. */
    public Entry entry(int sequence) {
        return entries.get(sequence - 1);
    }

    public List<Entry> entries() {
        return entries;
    }

    public Fold fold(View view) {
        return view == View.ALL ? all : confirmed;
    }

    /** Empty for corrections, withdrawals and confirmations, and beyond the end. */
    public Optional<Known> known(int sequence) {
        return sequence < 1 || sequence > known.size()
                ? Optional.empty()
                : Optional.ofNullable(known.get(sequence - 1));
    }

    /** The originals that count in that view, by sequence. */
    public Stream<Known> known(View view) {
        return known.stream().filter(entry -> entry != null && entry.isSeenIn(view));
    }

    /** The sequence that {@code target} names; empty where there is none. */
    public Optional<Integer> find(Target target) {
        return switch (target) {
            case Target.BySequence(int sequence) ->
                    Optional.of(sequence).filter(s -> s >= 1 && s <= size());
            case Target.ByRef(String ref) -> findRef(ref);
        };
    }

    /** The entry that carries that handle, or ever did: itself or as replaced. */
    public Optional<Integer> findRef(String ref) {
        for (int sequence = 1; sequence <= size(); sequence++) {
            Entry entry = entry(sequence);
            if (carries(entry, ref)) {
                return Optional.of(sequence);
            }
            if (entry instanceof Correction correction && carries(correction.replacement(), ref)) {
                return find(correction.target());
            }
        }
        return Optional.empty();
    }

    private static boolean carries(Entry entry, String ref) {
        return ref.equals(entry.header().ref());
    }

    public String title() {
        return known(1).map(opening -> opening.entry().header().title()).orElse("");
    }

    /** Whether the agreement has begun, and not ended, on {@code day}. */
    public Status status(View view, LocalDate day) {
        if (known(1).filter(o -> !o.entry().header().takesEffectOn().date().isAfter(day))
                .isEmpty()) {
            return Status.PENDING;
        }
        return fold(view).terms().closings().stream()
                        .map(Closing::from)
                        .anyMatch(from -> !from.isAfter(day))
                ? Status.CLOSED
                : Status.IN_FORCE;
    }

    public enum Status {
        PENDING,
        IN_FORCE,
        CLOSED
    }

    /** Never refuses: what happened has happened. */
    public History with(Entry entry) {
        int sequence = size() + 1;
        Grown<Entry> entriesWith = entries.and(entry);
        return switch (entry) {
            case Original original -> {
                Known added = Known.of(sequence, original);
                yield replaced(entriesWith, known.and(added), null, added);
            }
            case Revision revision -> {
                Optional<Known> target = find(revision.target()).flatMap(this::known);
                Grown<@Nullable Known> knownWith = known.and(null);
                if (target.isEmpty()) {
                    yield new History(entriesWith, knownWith, confirmed, all);
                }
                Known revised = revised(target.get(), sequence, revision);
                yield replaced(
                        entriesWith,
                        knownWith.put(revised.sequence() - 1, revised),
                        target.get(),
                        revised);
            }
        };
    }

    private static Known revised(Known target, int sequence, Revision revision) {
        return switch (revision) {
            case Correction correction -> target.corrected(sequence, correction.replacement());
            case Withdrawal _ -> target.withdrawn(sequence);
            case Confirmation _ -> target.confirmed(sequence);
        };
    }

    private History replaced(
            Grown<Entry> entriesWith, Grown<@Nullable Known> knownWith, Known before, Known after) {
        return new History(
                entriesWith,
                knownWith,
                replaced(confirmed, View.CONFIRMED, before, after),
                replaced(all, View.ALL, before, after));
    }

    private static Fold replaced(Fold fold, View view, Known before, Known after) {
        boolean was = before != null && before.isSeenIn(view);
        boolean is = after.isSeenIn(view);
        if (was && is && before.entry() == after.entry()) {
            return fold;
        }
        Fold without = was ? fold.without(before.sequence(), before.entry()) : fold;
        return is ? without.with(after.sequence(), after.entry()) : without;
    }

    /** The opening as it is now known. */
    public Optional<Opening> opening() {
        return known(1).map(Known::entry).map(Opening.class::cast);
    }
}
