package org.agreementledger.agreement;

import static org.agreementledger.agreement.Entries.*;
import static org.agreementledger.agreement.Rule.*;
import static org.agreementledger.agreement.Scenario.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.agreementledger.agreement.Effect.Sum;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static final Entry RATE = opening("2020-01-01", introduce("rate", "5 %"));

    // ---- the agreement

    @Test
    void an_agreement_opens_once() {
        given(RATE)
                .when(opening("2020-01-01"))
                .refused(AGREEMENT_EXISTS, "/agreementId", "acme-globex");
    }

    @Test
    void nothing_but_an_opening_begins_an_agreement() {
        given().when(announcement("2020-01-01"))
                .refused(AGREEMENT_UNKNOWN, "/agreementId", "acme-globex");
        given().when(withdrawal("2020-01-01", 1)).refused(AGREEMENT_UNKNOWN, "/agreementId");
        given().when(opening("2020-01-01")).recorded();
    }

    @Test
    void an_entry_decided_on_an_older_sequence_is_refused() {
        Agreement agreement = given(RATE, announcement("2020-02-01")).agreement();
        Entry entry = announcement("2020-03-01");
        assertThatThrownBy(() -> agreement.decide(new RecordEntry(entry, 1), Scenario.TODAY))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.rule()).isEqualTo(SEQUENCE_MOVED))
                .hasMessageContainingAll("acme-globex", "at sequence 2", "not 1");
        assertThat(agreement.decide(new RecordEntry(entry, 2), Scenario.TODAY).sequence())
                .isEqualTo(3);
        assertThat(Agreement.unopened().decide(new RecordEntry(RATE, 0), Scenario.TODAY).sequence())
                .isEqualTo(1);
    }

    @Test
    void after_the_closing_a_term_that_does_not_survive_takes_no_action() {
        Scenario.Given closed =
                given(
                        opening(
                                "2020-01-01",
                                introduce("rate", "5 %"),
                                introduce("secrecy", "yes")),
                        closing("2022-01-01", "secrecy"));
        closed.when(amendment("2022-06-01", change("secrecy", "no"), change("rate", "6 %")))
                .refused(
                        AGREEMENT_CLOSED,
                        "/terms/1/key",
                        "rate",
                        "2022-01-01",
                        "entry 2",
                        "2022-06-01");
        closed.when(amendment("2022-06-01", introduce("new", "x")))
                .refused(AGREEMENT_CLOSED, "/terms/0/key", "new");
        closed.when(announcement("2022-06-01", disclose("rate", "5.1 %", "2022-01-01")))
                .refused(AGREEMENT_CLOSED, "/terms/0/key");
        closed.when(amendment("2022-06-01", change("secrecy", "no")))
                .recorded()
                .terms("2022-06-01", "secrecy=no");
    }

    @Test
    void after_the_closing_the_past_can_still_be_amended() {
        Scenario.Given closed = given(RATE, closing("2022-01-01"));
        closed.when(amendment("2022-06-01", from("2021-12-31", change("rate", "6 %"))))
                .recorded()
                .terms("2021-12-31", "rate=6 %")
                .terms("2022-01-01");
        closed.when(announcement("2022-06-01", disclose("rate", "5.1 %", "2021-12-31"))).recorded();
    }

    @Test
    void an_instrument_older_than_the_closing_is_not_refused_by_it() {
        given(RATE, closing("2022-01-01"))
                .when(effective("2023-01-01", amendment("2021-06-01", change("rate", "6 %"))))
                .recorded()
                .effect(Sum.UNCHANGED)
                .terms("2023-01-01");
    }

    @Test
    void a_closing_that_makes_a_later_amendment_impossible_names_it() {
        given(RATE, amendment("2022-01-01"), amendment("2023-01-01", change("rate", "6 %")))
                .when(closing("2022-01-01"))
                .refused(HISTORY_CONTRADICTS, "", "entry 3 of 2023-01-01", "closed on 2022-01-01");
        given(RATE, amendment("2023-01-01", change("rate", "6 %")))
                .when(closing("2022-01-01", "rate"))
                .recorded()
                .terms("2023-01-01", "rate=6 %");
    }

    // ---- the kind

    @Test
    void statements_cannot_change_terms() {
        given(RATE)
                .when(announcement("2021-01-01", reaffirm("rate"), change("other", "x")))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/terms/1/action", "announcement", "change");
        given(RATE)
                .when(fundingRound("2021-01-01", introduce("other", "x")))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/terms/0/action", "funding-round", "introduce");
        given(RATE)
                .when(partnership("2021-01-01", retire("rate")))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/terms/0/action", "partnership", "retire");
        given(RATE)
                .when(reported(announcement("2021-01-01", retire("rate"))))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/terms/0/action");
        given(RATE)
                .when(correction("2021-01-01", 1, opening("2020-01-01", retire("x"))))
                .refused(TERM_NOT_IN_FORCE, "/replacement/terms/0/key");
        given(RATE, announcement("2021-01-01"))
                .when(correction("2021-02-01", 2, announcement("2021-01-01", retire("rate"))))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/replacement/terms/0/action");
    }

    @Test
    void what_does_not_bind_cannot_change_terms_or_parties_or_close() {
        given(RATE)
                .when(nonBinding(amendment("2021-01-01", change("rate", "6 %"))))
                .refused(NOT_BINDING, "/binding", "binding: false");
        given(RATE)
                .when(nonBinding(partyChange("2021-01-01", leaves("acme"))))
                .refused(NOT_BINDING, "/binding");
        given(RATE).when(nonBinding(closing("2021-01-01"))).refused(NOT_BINDING, "/binding");
        given(RATE)
                .when(reported(nonBinding(closing("2021-01-01"))))
                .refused(NOT_BINDING, "/binding");
        given(RATE)
                .when(correction("2021-01-01", 1, nonBinding((Entry.Opening) RATE)))
                .refused(NOT_BINDING, "/replacement/binding");
        given(RATE)
                .when(
                        nonBinding(
                                amendment(
                                        "2021-01-01",
                                        reaffirm("rate"),
                                        disclose("fee", "1", "2020-01-01"))))
                .recorded()
                .effect(Sum.DISCLOSED, "!fee");
    }

    // ---- the terms

    @Test
    void an_entry_says_one_thing_of_a_term() {
        given(RATE)
                .when(amendment("2021-01-01", change("rate", "6 %"), retire("rate")))
                .refused(TERM_TWICE, "/terms/1/key", "rate");
        given(RATE)
                .when(
                        announcement(
                                "2021-01-01",
                                reaffirm("rate"),
                                disclose("rate", "5", "2020-01-01")))
                .refused(TERM_TWICE, "/terms/1/key", "rate");
        given(RATE)
                .when(announcement("2021-01-01", reaffirmAll("2020"), reaffirmAll("2020-02")))
                .refused(TERM_TWICE, "/terms/1/key", "*");
        given(RATE)
                .when(reported(announcement("2021-01-01", reaffirm("rate"), reaffirm("rate"))))
                .refused(TERM_TWICE, "/terms/1/key");
    }

    @Test
    void what_is_in_force_cannot_be_introduced() {
        given(RATE)
                .when(amendment("2021-01-01", introduce("fee", "1"), introduce("rate", "6 %")))
                .refused(TERM_ALREADY_IN_FORCE, "/terms/1/key", "rate", "2021-01-01", "entry 1");
    }

    @Test
    void what_was_only_disclosed_is_in_force_too() {
        given(
                        opening("2020-01-01"),
                        announcement("2021-01-01", disclose("rate", "5 %", "2020-06-01")))
                .when(amendment("2021-02-01", introduce("rate", "6 %")))
                .refused(TERM_ALREADY_IN_FORCE, "/terms/0/key", "rate", "entry 2");
        given(
                        opening("2020-01-01"),
                        announcement("2021-01-01", disclose("rate", "5 %", "2020-06-01")))
                .when(amendment("2021-02-01", change("rate", "6 %")))
                .recorded()
                .effect(Sum.CHANGED, "~rate");
    }

    @Test
    void a_term_can_be_introduced_before_the_day_from_which_it_is_known() {
        given(
                        opening("2020-01-01"),
                        announcement("2021-01-01", disclose("rate", "5.0 %", "2020-06-01")))
                .when(amendment("2021-02-01", from("2020-02-01", introduce("rate", "5 %"))))
                .recorded()
                .effect(Sum.CHANGED, "+rate")
                .terms("2020-03-01", "rate=5 %")
                .terms("2020-06-01", "rate=5.0 %");
    }

    @Test
    void what_is_not_in_force_can_be_neither_changed_nor_retired() {
        given(RATE)
                .when(amendment("2021-01-01", change("fee", "1")))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key", "fee", "2021-01-01", "change");
        given(RATE)
                .when(amendment("2021-01-01", retire("fee")))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key", "fee", "retire");
        given(RATE)
                .when(amendment("2021-01-01", from("2019-12-31", change("rate", "4 %"))))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key", "2019-12-31");
        given(RATE, amendment("2021-01-01", retire("rate")))
                .when(amendment("2022-01-01", change("rate", "6 %")))
                .refused(
                        TERM_NOT_IN_FORCE,
                        "/terms/0/key",
                        "rate was retired on 2021-01-01 by entry 2",
                        "2022-01-01");
        given(opening("2020-01-01", until("2021-01-01", introduce("rate", "5 %"))))
                .when(amendment("2021-01-01", retire("rate")))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key", "rate", "2021-01-01");
    }

    @Test
    void a_disclosure_on_a_day_of_retirement_is_refused() {
        given(RATE, amendment("2021-01-01", retire("rate")))
                .when(announcement("2022-01-01", disclose("rate", "5.1 %", "2021-01-01")))
                .refused(
                        TERM_NOT_IN_FORCE,
                        "/terms/0/key",
                        "rate was retired on 2021-01-01 by entry 2");
        given(RATE, amendment("2021-01-01", retire("rate")))
                .when(announcement("2022-01-01", disclose("rate", "5.1 %", "2020-12-31")))
                .recorded()
                .effect(Sum.DISCLOSED, "!rate")
                .terms("2020-12-31", "rate=5.1 %")
                .terms("2021-01-01");
    }

    @Test
    void a_disclosure_that_adds_nothing_is_refused() {
        Entry quoted = opening("2020-01-01", quoting("five per cent", introduce("rate", "5 %")));
        given(quoted)
                .when(
                        announcement(
                                "2021-01-01",
                                quoting("five per cent", disclose("rate", "5 %", "2020-06-01"))))
                .refused(TERM_ALREADY_KNOWN, "/terms/0/key", "rate", "2020-06-01", "entry 1");
        given(quoted)
                .when(
                        announcement(
                                "2021-01-01",
                                quoting("5 per cent", disclose("rate", "5 %", "2020-06-01"))))
                .recorded()
                .effect(Sum.DISCLOSED, "!rate")
                .fingerprintsEqual(true);
        given(quoted, announcement("2021-01-01", disclose("rate", "5.0 %", "2020-06-01")))
                .when(announcement("2021-02-01", disclose("rate", "5.0 %", "2020-07-01")))
                .refused(TERM_ALREADY_KNOWN, "/terms/0/key", "entry 2");
    }

    @Test
    void a_restatement_addresses_every_term_in_force() {
        Scenario.Given three =
                given(
                        opening(
                                "2020-01-01",
                                introduce("rate", "5 %"),
                                introduce("fee", "1"),
                                introduce("secrecy", "yes")),
                        announcement("2020-02-01", disclose("venue", "Paris", "2020-01-01")));
        three.when(restatement("2021-01-01", change("rate", "6 %")))
                .refused(RESTATEMENT_INCOMPLETE, "/restates", "fee, secrecy, venue");
        three.when(
                        restatement(
                                "2021-01-01",
                                change("rate", "6 %"),
                                retire("fee"),
                                reaffirm("secrecy"),
                                reaffirm("venue"),
                                introduce("new", "x")))
                .recorded();
        three.when(restatement("2021-01-01", change("rate", "6 %"), reaffirmAll("2020-06-01")))
                .recorded()
                .verdicts("fee UPHELD", "secrecy UPHELD", "venue UPHELD");
        three.when(
                        restatement(
                                "2021-01-01",
                                change("rate", "6 %"),
                                retire("fee"),
                                reaffirm("secrecy"),
                                disclose("venue", "Paris, France", "2020-01-01")))
                .refused(RESTATEMENT_INCOMPLETE, "/restates", "venue");
    }

    @Test
    void a_restatement_may_tell_of_a_term_that_nobody_knew() {
        given(RATE)
                .when(
                        restatement(
                                "2021-01-01", reaffirm("rate"), disclose("fee", "1", "2020-06-01")))
                .recorded()
                .effect(Sum.DISCLOSED, "!fee");
    }

    @Test
    void a_restatement_without_any_action_is_incomplete() {
        given(RATE)
                .when(restatement("2021-01-01"))
                .refused(RESTATEMENT_INCOMPLETE, "/restates", "rate");
        given(RATE).when(restatement("2021-01-01", reaffirm("rate"))).recorded();
        given(RATE, reported(restatement("2021-01-01")))
                .when(confirmation("2021-02-01", 2))
                .refused(RESTATEMENT_INCOMPLETE, "/confirms", "rate");
        given(RATE, amendment("2021-01-01"))
                .when(correction("2021-02-01", 2, restatement("2021-01-01")))
                .refused(RESTATEMENT_INCOMPLETE, "/replacement/restates", "rate");
    }

    @Test
    void a_restatement_looks_at_the_terms_below_it() {
        given(
                        RATE,
                        amendment("2020-03-01", retire("rate")),
                        amendment("2020-06-01", introduce("fee", "1")))
                .when(restatement("2020-05-01"))
                .recorded();
        given(RATE, closing("2020-03-01")).when(restatement("2020-05-01")).recorded();
    }

    // ---- days

    @Test
    void what_ends_before_it_starts_is_refused() {
        given(RATE)
                .when(amendment("2021-01-01", until("2021-01-01", change("rate", "6 %"))))
                .refused(VALIDITY_EMPTY, "/terms/0/validTo", "rate", "2021-01-01");
        given(RATE)
                .when(
                        effective(
                                "2022-01-01",
                                amendment("2021-01-01", until("2021-06-01", retire("rate")))))
                .refused(VALIDITY_EMPTY, "/terms/0/validTo", "2022-01-01", "2021-06-01");
        given(RATE)
                .when(
                        reported(
                                announcement(
                                        "2021-01-01",
                                        until("2019", disclose("rate", "x", "2020")))))
                .refused(VALIDITY_EMPTY, "/terms/0/validTo");
        given(RATE)
                .when(announcement("2021-01-01", reaffirm("rate", "2021-01-02")))
                .refused(VALIDITY_EMPTY, "/terms/0/since", "2021-01-02", "2021-01-01");
        given(RATE)
                .when(amendment("2021-01-01", until("2021-01-02", change("rate", "6 %"))))
                .recorded()
                .terms("2021-01-01", "rate=6 %")
                .terms("2021-01-02", "rate=5 %");
    }

    @Test
    void nothing_starts_on_the_last_day_of_the_calendar() {
        given(RATE)
                .when(amendment("2021-01-01", from("9999-12-31", change("rate", "6 %"))))
                .refused(VALIDITY_EMPTY, "/terms/0/validFrom", "9999-12-31");
        given(RATE)
                .when(effective("9999-12-31", amendment("2021-01-01", change("rate", "6 %"))))
                .refused(VALIDITY_EMPTY, "/effectiveOn", "9999-12-31");
        given(RATE)
                .when(effective("9999-12-31", closing("2021-01-01")))
                .refused(VALIDITY_EMPTY, "/effectiveOn", "9999-12-31");
    }

    @Test
    void nothing_occurred_later_than_tomorrow() {
        given(RATE)
                .when(announcement("2026-11-24"))
                .refused(OCCURRED_IN_FUTURE, "/occurredOn", "2026-11-24", "2026-11-22");
        given(RATE)
                .when(reported(announcement("2027")))
                .refused(OCCURRED_IN_FUTURE, "/occurredOn", "2027");
        given(RATE)
                .when(withdrawal("2026-11-24", 1))
                .refused(OCCURRED_IN_FUTURE, "/occurredOn", "2026-11-24");
        given(RATE)
                .when(correction("2026-11-22", 1, opening("2026-11-24")))
                .refused(OCCURRED_IN_FUTURE, "/replacement/occurredOn", "2026-11-24");
        given(RATE).when(announcement("2026-11-23")).recorded();
        given(RATE)
                .when(effective("2030-01-01", amendment("2026-11-22", change("rate", "6 %"))))
                .recorded()
                .effect(Sum.CHANGED, "~rate");
    }

    // ---- among the others

    @Test
    void an_entry_that_makes_a_later_one_impossible_names_it() {
        given(RATE, amendment("2022-01-01"), amendment("2023-01-01", change("rate", "6 %")))
                .when(amendment("2022-06-01", retire("rate")))
                .refused(
                        HISTORY_CONTRADICTS,
                        "",
                        "entry 3 of 2023-01-01",
                        "rate was retired on 2022-06-01 by this entry");
        given(opening("2020-01-01"), amendment("2023-01-01", introduce("fee", "1")))
                .when(amendment("2022-06-01", introduce("fee", "2")))
                .refused(HISTORY_CONTRADICTS, "", "entry 2 of 2023-01-01", "fee", "entry 3");
    }

    @Test
    void what_stands_on_a_withdrawn_entry_keeps_it() {
        given(
                        opening("2020-01-01"),
                        amendment("2021-01-01", introduce("rate", "5 %")),
                        amendment("2022-01-01", change("rate", "6 %")))
                .when(withdrawal("2023-01-01", 2))
                .refused(
                        HISTORY_CONTRADICTS,
                        "/withdraws",
                        "Without entry 2",
                        "entry 3 of 2022-01-01",
                        "rate is not in force on 2022-01-01");
    }

    @Test
    void what_stands_on_a_corrected_entry_keeps_it() {
        Scenario.Given changed = given(RATE, amendment("2022-01-01", change("rate", "6 %")));
        changed.when(correction("2023-01-01", 1, opening("2020-01-01", introduce("fee", "1"))))
                .refused(HISTORY_CONTRADICTS, "/replacement", "entry 2 of 2022-01-01");
        changed.when(correction("2023-01-01", 1, opening("2022-06-01", introduce("rate", "5 %"))))
                .refused(TERM_ALREADY_IN_FORCE, "/replacement/terms/0/key");
    }

    @Test
    void a_retroactive_instrument_that_cuts_the_ground_under_an_older_one_is_refused() {
        // The disclosure would end with its new base, and the older change would hang in the air.
        given(
                        opening("2019-01-01"),
                        announcement("2020-01-01", disclose("rate", "5 %", "2020-01-01")),
                        amendment("2021-01-01", change("rate", "6 %")))
                .when(
                        amendment(
                                "2022-01-01",
                                until("2020-06-01", from("2019-06-01", introduce("rate", "4 %")))))
                .refused(HISTORY_CONTRADICTS, "", "entry 3 of 2021-01-01");
    }

    @Test
    void the_entrys_own_actions_are_judged_before_the_others() {
        given(RATE, amendment("2023-01-01", change("rate", "6 %")))
                .when(amendment("2022-06-01", retire("rate"), change("fee", "2")))
                .refused(TERM_NOT_IN_FORCE, "/terms/1/key");
        given(RATE, amendment("2023-01-01", change("rate", "6 %")))
                .when(restating(amendment("2022-06-01", introduce("fee", "1"))))
                .refused(RESTATEMENT_INCOMPLETE, "/restates", "rate");
    }

    @Test
    void shape_and_kind_come_before_the_terms() {
        given(RATE)
                .when(
                        nonBinding(
                                announcement(
                                        "2027", introduce("rate", "x"), introduce("rate", "y"))))
                .refused(KIND_CANNOT_CHANGE_TERMS, "/terms/0/action");
        given(RATE)
                .when(nonBinding(amendment("2027", introduce("rate", "x"), introduce("rate", "y"))))
                .refused(NOT_BINDING, "/binding");
        given(RATE)
                .when(
                        amendment(
                                "2027",
                                introduce("rate", "x"),
                                until("2019", introduce("rate", "y"))))
                .refused(TERM_TWICE, "/terms/1/key");
        given(RATE)
                .when(amendment("2027", until("2019", introduce("rate", "x"))))
                .refused(VALIDITY_EMPTY, "/terms/0/validTo");
        given(RATE)
                .when(amendment("2027", introduce("rate", "x")))
                .refused(OCCURRED_IN_FUTURE, "/occurredOn");
    }

    @Test
    void the_closing_is_judged_before_the_term_and_action_by_action() {
        Scenario.Given closed = given(RATE, closing("2022-01-01"));
        closed.when(amendment("2022-06-01", change("fee", "1")))
                .refused(AGREEMENT_CLOSED, "/terms/0/key");
        closed.when(
                        amendment(
                                "2022-06-01",
                                from("2021-01-01", change("fee", "1")),
                                change("rate", "6 %")))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key", "fee");
    }

    @Test
    void a_reported_entry_is_taken_as_it_comes_and_blocks_nothing() {
        Scenario.Given reported =
                given(
                        RATE,
                        reported(
                                amendment(
                                        "2021-01-01",
                                        retire("rate"),
                                        introduce("fee", "1"),
                                        change("x", "y"))),
                        reported(closing("2021-06-01")));
        reported.when(amendment("2022-01-01", change("rate", "6 %"), introduce("fee", "2")))
                .recorded()
                .effect(Sum.CHANGED, "~rate", "+fee")
                .terms("2022-01-01", "rate=6 %", "fee=2")
                .terms(View.ALL, "2022-01-01");
        reported.when(reported(announcement("2021-02-01", disclose("rate", "5 %", "2020"))))
                .recorded();
    }

    @Test
    void a_confirmed_report_is_held_to_all_rules() {
        Scenario.Given reported =
                given(
                        RATE,
                        reported(amendment("2021-01-01", change("fee", "1"))),
                        reported(amendment("2021-01-01", retire("rate"))),
                        amendment("2022-01-01", change("rate", "6 %")));
        reported.when(confirmation("2023-01-01", 2)).refused(TERM_NOT_IN_FORCE, "/confirms", "fee");
        reported.when(confirmation("2023-01-01", 3))
                .refused(HISTORY_CONTRADICTS, "/confirms", "entry 4 of 2022-01-01");
    }

    @Test
    void a_replacement_is_held_to_all_rules_at_its_old_sequence() {
        given(
                        RATE,
                        amendment("2021-01-01", change("rate", "6 %")),
                        amendment("2021-01-01", change("rate", "7 %")))
                .when(correction("2021-02-01", 2, amendment("2021-01-01", change("rate", "6.5 %"))))
                .recorded()
                .terms("2021-01-01", "rate=7 %");
        given(RATE, announcement("2021-01-01"))
                .when(
                        correction(
                                "2021-02-01", 2, amendment("2021-01-01", introduce("rate", "6 %"))))
                .refused(TERM_ALREADY_IN_FORCE, "/replacement/terms/0/key");
    }

    // ---- targets

    @Test
    void a_revision_names_an_entry_that_exists() {
        given(RATE)
                .when(correction("2021-01-01", 7, announcement("2021-01-01")))
                .refused(ENTRY_UNKNOWN, "/corrects", "7", "1 to 1");
        given(RATE).when(withdrawal("2021-01-01", 2)).refused(ENTRY_UNKNOWN, "/withdraws");
        given(RATE).when(withdrawal("2021-01-01", 0)).refused(ENTRY_UNKNOWN, "/withdraws");
        given(RATE)
                .when(confirmation("2021-01-01", ref("gone")))
                .refused(ENTRY_UNKNOWN, "/confirms", "gone");
    }

    @Test
    void a_revision_names_an_original() {
        Scenario.Given revised =
                given(
                        RATE,
                        announcement("2021-01-01"),
                        correction("2021-02-01", 2, announcement("2021-01-02")),
                        reported(announcement("2021-01-01")),
                        confirmation("2021-03-01", 4),
                        announcement("2021-04-01"),
                        withdrawal("2021-05-01", 6));
        revised.when(correction("2022-01-01", 3, announcement("2021-01-01")))
                .refused(ENTRY_NOT_CORRECTABLE, "/corrects", "Entry 3", "correction");
        revised.when(withdrawal("2022-01-01", 5))
                .refused(ENTRY_NOT_CORRECTABLE, "/withdraws", "Entry 5", "confirmation");
        revised.when(confirmation("2022-01-01", 7))
                .refused(ENTRY_NOT_CORRECTABLE, "/confirms", "Entry 7", "withdrawal");
    }

    @Test
    void the_opening_stays_a_confirmed_opening() {
        given(RATE)
                .when(withdrawal("2021-01-01", 1))
                .refused(ENTRY_NOT_CORRECTABLE, "/withdraws", "Entry 1");
        given(RATE)
                .when(correction("2021-01-01", 1, amendment("2021-01-01")))
                .refused(ENTRY_NOT_CORRECTABLE, "/replacement/kind", "amendment");
        given(RATE)
                .when(correction("2021-01-01", 1, reported(opening("2020-01-01"))))
                .refused(ENTRY_NOT_CORRECTABLE, "/replacement/standing");
        given().when(reported(opening("2020-01-01"))).refused(ENTRY_NOT_CORRECTABLE, "/standing");
        given(RATE, announcement("2021-01-01"))
                .when(correction("2021-01-01", 2, opening("2020-01-01")))
                .refused(AGREEMENT_EXISTS, "/replacement/kind", "entry 2");
        given(RATE)
                .when(confirmation("2021-01-01", 1))
                .refused(ENTRY_ALREADY_CONFIRMED, "/confirms");
    }

    @Test
    void an_opening_can_be_replaced_whole() {
        given(RATE, amendment("2022-01-01", change("rate", "6 %")))
                .when(
                        correction(
                                "2023-01-01",
                                1,
                                between(
                                        opening(
                                                "2019-12-01",
                                                introduce("rate", "4 %"),
                                                introduce("fee", "1")),
                                        ACME)))
                .recorded()
                .effect(Sum.CHANGED, "^rate", "^fee", "parties")
                .terms("2019-12-01", "rate=4 %", "fee=1")
                .terms("2022-01-01", "rate=6 %", "fee=1")
                .parties("2022-01-01", "acme");
    }

    @Test
    void what_was_withdrawn_cannot_be_revised() {
        Scenario.Given withdrawn =
                given(RATE, reported(announcement("2021-01-01")), withdrawal("2021-02-01", 2));
        withdrawn
                .when(withdrawal("2021-03-01", 2))
                .refused(ENTRY_WITHDRAWN, "/withdraws", "Entry 2", "entry 3");
        withdrawn
                .when(correction("2021-03-01", 2, announcement("2021-01-01")))
                .refused(ENTRY_WITHDRAWN, "/corrects");
        withdrawn.when(confirmation("2021-03-01", 2)).refused(ENTRY_WITHDRAWN, "/confirms");
    }

    @Test
    void what_is_confirmed_cannot_be_confirmed() {
        given(RATE, announcement("2021-01-01"))
                .when(confirmation("2021-03-01", 2))
                .refused(ENTRY_ALREADY_CONFIRMED, "/confirms", "Entry 2", "since it was recorded");
        given(RATE, reported(announcement("2021-01-01")), confirmation("2021-02-01", 2))
                .when(confirmation("2021-03-01", 2))
                .refused(ENTRY_ALREADY_CONFIRMED, "/confirms", "Entry 2", "by entry 3");
    }

    @Test
    void a_replacement_keeps_the_standing_unless_it_says_otherwise() {
        Entry report = reported(amendment("2021-01-01", change("rate", "6 %")));
        given(RATE, report)
                .when(correction("2021-02-01", 2, amendment("2021-01-01", change("rate", "7 %"))))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .terms("2021-01-01", "rate=5 %")
                .terms(View.ALL, "2021-01-01", "rate=7 %");
        given(RATE, report)
                .when(
                        correction(
                                "2021-02-01",
                                2,
                                standing(
                                        Standing.CONFIRMED,
                                        amendment("2021-01-01", change("rate", "7 %")))))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .terms("2021-01-01", "rate=7 %");
        given(RATE, report, confirmation("2021-02-01", 2))
                .when(correction("2021-03-01", 2, amendment("2021-01-01", change("rate", "8 %"))))
                .recorded()
                .terms("2021-01-01", "rate=8 %");
        given(
                        RATE,
                        report,
                        confirmation("2021-02-01", 2),
                        correction(
                                "2021-03-01",
                                2,
                                reported(amendment("2021-01-01", change("rate", "8 %")))))
                .when(confirmation("2021-04-01", 2))
                .recorded()
                .effect(Sum.CORRECTED, "^rate")
                .terms("2021-01-01", "rate=8 %");
    }

    @Test
    void a_ref_is_unique_within_the_agreement() {
        Scenario.Given named =
                given(ref("origin", (Entry.Opening) RATE), ref("news", announcement("2021-01-01")));
        named.when(ref("news", announcement("2021-01-02")))
                .refused(REF_TAKEN, "/ref", "news", "entry 2");
        named.when(correction("2021-01-02", 2, ref("origin", announcement("2021-01-01"))))
                .refused(REF_TAKEN, "/replacement/ref", "origin", "entry 1");
        named.when(ref("x", correction("2021-01-02", 2, ref("x", announcement("2021-01-01")))))
                .refused(REF_TAKEN, "/replacement/ref", "x");
        named.when(ref("news", withdrawal("2021-01-02", 2))).refused(REF_TAKEN, "/ref");
        named.when(correction("2021-01-02", ref("news"), ref("news", announcement("2021-01-01"))))
                .recorded();
    }

    @Test
    void an_entry_is_found_by_every_ref_it_ever_had() {
        Scenario.Given renamed =
                given(
                        RATE,
                        ref("old", announcement("2021-01-01")),
                        correction(
                                "2021-01-02", ref("old"), ref("new", announcement("2021-01-01"))));
        renamed.when(correction("2021-03-01", 2, announcement("2021-01-01"))).recorded();
        Scenario.Given nameless =
                given(
                        RATE,
                        announcement("2021-01-01"),
                        correction("2021-01-02", 2, ref("once", announcement("2021-01-01"))),
                        correction("2021-01-03", ref("once"), announcement("2021-01-01")));
        nameless.when(withdrawal("2021-02-01", ref("once"))).recorded();
        nameless.when(ref("once", announcement("2021-02-01")))
                .refused(REF_TAKEN, "/ref", "entry 2");
        renamed.when(withdrawal("2021-02-01", ref("old"))).recorded();
        renamed.when(withdrawal("2021-02-01", ref("new"))).recorded();
        renamed.when(ref("old", announcement("2021-02-01"))).refused(REF_TAKEN, "/ref", "entry 2");
    }

    @Test
    void a_refusal_leaves_the_history_as_it_was() {
        Agreement agreement = given(RATE).agreement();
        var before = agreement.history().fold(View.CONFIRMED).fingerprint(LocalDate.of(2021, 1, 1));
        given(RATE)
                .when(amendment("2021-01-01", change("fee", "1")))
                .refused(TERM_NOT_IN_FORCE, "/terms/0/key");
        assertThat(agreement.history().fold(View.CONFIRMED).fingerprint(LocalDate.of(2021, 1, 1)))
                .isEqualTo(before);
    }
}
