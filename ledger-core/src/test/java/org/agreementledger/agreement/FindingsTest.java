package org.agreementledger.agreement;

import static org.agreementledger.agreement.Entries.*;
import static org.agreementledger.agreement.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import org.agreementledger.agreement.Effect.Sum;
import org.agreementledger.terms.Decimal;
import org.agreementledger.terms.Outcome;
import org.agreementledger.terms.TermConstancy;
import org.agreementledger.terms.TermValue;
import org.agreementledger.terms.WordDifference.Op;
import org.agreementledger.terms.WordDifference.Part;
import org.agreementledger.time.Day;
import org.junit.jupiter.api.Test;

/** What entries come to: terms on a day, effects, verdicts and constancy, case by case. */
class FindingsTest {

    private static final Entry RATE = opening("2020-01-01", introduce("rate", "5 %"));

    // ---- terms on a day

    @Test
    void a_change_agreed_earlier_does_not_raise_a_term_retired_later() {
        given(RATE, effective("2024-01-01", amendment("2021-01-01", change("rate", "6 %"))))
                .when(amendment("2022-01-01", retire("rate")))
                .recorded()
                .effect(Sum.CHANGED, "-rate")
                .terms("2021-12-31", "rate=5 %")
                .terms("2022-01-01")
                .terms("2024-01-01");
    }

    @Test
    void a_change_for_one_year_gives_way_to_what_was_there_before() {
        given(RATE)
                .when(
                        amendment(
                                "2021-01-01",
                                until("2026-01-01", from("2025-01-01", change("rate", "6 %")))))
                .recorded()
                .effect(Sum.CHANGED, "~rate")
                .terms("2024-12-31", "rate=5 %")
                .terms("2025-01-01", "rate=6 %")
                .terms("2025-12-31", "rate=6 %")
                .terms("2026-01-01", "rate=5 %");
    }

    @Test
    void a_term_through_2032_lapses_without_an_entry() {
        given().when(opening("2020", until("2033", introduce("rate", "5 %"))))
                .recorded()
                .terms("2032-12-31", "rate=5 %")
                .terms("2033-01-01")
                .constancy("2032-12-31", "2033-01-01", "rate LAPSED []");
    }

    @Test
    void the_later_instrument_prevails_also_when_it_works_retroactively() {
        given(RATE, amendment("2021-01-01", change("rate", "6 %")))
                .when(amendment("2022-01-01", from("2020-06-01", change("rate", "7 %"))))
                .recorded()
                .effect(Sum.CHANGED, "~rate")
                .terms("2020-05-31", "rate=5 %")
                .terms("2021-06-01", "rate=7 %");
    }

    @Test
    void an_instrument_recorded_late_gives_way_to_the_later_one() {
        given(RATE, amendment("2021-01-01", change("rate", "6 %")))
                .when(amendment("2020-06-01", change("rate", "5.5 %")))
                .recorded()
                .effect(Sum.CHANGED, "~rate")
                .terms("2020-06-01", "rate=5.5 %")
                .terms("2021-01-01", "rate=6 %");
    }

    @Test
    void telling_more_of_a_term_never_undoes_an_instrument() {
        given(RATE, amendment("2021-01-01", change("rate", "6 %")))
                .when(announcement("2022-01-01", disclose("rate", "5.25 %", "2020-06-01")))
                .recorded()
                .effect(Sum.DISCLOSED, "!rate")
                .terms("2020-05-31", "rate=5 %")
                .terms("2020-12-31", "rate=5.25 %")
                .terms("2021-01-01", "rate=6 %");
        given(opening("2020", until("2021", introduce("rate", "5 %"))))
                .when(announcement("2022-01-01", disclose("rate", "5.25 %", "2020-06-01")))
                .recorded()
                .terms("2020-12-31", "rate=5.25 %")
                .terms("2021-01-01");
    }

    @Test
    void a_disclosure_without_anything_below_it_holds_until_an_instrument_comes() {
        given(
                        opening("2020"),
                        announcement("2022-01-01", disclose("rate", "5 %", "2020-06-01")),
                        announcement("2022-02-01", disclose("rate", "5.25 %", "2020-09-01")))
                .when(amendment("2022-03-01", change("rate", "6 %")))
                .recorded()
                .terms("2020-05-31")
                .terms("2020-06-01", "rate=5 %")
                .terms("2020-09-01", "rate=5.25 %")
                .terms("2022-03-01", "rate=6 %");
    }

