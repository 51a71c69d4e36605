package org.agreementledger.faults;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether calls that overlapped were answered as by an object that does one after the other, each
 * at some moment between its call and its answer (Herlihy and Wing). The search is Wing's and
 * Gong's, and remembers which calls have led to which state before (Lowe).
 */
final class Linearizability<S, C, A> {

    interface Model<S, C, A> {

        S initial();

        /** The state after the call; empty where the object would not have answered so. */
        Optional<S> after(S state, C call, A answer);
    }

    /**
     * @param ended {@link #OPEN} where it was done, but may not have been before any later call
     */
    record Call<C, A>(C call, A answer, long began, long ended) {

        static final long OPEN = Long.MAX_VALUE;

        @Override
        public String toString() {
            return "%d..%s %s: %s"
                    .formatted(began, ended == OPEN ? "" : String.valueOf(ended), call, answer);
        }
    }

    private record Tried<S>(BitSet placed, S state) {}

    private final Model<S, C, A> model;
    private final List<Call<C, A>> calls;
    private final Set<Tried<S>> tried = new HashSet<>();
    private BitSet most = new BitSet();
    private S stateAtMost;

    private Linearizability(Model<S, C, A> model, List<Call<C, A>> calls) {
        this.model = model;
        this.calls = calls.stream().sorted(Comparator.comparingLong(Call::began)).toList();
        this.stateAtMost = model.initial();
    }

    /**
     * Empty where there is an order that explains every answer; else where the search got stuck.
     */
    static <S, C, A> Optional<String> violation(Model<S, C, A> model, List<Call<C, A>> calls) {
        Linearizability<S, C, A> search = new Linearizability<>(model, calls);
        return search.place(new BitSet(), model.initial())
                ? Optional.empty()
                : Optional.of(search.stuck());
    }

    private boolean place(BitSet before, S state) {
        BitSet placed = withObservations(before, state);
        if (placed.cardinality() == calls.size()) {
            return true;
        }
        if (!tried.add(new Tried<>((BitSet) placed.clone(), state))) {
            return false;
        }
        if (placed.cardinality() > most.cardinality()) {
            most = (BitSet) placed.clone();
            stateAtMost = state;
        }
        for (int next : possible(placed)) {
            Optional<S> after = after(next, state);
            if (after.isPresent()) {
                placed.set(next);
                if (place(placed, after.get())) {
                    return true;
                }
                placed.clear(next);
            }
        }
        return false;
    }

    /**
     * With all calls that fit now and change nothing. They may as well come now: whatever order
     * there is from here, they can be put first in it. Else each choice among those that overlap
     * would have to be tried.
     */
    private BitSet withObservations(BitSet before, S state) {
        BitSet placed = (BitSet) before.clone();
        int count;
        do {
            count = placed.cardinality();
            for (int next : possible(placed)) {
                if (after(next, state).filter(state::equals).isPresent()) {
                    placed.set(next);
                }
            }
        } while (placed.cardinality() > count);
        return placed;
    }

    private Optional<S> after(int call, S state) {
        return model.after(state, calls.get(call).call(), calls.get(call).answer());
    }

    /** Those that may come next: none of the others ended before they began. */
    private List<Integer> possible(BitSet placed) {
        long firstEnd = firstEnd(placed);
        List<Integer> possible = new ArrayList<>();
        for (int next = placed.nextClearBit(0);
                next < calls.size() && calls.get(next).began() <= firstEnd;
                next = placed.nextClearBit(next + 1)) {
            possible.add(next);
        }
        return possible;
    }

    /** Nothing that began later can come before it. */
    private long firstEnd(BitSet placed) {
        long first = Call.OPEN;
        for (int i = placed.nextClearBit(0);
                i < calls.size() && calls.get(i).began() <= first;
                i = placed.nextClearBit(i + 1)) {
            first = Math.min(first, calls.get(i).ended());
        }
        return first;
    }

    private String stuck() {
        long firstEnd = firstEnd(most);
        return "After %d of %d calls the state is %s, and none of these fits:%n%s"
                .formatted(
                        most.cardinality(),
                        calls.size(),
                        stateAtMost,
                        calls.stream()
                                .filter(call -> !most.get(calls.indexOf(call)))
                                .filter(call -> call.began() <= firstEnd)
                                .map(Call::toString)
                                .collect(Collectors.joining("\n")));
    }
}
