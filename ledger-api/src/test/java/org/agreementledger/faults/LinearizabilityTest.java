package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agreementledger.faults.AgreementModel.Amend;
import org.agreementledger.faults.AgreementModel.Answer;
import org.agreementledger.faults.AgreementModel.Open;
import org.agreementledger.faults.AgreementModel.Read;
import org.agreementledger.faults.AgreementModel.Refused;
import org.agreementledger.faults.AgreementModel.Request;
import org.agreementledger.faults.AgreementModel.Seen;
import org.agreementledger.faults.AgreementModel.State;
import org.agreementledger.faults.AgreementModel.Stored;
import org.agreementledger.faults.Linearizability.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge is judged: what it must let pass, and what it must not. */
class LinearizabilityTest {

    private static final AgreementModel MODEL = new AgreementModel();
    private static final Call<Request, Answer> OPENED = call(0, 1, new Open("a"), new Stored(1));

    @Test
    void calls_that_overlap_may_have_been_done_in_either_order() {
        assertThat(
                        violation(
                                OPENED,
                                call(2, 9, new Amend("b", 0), new Stored(3)),
                                call(3, 8, new Amend("c", 1), new Stored(2)),
                                call(4, 5, new Read(), new Seen(1, "a")),
                                call(6, 7, new Read(), new Seen(3, "b"))))
                .isEmpty();
    }

    @Test
    void what_was_answered_is_seen_by_who_asks_later() {
        assertStuck(
                OPENED,
                call(2, 3, new Amend("b", 0), new Stored(2)),
                call(4, 5, new Read(), new Seen(1, "a")));
    }

    @Test
    void what_one_reader_has_seen_no_later_reader_misses() {
        assertStuck(
                OPENED,
                call(2, 9, new Amend("b", 0), new Stored(2)),
                call(3, 4, new Read(), new Seen(2, "b")),
                call(5, 6, new Read(), new Seen(1, "a")));
    }

    @Test
    void of_two_writers_who_expected_the_same_sequence_one_is_refused() {
        assertStuck(
                OPENED,
                call(2, 9, new Amend("b", 1), new Stored(2)),
                call(3, 8, new Amend("c", 1), new Stored(3)));
        assertStuck(
                OPENED,
                call(2, 9, new Amend("b", 1), new Refused(412)),
                call(3, 8, new Amend("c", 1), new Refused(412)));
        assertThat(
                        violation(
                                OPENED,
                                call(2, 9, new Amend("b", 1), new Stored(2)),
                                call(3, 8, new Amend("c", 1), new Refused(412))))
                .isEmpty();
    }

    @Test
    void an_agreement_is_opened_once_and_not_amended_before() {
        assertStuck(OPENED, call(0, 2, new Open("b"), new Stored(1)));
        assertStuck(
                call(0, 1, new Amend("b", 0), new Refused(404)),
                call(2, 3, new Open("b"), new Refused(409)));
        assertThat(violation(OPENED, call(2, 3, new Open("b"), new Refused(409)))).isEmpty();
    }

    @Test
    void what_is_stored_but_not_told_to_be_seen_yet_may_be_seen_later() {
        assertThat(
                        violation(
                                OPENED,
                                new Call<>(new Amend("b", 0), new Stored(2), 2, Call.OPEN),
                                call(4, 5, new Read(), new Seen(1, "a")),
                                call(6, 7, new Read(), new Seen(2, "b"))))
                .isEmpty();
    }

    /** A history made by doing one call after the other, then stretched and told out of order. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_made_history_passes_and_with_one_lie_in_it_does_not(long seed) {
        Random random = new Random(seed);
        List<Call<Request, Answer>> calls = made(random, 200);
        assertThat(Linearizability.violation(MODEL, calls)).as("seed " + seed).isEmpty();

        int lie = random.nextInt(calls.size());
        while (!(calls.get(lie).answer() instanceof Seen)) {
            lie = (lie + 1) % calls.size();
        }
        Call<Request, Answer> told = calls.get(lie);
        calls.set(lie, new Call<>(told.call(), new Seen(77_777, "?"), told.began(), told.ended()));
        assertThat(Linearizability.violation(MODEL, calls)).as("seed " + seed).isPresent();
    }

    static List<Long> seeds() {
        return IntStream.range(0, 20).mapToObj(Long::valueOf).toList();
    }

    private static List<Call<Request, Answer>> made(Random random, int count) {
        List<Call<Request, Answer>> calls = new ArrayList<>();
        State state = MODEL.initial();
        for (int moment = 0; moment < count; moment++) {
            Request request =
                    switch (random.nextInt(5)) {
                        case 0 -> new Open("opened " + moment);
                        case 1 -> new Amend("amended " + moment, 0);
                        case 2 ->
                                new Amend(
                                        "expected " + moment, state.sequence() + random.nextInt(2));
                        default -> new Read();
                    };
            Answer answer = honest(state, request);
            state = MODEL.after(state, request, answer).orElseThrow();
            calls.add(
                    new Call<>(
                            request,
                            answer,
                            moment * 10 - random.nextInt(40),
                            moment * 10 + 1 + random.nextInt(40)));
        }
        return calls;
    }

    private static Answer honest(State state, Request request) {
        boolean isThere = state.sequence() > 0;
        return switch (request) {
            case Open _ -> isThere ? new Refused(409) : new Stored(1);
            case Amend(_, int expected) -> {
                if (!isThere) {
                    yield new Refused(404);
                }
                yield expected == 0 || expected == state.sequence()
                        ? new Stored(state.sequence() + 1)
                        : new Refused(412);
            }
            case Read() ->
                    isThere ? new Seen(state.sequence(), state.statement()) : new Refused(404);
        };
    }

    @SafeVarargs
    private static void assertStuck(Call<Request, Answer>... calls) {
        assertThat(violation(calls)).isPresent();
    }

    @SafeVarargs
    private static java.util.Optional<String> violation(Call<Request, Answer>... calls) {
        return Linearizability.violation(MODEL, List.of(calls));
    }

    private static Call<Request, Answer> call(
            long began, long ended, Request request, Answer answer) {
        return new Call<>(request, answer, began, ended);
    }
}
