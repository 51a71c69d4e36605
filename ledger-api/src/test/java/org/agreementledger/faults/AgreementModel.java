package org.agreementledger.faults;

import java.util.Optional;
import org.agreementledger.faults.AgreementModel.Answer;
import org.agreementledger.faults.AgreementModel.Request;
import org.agreementledger.faults.AgreementModel.State;

/** One agreement with one term, as its clients may expect it to be. */
final class AgreementModel implements Linearizability.Model<State, Request, Answer> {

    /**
     * @param sequence 0 before it is opened
     */
    record State(int sequence, String statement) {}

    sealed interface Request {}

    record Open(String statement) implements Request {}

    /**
     * @param expected the sequence in If-Match; 0 without
     */
    record Amend(String statement, int expected) implements Request {}

    record Read() implements Request {}

    sealed interface Answer {}

    record Stored(int sequence) implements Answer {}

    record Seen(int sequence, String statement) implements Answer {}

    /** 404, 409 or 412. */
    record Refused(int status) implements Answer {}

    @Override
    public State initial() {
        return new State(0, "");
    }

    @Override
    public Optional<State> after(State state, Request request, Answer answer) {
        return switch (answer) {
            case Seen(int sequence, String statement) ->
                    Optional.of(state).filter(new State(sequence, statement)::equals);
            case Refused(int status) ->
                    Optional.of(state).filter(_ -> refuses(state, request, status));
            case Stored(int sequence) -> stored(state, request, sequence);
        };
    }

    private static boolean refuses(State state, Request request, int status) {
        boolean isThere = state.sequence() > 0;
        return switch (request) {
            case Open _ -> isThere && status == 409;
            case Read() -> !isThere && status == 404;
            case Amend(_, int expected) ->
                    isThere
                            ? expected != 0 && expected != state.sequence() && status == 412
                            : status == 404;
        };
    }

    private static Optional<State> stored(State state, Request request, int sequence) {
        State after = new State(sequence, statement(request));
        boolean fits =
                sequence == state.sequence() + 1
                        && switch (request) {
                            case Open _ -> state.sequence() == 0;
                            case Amend(_, int expected) ->
                                    state.sequence() > 0
                                            && (expected == 0 || expected == state.sequence());
                            case Read() -> false;
                        };
        return fits ? Optional.of(after) : Optional.empty();
    }

    private static String statement(Request request) {
        return switch (request) {
            case Open(String statement) -> statement;
            case Amend(String statement, _) -> statement;
            case Read() -> "";
        };
    }
}