    @Test
    void after_the_closing_only_survivors_are_in_force() {
        given(opening("2020", introduce("rate", "5 %"), introduce("secrecy", "yes")))
                .when(effective("2022-06-01", closing("2022-01-01", "secrecy")))
                .recorded()
                .effect(Sum.CHANGED, "-rate")
                .fingerprintsEqual(false)
                .terms("2022-05-31", "rate=5 %", "secrecy=yes")
                .terms("2022-06-01", "secrecy=yes")
                .constancy("2022-01-01", "2022-06-01", "rate RETIRED [2]", "secrecy UNCHANGED []");
    }

    @Test
    void a_partial_day_counts_as_its_first_and_is_shown_as_given() {
        Scenario.Answer answer =
                given(RATE).when(amendment("2021-03", change("rate", "6 %"))).recorded();
        answer.terms("2021-02-28", "rate=5 %").terms("2021-03-01", "rate=6 %");
        assertThat(answer.history().entry(2).header().occurredOn()).hasToString("2021-03");
    }

    @Test
    void parties_follow_their_changes() {
        Party plc = new Party("acme-plc", "Acme plc");
        given(
                        RATE,
                        changingParties(
                                effective("2022-01-01", amendment("2021-01-01")),
                                succeeds("acme", plc)))
                .when(partyChange("2023-01-01", leaves("globex")))
                .recorded()
                .effect(Sum.CHANGED, "parties")
                .fingerprintsEqual(false)
                .parties("2019-12-31")
                .parties("2021-12-31", "acme", "globex")
                .parties("2022-01-01", "acme-plc", "globex")
                .parties("2023-01-01", "acme-plc");
    }

    // ---- effects

    @Test
    void an_effect_is_measured_on_the_day_the_action_starts() {
        given(RATE)
                .when(
                        effective(
                                "2030",
                                amendment(
                                        "2021-01-01",
                                        change("rate", "6 %"),
                                        introduce("fee", "1"))))
                .recorded()
                .effect(Sum.CHANGED, "~rate", "+fee")
                .fingerprintsEqual(false);
    }

    @Test
    void a_change_to_the_same_content_changes_nothing() {
        given(RATE)
                .when(amendment("2021-01-01", quoting("five per cent", change("rate", "5 %"))))
                .recorded()
                .effect(Sum.UNCHANGED)
                .fingerprintsEqual(true)
                .constancy("2020-06-01", "2021-06-01", "rate UNCHANGED []");
    }

    @Test
    void a_change_below_a_later_instrument_shows_no_effect() {
        given(RATE, amendment("2022-01-01", from("2021-01-01", change("rate", "7 %"))))
                .when(amendment("2021-06-01", change("rate", "6 %")))
                .recorded()
                .effect(Sum.UNCHANGED)
                .terms("2021-06-01", "rate=7 %");
    }

    @Test
    void a_correction_is_no_change() {
        given(RATE, amendment("2021-01-01", change("rate", "6 %")))
                .when(correction("2022-01-01", 2, amendment("2021-01-01", change("rate", "6.5 %"))))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .fingerprintsEqual(false)
                .terms("2021-01-01", "rate=6.5 %");
        given(RATE, announcement("2021-01-01"))
                .when(correction("2022-01-01", 2, announcement("2021-01-02")))
                .recorded()
                .effect(Sum.UNCHANGED)
                .fingerprintsEqual(true);
    }

    @Test
    void a_withdrawn_closing_gives_the_terms_back() {
        given(RATE, closing("2021-01-01"))
                .when(withdrawal("2021-02-01", 2))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .terms("2021-01-01", "rate=5 %");
    }

    @Test
    void a_reported_change_shows_among_all_and_once_confirmed_everywhere() {
        Scenario.Given reported =
                given(RATE, reported(amendment("2021-01-01", change("rate", "6 %"))));
        reported.answer()
                .effect(Sum.CHANGED, "~rate")
                .terms("2021-01-01", "rate=5 %")
                .terms(View.ALL, "2021-01-01", "rate=6 %");
        reported.when(confirmation("2021-02-01", 2))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .terms("2021-01-01", "rate=6 %");
    }

