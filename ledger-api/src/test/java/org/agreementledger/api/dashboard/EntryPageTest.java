package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntryPageTest {

    private static final Doors DOORS = Doors.shared();
    private static String id;

    @RegisterExtension private final Chromium chromium = new Chromium();

    @BeforeAll
    static void record() {
        id = Told.agreement(DOORS);
    }

    private Page open(int sequence) {
        Page page = chromium.open("/agreements/" + id + "/entries/" + sequence);
        page.waitForSelector(".proof.intact");
        return page;
    }

    @Test
    void a_statement_stands_beside_what_the_ledger_holds() {
        Page page = open(2);
        assertThat(page.locator("h1").innerText()).isEqualTo("Nothing has changed");
        assertThat(page.locator(".verdictline").innerText())
                .isEqualTo("Nothing. Every term stayed as it was.");
        assertThat(page.locator(".verdicts > li").all())
                .extracting(verdict -> verdict.locator("h3").innerText())
                .containsExactly(
                        "supply.exclusivity reworded",
                        "price.unit contradicted",
                        "supply.warranty unknown-term");
        assertThat(page.locator(".verdict-reworded .sides").innerText())
                .contains("Acme remains our only supplier.", "Acme is our sole supplier.");
        assertThat(page.locator(".verdict-contradicted .sides").innerText())
                .contains("12.00 USD", "10 dollars each.");
        assertThat(page.locator(".said").innerText()).contains("speakers", "Acme Corporation");
        assertThat(page.locator(".difference").innerText())
                .endsWith("Acme is remains our sole only supplier.");
        assertThat(page.locator(".tally").innerText())
                .contains("1 contradicted", "1 reworded", "1 unknown-term");
        assertThat(page.locator(".prints").innerText()).contains("equal");
        assertThat(page.locator(".sources a").first().getAttribute("href"))
                .isEqualTo("https://acme.example/news");
        assertThat(page.locator(".actions").innerText()).contains("§4.2(b)", "12.00 USD");
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-statement");
    }

    @Test
    void a_funding_round_tells_its_amounts_and_who_gave_them() {
        Page page = open(3);
        assertThat(page.locator(".said").innerText())
                .contains("Series B", "110,000,000 USD", "730,000,000 USD", "about 840,000,000 USD")
                .contains("Initech, 50,000,000 USD", "half of it conditional")
                .contains("disclose price.unit");
        assertThat(page.locator(".verdictline").innerText()).contains("told more");
        assertThat(page.locator(".unequal").innerText()).contains("more is known of the terms");
        assertThat(page.locator(".related").innerText()).contains("Corrected by Amount corrected");
        assertThat(page.locator(".about").innerText()).contains("corrected since");
    }

    @Test
    void a_partnership_and_an_amendment_show_all_their_parts() {
        Page page = open(4);
        assertThat(page.locator(".said").innerText())
                .contains("partners", "Hooli", "Distribution in Europe", "1,000,000 EUR")
                .contains("contests supply.exclusivity", "every other term");
        Told.follow(page, page.getByText("First amendment"));
        page.waitForSelector(".proof.intact");
        assertThat(page.locator(".said").innerText())
                .contains("side-letter", "change price.unit", "11.00 USD")
                .contains("silent on", "succession: globex → Globex Group");
        assertThat(page.locator(".keys").innerText()).contains("price.unit", "parties");
        assertThat(page.locator(".prints").innerText()).contains("different");
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-amendment");
    }

    @Test
    void a_correction_leads_to_what_it_corrects_and_says_it_anew() {
        Page page = open(8);
        assertThat(page.locator(".related").innerText()).contains("Corrects Acme raises money");
        assertThat(page.locator(".said").first().innerText())
                .contains("It was off by a factor of ten.")
                .contains("It shall say instead", "Acme raises less money", "11,000,000 USD");
        assertThat(page.getByText("Correct or withdraw this").count()).isZero();
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-correction");
    }

    @ParameterizedTest
    @CsvSource({
        "6, Confirmed by So there is",
        "7, Confirms They say there is a cap",
        "9, Withdrawn by Never said",
        "10, Withdraws A slip of the pen"
    })
    void revisions_and_what_they_revise_lead_to_each_other(int sequence, String link) {
        Page page = open(sequence);
        assertThat(page.locator(".related").innerText()).contains(link);
    }

    @Test
    void a_closing_says_how_it_ended_and_what_outlives_it() {
        String closed = DOORS.opened();
        DOORS.post(
                DOORS.entriesOf(closed),
                """
                {'kind': 'closing', 'occurredOn': '2025-01-01', 'title': 'The end', 'how': 'terminated', 'survives': ['price.unit']}
                """);
        Page page = chromium.open("/agreements/" + closed + "/entries/2");
        page.waitForSelector(".proof.intact");
        assertThat(page.locator(".said").innerText())
                .containsSubsequence("how it ended", "terminated", "outlive it", "price.unit");
        assertThat(page.locator(".keys").innerText())
                .contains("retired", "supply.exclusivity")
                .doesNotContain("price.unit");
        assertThat(page.locator(".prints").innerText()).doesNotContain("equal");
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-closing");
    }

    @Test
    void what_stands_can_be_corrected_and_the_neighbours_are_one_click_away() {
        Page page = open(5);
        assertThat(page.getByText("Correct or withdraw this").getAttribute("href"))
                .isEqualTo("/agreements/" + id + "/entries/5/correct");
        assertThat(page.locator("[rel=prev]").innerText()).contains("Acme works with Hooli");
        assertThat(page.locator("[rel=next]").innerText()).contains("They say there is a cap");
        assertThat(open(1).locator("[rel=prev]").count()).isZero();
        assertThat(open(10).locator("[rel=next]").count()).isZero();
    }

    // ---- the proof

    @Test
    void the_proof_is_worked_out_step_by_step() {
        Page page = open(2);
        assertThat(page.locator("#proof-result").innerText()).contains("✓ As it was recorded");
        assertThat(page.locator("#proof-steps .fits .step").allInnerTexts())
                .containsExactly(
                        "Entry and salt come to a digest",
                        "The leaf of the log holds that digest",
                        "A checkpoint covers the leaf",
                        "The path leads from the leaf to the root",
                        "The root is signed with the ledger’s key");
    }

    /** Opens an entry, with one door of the log answering something else than it does. */
    private Page openForged(String door, UnaryOperator<String> forgery) {
        Page page = chromium.page();
        page.route(
                door,
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setBody(forgery.apply(route.fetch().text()))));
        page.navigate(Chromium.address(DOORS, "/agreements/" + id + "/entries/2"));
        page.waitForSelector(".proof.broken");
        return page;
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery(
                        "**/v1/agreements/*/entries/2",
                        text -> text.replace("Nothing has", "Much has"),
                        "the leaf: it holds the digest"),
                forgery(
                        "**/v1/log/entries?*",
                        text -> text.replace("\"announcement\"", "\"amendment\""),
                        "the path: it does not lead from this leaf"),
                forgery(
                        "**/v1/log/entries?*",
                        text -> text.replace("\"sequence\":2", "\"sequence\":3"),
                        "the leaf: it is of entry 3"),
                forgery(
                        "**/v1/log/inclusion?*",
                        text -> text.replaceFirst("(\"hashes\":\\[\")......", "$1000000"),
                        "the path: it does not lead from this leaf"),
                forgery(
                        "**/v1/checkpoint",
                        text -> text.replaceFirst("\n\n", "\nmore\n\n"),
                        "the checkpoint: it is not signed with the key"),
                forgery(
                        "**/v1/log/key",
                        text -> text.replaceFirst("....\n$", "AAAA\n"),
                        "the key: the id of this key should be"));
    }

    private static Arguments forgery(String door, UnaryOperator<String> forgery, String told) {
        return Arguments.of(door, forgery, told);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("forgeries")
    void the_first_thing_that_does_not_fit_is_named(
            String door, UnaryOperator<String> forgery, String told) {
        Page page = openForged(door, forgery);
        assertThat(page.locator("#proof-steps .unfit").innerText()).contains(told);
        assertThat(page.locator("#proof-result").innerText()).contains("✗ It does not fit");
    }

    @Test
    void a_forgery_is_red_and_readable() {
        Page page =
                openForged("**/v1/agreements/*/entries/2", text -> text.replace("Nothing", "Much"));
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-forged");
    }

    @Test
    void a_log_that_does_not_answer_is_neither_green_nor_red() {
        Page page = chromium.page();
        page.route(
                "**/v1/checkpoint",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        page.navigate(Chromium.address(DOORS, "/agreements/" + id + "/entries/2"));
        page.waitForSelector("#proof-result >> text=Not checked");
        assertThat(page.locator("#proof-result").innerText()).contains("answers 500");
        assertThat(page.locator(".proof.intact, .proof.broken").count()).isZero();
        assertThat(chromium.complaints()).hasSize(1);
    }

    // ---- bad input

    @ParameterizedTest
    @CsvSource({
        "/entries/99, There is no entry 99",
        "/entries/0, There is no entry 0",
        "/entries/first, is not a whole number",
    })
    void an_entry_that_is_not_there_is_told_on_a_page(String path, String told) {
        Page page = chromium.open("/agreements/" + id + path);
        assertThat(page.locator("main").innerText()).contains(told);
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void an_agreement_that_is_not_there_is_told_on_a_page() {
        Page page = chromium.open("/agreements/no-such/entries/1");
        assertThat(page.locator("main").innerText()).contains("There is no agreement no-such");
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void hostile_and_endless_texts_stay_texts_within_the_page() {
        String strange = DOORS.opened();
        Told.record(
                DOORS,
                strange,
                """
                {'kind': 'announcement', 'occurredOn': '2024-05-02', 'title': '%1$s', 'summary': '%1$s', 'instrument': 'press-release',
                 'speakers': [{'id': 'acme', 'name': '%1$s'}], 'sources': [{'id': 's1', 'title': '%1$s', 'quote': '%1$s', 'note': '%1$s',
                   'via': {'title': '%1$s'}}],
                 'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'quote': '%1$s', 'statement': '%1$s', 'source': 's1',
                   'locator': '%1$s', 'characterisedAs': '%1$s'}]}
                """
                        .formatted(Told.HOSTILE));
        Told.record(DOORS, strange, Doors.announcement(strange, Told.LONG, "2024-05-03"));
        Page page = chromium.open("/agreements/" + strange + "/entries/2");
        page.waitForSelector(".proof.intact");
        assertThat(page.locator("h1").textContent()).isEqualTo(Told.HOSTILE);
        assertThat(page.locator("main b").count()).isZero();
        Chromium.assertAccessible(page);
        Chromium.look(page, "entry-hostile");
        page.navigate(Chromium.address(DOORS, "/agreements/" + strange + "/entries/3"));
        page.waitForSelector(".proof.intact");
        Chromium.look(page, "entry-long");
    }

    @Test
    void an_entry_of_a_very_long_agreement_is_as_quick_to_see() {
        String longOne = DOORS.opened();
        DOORS.importing(
                "/v1/import",
                IntStream.range(0, 2_000)
                        .mapToObj(i -> Doors.announcement(longOne, "Statement " + i, "2024-05-02"))
                        .collect(Collectors.joining("\n")));
        Page page = chromium.open("/agreements/" + longOne + "/entries/1000");
        page.waitForSelector(".proof.intact");
        assertThat(page.locator(".trail").innerText()).contains("entry 1000 of 2001");
        assertThat(page.locator("[rel=next]").innerText()).contains("Statement 999");
    }
}
