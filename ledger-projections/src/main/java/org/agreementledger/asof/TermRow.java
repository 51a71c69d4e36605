package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.terms.PlacedAction;
import org.agreementledger.terms.TermKey;
import org.agreementledger.terms.TermState;
import org.agreementledger.terms.TermTimeline;
import org.agreementledger.time.Timeline.Segment;

/**
 * What prevails on one term in a range of days: a row of {@code term_version} without its range of
 * record time.
 */
record TermRow(String key, LocalDate validFrom, LocalDate validTo, State state, long wordingId) {

    enum State {
        HELD,
        RETIRED,
        CLOSED,
        /** A version that prevails on no day, whose range is empty. */
        OVERRIDDEN;

        private static final List<State> ALL = List.of(values());

        static State at(int ordinal) {
            return ALL.get(ordinal);
        }

        static State of(String slug) {
            for (State state : ALL) {
                if (Slugs.of(state).equals(slug)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state is called " + slug);
        }
    }

    /**
     * The rows of a part of one term, by day, the overridden versions last.
     *
     * @param fold that the part is of
     */
    static List<TermRow> of(AgreementFold fold, TermKey key, TermTimeline.Part part) {
        List<TermRow> rows = new ArrayList<>();
        for (Segment<TermState> segment : part.segments()) {
            switch (segment.value()) {
                case TermState.Held(PlacedAction by) ->
                        rows.add(of(key, segment, State.HELD, TermWording.id(fold, by)));
                case TermState.Retired(PlacedAction by) ->
                        rows.add(of(key, segment, State.RETIRED, TermWording.id(fold, by)));
                case TermState.Closed(var by) ->
                        rows.add(
                                of(
                                        key,
                                        segment,
                                        State.CLOSED,
                                        TermWording.closingId(fold, by.sequence())));
                case TermState.Absent _ -> {}
            }
        }
        for (PlacedAction action : part.overridden()) {
            LocalDate from = action.validity().from();
            rows.add(
                    new TermRow(
                            key.value(),
                            from,
                            from,
                            State.OVERRIDDEN,
                            TermWording.id(fold, action)));
        }
        return rows;
    }

    private static TermRow of(TermKey key, Segment<?> segment, State state, long wordingId) {
        return new TermRow(key.value(), segment.from(), segment.to(), state, wordingId);
    }
}