    // ---- verdicts

    private static final Entry QUOTED =
            opening(
                    "2020-01-01",
                    quoting(
                            "The rate is five per cent.",
                            valued(percent("5.0"), introduce("rate", "5 %"))));

    private static TermValue percent(String number) {
        return new TermValue.Percentage(new Decimal(number), null);
    }

    @Test
    void a_claim_in_the_same_words_is_upheld() {
        given(QUOTED)
                .when(
                        announcement(
                                "2021-01-01",
                                quoting(
                                        "the\u00a0rate  is five PER cent. ",
                                        valued(percent("5"), reaffirm("rate")))))
                .recorded()
                .effect(Sum.UNCHANGED)
                .verdicts("rate UPHELD");
    }

    @Test
    void a_claim_in_other_words_is_shown_with_the_difference() {
        Verdict verdict =
                given(QUOTED)
                        .when(
                                announcement(
                                        "2021-01-01",
                                        quoting("the rate is six percent.", reaffirm("rate"))))
                        .recorded()
                        .verdicts("rate REWORDED")
                        .findings()
                        .verdicts()
                        .getFirst();
        assertThat(verdict.since()).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(verdict.claimed()).isEqualTo("the rate is six percent.");
        assertThat(verdict.held()).isEqualTo("The rate is five per cent.");
        assertThat(verdict.difference())
                .containsExactly(
                        new Part(Op.EQUAL, "The rate is"),
                        new Part(Op.DELETE, "five per cent."),
                        new Part(Op.INSERT, "six percent."));
    }

    @Test
    void a_claim_against_the_facts_is_recorded_and_contradicted() {
        Scenario.Given changed = given(QUOTED, amendment("2021-01-01", change("rate", "6 %")));
        changed.when(announcement("2022-01-01", reaffirm("rate", "2020-06-01")))
                .recorded()
                .verdicts("rate CONTRADICTED");
        changed.when(announcement("2022-01-01", reaffirm("rate")))
                .recorded()
                .verdicts("rate UPHELD");
        changed.when(announcement("2022-01-01", reaffirm("rate", "2019-12-31")))
                .recorded()
                .verdicts("rate CONTRADICTED");
        given(QUOTED)
                .when(announcement("2021-01-01", valued(percent("6"), reaffirm("rate"))))
                .recorded()
                .verdicts("rate CONTRADICTED");
        given(QUOTED, amendment("2021-01-01", retire("rate")))
                .when(announcement("2022-01-01", reaffirm("rate")))
                .recorded()
                .verdicts("rate CONTRADICTED");
        given(
                        QUOTED,
                        amendment("2020-06-01", retire("rate")),
                        amendment("2020-07-01", introduce("rate", "5 %")))
                .when(announcement("2022-01-01", reaffirm("rate", "2020-01-01")))
                .recorded()
                .verdicts("rate CONTRADICTED");
    }

    @Test
    void a_claim_of_a_term_that_never_was_is_unknown() {
        given(QUOTED)
                .when(announcement("2021-01-01", reaffirm("fee")))
                .recorded()
                .verdicts("fee UNKNOWN_TERM");
        given(QUOTED, reported(amendment("2020-06-01", introduce("fee", "1"))))
                .when(announcement("2021-01-01", reaffirm("fee")))
                .recorded()
                .verdicts("fee UNKNOWN_TERM");
        given(QUOTED, reported(amendment("2020-06-01", introduce("fee", "1"))))
                .when(reported(announcement("2021-01-01", reaffirm("fee"))))
                .recorded()
                .verdicts("fee UPHELD");
    }

    @Test
    void a_day_claimed_less_precisely_is_the_same_day() {
        given(
                        opening(
                                "2020-01-01",
                                valued(
                                        new TermValue.OnDay(Day.parse("2032-01-01"), null),
                                        introduce("end", "It ends in 2032."))))
                .when(
                        announcement(
                                "2021-01-01",
                                valued(
                                        new TermValue.OnDay(Day.parse("2032"), null),
                                        reaffirm("end"))))
                .recorded()
                .verdicts("end UPHELD");
    }

    @Test
    void a_disclosure_since_does_not_contradict_a_claim() {
        given(RATE, announcement("2021-01-01", disclose("rate", "5.25 %", "2020-06-01")))
                .when(announcement("2022-01-01", reaffirm("rate", "2020-02-01")))
                .recorded()
                .verdicts("rate UPHELD");
    }

    @Test
    void the_star_stands_for_all_in_force_since_that_are_not_named() {
        given(
                        opening(
                                "2020-01-01",
                                introduce("rate", "5 %"),
                                introduce("fee", "1"),
                                introduce("venue", "Paris")),
                        amendment("2020-06-01", introduce("new", "x"), change("venue", "Rome")))
                .when(announcement("2021-01-01", reaffirm("rate"), reaffirmAll("2020-02-01")))
                .recorded()
                .verdicts("rate UPHELD", "fee UPHELD", "venue CONTRADICTED");
    }

    @Test
    void a_claim_is_judged_without_its_own_entry() {
        given(RATE)
                .when(amendment("2021-01-01", change("rate", "6 %"), reaffirmAll("2020-06-01")))
                .recorded()
                .verdicts();
        given(
                        RATE,
                        announcement(
                                "2021-01-01",
                                reaffirm("fee"),
                                disclose("rate", "5.1 %", "2020-06-01")))
                .when(
                        correction(
                                "2021-02-01",
                                2,
                                announcement(
                                        "2021-01-01",
                                        reaffirm("rate", "2020-02-01"),
                                        disclose("fee", "1", "2020-06-01"))))
                .recorded()
                .verdicts("rate UPHELD");
    }

    @Test
    void a_replacement_that_is_only_reported_is_judged_among_all() {
        given(
                        RATE,
                        reported(amendment("2020-06-01", introduce("fee", "1"))),
                        announcement("2021-01-01"))
                .when(
                        correction(
                                "2021-02-01",
                                3,
                                reported(announcement("2021-01-01", reaffirm("fee")))))
                .recorded()
                .verdicts("fee UPHELD");
    }

    // ---- constancy

    @Test
    void between_two_days_every_outcome_is_named() {
        Scenario.Answer answer =
                given(
                                opening(
                                        "2020-01-01",
                                        introduce("a", "kept"),
                                        introduce("b", "one"),
                                        introduce("c", "gone"),
                                        until("2021-06-01", introduce("d", "for a time")),
                                        introduce("e", "told of")),
                                amendment(
                                        "2021-01-01",
                                        change("b", "two"),
                                        retire("c"),
                                        introduce("f", "new")))
                        .when(
                                announcement(
                                        "2021-02-01", disclose("e", "told more of", "2020-06-01")))
                        .recorded();
        answer.constancy(
                "2020-07-01",
                "2022-01-01",
                "a UNCHANGED []",
                "b CHANGED [2]",
                "c RETIRED [2]",
                "d LAPSED []",
                "e DISCLOSED [3]",
                "f INTRODUCED [2]");
        assertThat(answer.constancy("2020-07-01", "2020-12-31").unchanged()).isTrue();
        assertThat(answer.constancy("2020-07-01", "2021-01-01").unchanged()).isFalse();
        assertThat(answer.constancy("2021-01-01", "2021-05-31").unchanged()).isTrue();
    }

    @Test
    void what_came_and_went_in_between_does_not_hide() {
        Scenario.Answer answer =
                given(RATE)
                        .when(
                                amendment(
                                        "2021-01-01",
                                        until("2021-03-01", change("rate", "6 %")),
                                        until("2021-03-01", introduce("fee", "1"))))
                        .recorded();
        answer.constancy("2020-06-01", "2021-06-01", "fee RETIRED [2]", "rate CHANGED [2]");
        Constancy constancy = answer.constancy("2020-06-01", "2021-06-01");
        assertThat(constancy.fingerprintFrom()).isEqualTo(constancy.fingerprintTo());
        assertThat(constancy.unchanged()).isFalse();
    }

    @Test
    void a_lapse_known_since_the_start_is_a_change_also_where_something_else_comes_back() {
        given(RATE)
                .when(amendment("2021-01-01", until("2021-03-01", change("rate", "6 %"))))
                .recorded()
                .constancy("2021-02-01", "2021-03-01", "rate CHANGED []");
    }

    @Test
    void what_is_told_in_the_window_is_disclosed_wherever_it_starts() {
        Scenario.Given kept = given(RATE);
        kept.when(announcement("2021-01-01", disclose("rate", "5.25 %", "2020-06-01")))
                .recorded()
                .constancy("2020-03-01", "2020-12-31", "rate DISCLOSED [2]")
                .constancy("2020-07-01", "2021-01-01", "rate DISCLOSED [2]")
                .constancy("2020-03-01", "2021-06-01", "rate DISCLOSED [2]")
                .constancy("2021-01-01", "2021-06-01", "rate UNCHANGED []")
                .constancy("2020-03-01", "2020-05-31", "rate UNCHANGED []");
        kept.when(announcement("2021-01-01", disclose("rate", "6 %", "2025-01-01")))
                .recorded()
                .effect(Sum.DISCLOSED, "!rate")
                .constancy("2020-07-01", "2021-06-01", "rate DISCLOSED [2]");
        kept.when(
                        announcement(
                                "2021-01-01",
                                until("2020-03-01", disclose("fee", "1", "2020-02-01"))))
                .recorded()
                .constancy("2020-07-01", "2021-06-01", "fee DISCLOSED [2]", "rate UNCHANGED []")
                .constancy("2020-07-01", "2020-12-31", "rate UNCHANGED []");
    }

    @Test
    void the_fingerprints_of_an_unchanged_window_leave_out_what_was_told_in_it() {
        Constancy constancy =
                given(RATE, announcement("2021-01-01", disclose("fee", "1", "2020-06-01")))
                        .answer()
                        .constancy("2020-03-01", "2021-06-01");
        assertThat(constancy.unchanged()).isTrue();
        assertThat(constancy.fingerprintFrom()).isEqualTo(constancy.fingerprintTo());
        TermConstancy fee = constancy.terms().getFirst();
        assertThat(fee.outcome()).isEqualTo(Outcome.DISCLOSED);
        assertThat(fee.from().held()).isEmpty();
        assertThat(fee.to().held()).isPresent();
    }

    @Test
    void an_amendment_of_what_was_only_told_in_the_window_is_a_change() {
        given(
                        opening("2020-01-01"),
                        announcement("2021-01-01", disclose("rate", "5 %", "2020-02-01")))
                .when(amendment("2021-06-01", change("rate", "6 %")))
                .recorded()
                .constancy("2020-07-01", "2022-01-01", "rate CHANGED [3]");
    }

    @Test
    void what_is_told_from_the_day_of_a_change_does_not_hide_the_change() {
        given(
                        opening("2020-01-01"),
                        announcement("2021-01-01", disclose("rate", "5 %", "2020-02-01")),
                        amendment("2021-06-01", change("rate", "6 %")))
                .when(announcement("2021-07-01", disclose("rate", "6.25 %", "2021-06-01")))
                .recorded()
                .constancy("2020-07-01", "2022-01-01", "rate CHANGED [3, 4]");
    }

    @Test
    void what_is_told_of_a_later_time_does_not_hide_a_lapse() {
        given(
                        RATE,
                        announcement(
                                "2021-01-01",
                                until("2021-06-01", disclose("rate", "5.1 %", "2020-02-01"))))
                .when(announcement("2021-01-02", disclose("rate", "5.2 %", "2021-06-01")))
                .recorded()
                .constancy("2020-07-01", "2021-05-31", "rate DISCLOSED [2, 3]")
                .constancy("2020-07-01", "2021-06-01", "rate CHANGED [3]");
    }

    @Test
    void a_closing_within_the_window_retires() {
        given(RATE)
                .when(closing("2021-01-01"))
                .recorded()
                .constancy("2020-06-01", "2021-01-01", "rate RETIRED [2]")
                .constancy("2020-06-01", "2020-12-31", "rate UNCHANGED []")
                .constancy("2021-01-01", "2022-01-01");
    }

    @Test
    void of_two_closings_the_first_retires() {
        given(RATE, closing("2021-01-01"))
                .when(effective("2021-01-01", closing("2021-02-01")))
                .recorded()
                .effect(Sum.UNCHANGED)
                .constancy("2020-06-01", "2021-06-01", "rate RETIRED [2]");
    }

    @Test
    void parties_have_an_outcome_too() {
        Scenario.Answer answer =
                given(RATE, partyChange("2021-01-01", joins(new Party("hooli", "Hooli"))))
                        .when(
                                partyChange(
                                        "2022-01-01",
                                        leaves("acme"),
                                        leaves("globex"),
                                        leaves("hooli")))
                        .recorded();
        assertThat(parties(answer, "2020-01-01", "2020-12-31"))
                .isEqualTo(new Constancy.PartyConstancy(Outcome.UNCHANGED, sequences()));
        assertThat(parties(answer, "2020-01-01", "2021-01-01"))
                .isEqualTo(new Constancy.PartyConstancy(Outcome.CHANGED, sequences(2)));
        assertThat(parties(answer, "2019-01-01", "2021-01-01"))
                .isEqualTo(new Constancy.PartyConstancy(Outcome.INTRODUCED, sequences(1, 2)));
        assertThat(parties(answer, "2021-01-01", "2022-01-01"))
                .isEqualTo(new Constancy.PartyConstancy(Outcome.RETIRED, sequences(3)));
        assertThat(parties(answer, "2019-01-01", "2022-01-01"))
                .isEqualTo(new Constancy.PartyConstancy(Outcome.RETIRED, sequences(1, 2, 3)));
        assertThat(answer.constancy("2020-06-01", "2021-01-01").unchanged()).isFalse();
    }

    private static Constancy.PartyConstancy parties(
            Scenario.Answer answer, String from, String to) {
        return answer.constancy(from, to).parties();
    }

    private static TreeSet<Integer> sequences(Integer... sequences) {
        return new TreeSet<>(List.of(sequences));
    }

    @Test
    void a_window_cannot_end_before_it_starts() {
        assertThatThrownBy(() -> given(RATE).answer().constancy("2021-01-02", "2021-01-01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("2021-01-02", "2021-01-01");
    }

    // ---- on the axis of record time

    @Test
    void what_was_known_then_stays() {
        History history =
                given(
                                RATE,
                                reported(amendment("2021-01-01", change("rate", "6 %"))),
                                confirmation("2021-02-01", 2),
                                correction(
                                        "2021-03-01",
                                        2,
                                        amendment("2021-01-01", change("rate", "7 %"))),
                                withdrawal("2021-04-01", 2))
                        .agreement()
                        .history();
        new Scenario.Answer(history.upTo(2)).terms("2021-01-01", "rate=5 %");
        new Scenario.Answer(history.upTo(3)).terms("2021-01-01", "rate=6 %");
        new Scenario.Answer(history.upTo(4)).terms("2021-01-01", "rate=7 %");
        new Scenario.Answer(history.upTo(5))
                .terms("2021-01-01", "rate=5 %")
                .terms(View.ALL, "2021-01-01", "rate=5 %");
        assertThat(history.known(2))
                .hasValueSatisfying(known -> {
                    assertThat(known.confirmedBy()).isEqualTo(3);
                    assertThat(known.correctedBy()).isEqualTo(4);
                    assertThat(known.withdrawnBy()).isEqualTo(5);
                });
    }

    @Test
    void an_agreement_is_pending_then_in_force_then_closed() {
        History history =
                given(
                                effective("2020-06-01", opening("2020-01-01")),
                                effective("2022-06-01", closing("2022-01-01")))
                        .agreement()
                        .history();
        assertThat(history.status(View.CONFIRMED, LocalDate.of(2020, 5, 31)))
                .isEqualTo(History.Status.PENDING);
        assertThat(history.status(View.CONFIRMED, LocalDate.of(2022, 5, 31)))
                .isEqualTo(History.Status.IN_FORCE);
        assertThat(history.status(View.CONFIRMED, LocalDate.of(2022, 6, 1)))
                .isEqualTo(History.Status.CLOSED);
    }
}
