package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Agreements that have nothing to show, or too much, and addresses that make no sense. */
class AgreementStatesTest {

    @RegisterExtension private final Chromium chromium = new Chromium();
    private final Doors doors = Doors.shared();

    private void record(List<Entry> entries) {
        var receipts =
                doors.node()
                        .ledger()
                        .recordAll(
                                entries.stream()
                                        .map(entry ->
                                                new Submission(
                                                        new RecordEntry(entry, null),
                                                        Actor.local("ada"),
                                                        null))
                                        .toList());
        assertThat(doors.node().readModels().await(receipts, Duration.ofSeconds(60))).isTrue();
    }

    private Page open(String path) {
        Page page = chromium.open(doors, path);
        page.waitForSelector("article.ready");
        return page;
    }

    private String withoutTerms() {
        String id = doors.newId();
        assertThat(
                        doors.post(
                                        "/v1/agreements",
                                        """
                                        {'kind': 'opening', 'agreementId': '%s', 'title': 'Nothing agreed yet', 'occurredOn': '2024-03-01',
                                         'parties': [{'id': 'acme', 'name': 'Acme'}, {'id': 'globex', 'name': 'Globex'}]}
                                        """
                                                .formatted(id))
                                .status())
                .isEqualTo(201);
        return id;
    }

    @Test
    void an_agreement_without_terms_and_with_one_entry_says_so() {
        Page page = open("/agreements/" + withoutTerms());
        assertThat(page.locator("#lanes").textContent())
                .contains("No term was in force on any day.");
        assertThat(page.locator("#state").textContent()).contains("No term is in force");
        assertThat(page.locator(".figures").innerText()).contains("0 terms", "of 1 entry");
        assertThat(page.locator("svg.marks a").count()).isEqualTo(1);
        page.locator("#handle").press("m");
        page.waitForSelector("#report h2:has-text('There was no term')");
        Chromium.assertAccessible(page);
        Chromium.look(page, "agreement-empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {HardAgreements.SCRIPT, HardAgreements.ARABIC, HardAgreements.EMOJI})
    void whatever_is_recorded_is_shown_as_it_was_said(String text) {
        String id = doors.newId();
        record(HardAgreements.saying(id, text));
        Page page = open("/agreements/" + id + "?validOn=2024-05-31&from=2024-05-01&to=2024-06-02");
        assertThat(page.locator("h1").textContent()).startsWith(text).hasSizeGreaterThan(200);
        assertThat(page.locator("h1").getAttribute("dir")).isEqualTo("auto");
        assertThat(page.locator(".whose").textContent()).contains(text);
        assertThat(page.locator("#report ins").textContent()).isEqualTo("otherwise");
        page.locator("#state summary").click();
        page.locator("#state .source").waitFor();
        assertThat(page.locator("#state .source").textContent()).contains(text);
        assertThat(page.title()).startsWith(text);
        Chromium.assertAccessible(page);
        Chromium.look(
                page,
                "agreement-"
                        + (text.startsWith("<")
                                ? "script"
                                : text.startsWith("ا") ? "arabic" : "emoji"));
        page.navigate(Chromium.address(doors, "/agreements/" + id + "/timeline.svg"));
        assertThat(page.locator("svg").first().textContent()).contains(text);
    }

    @Test
    void a_closed_agreement_is_told_as_closed() {
        String id = doors.opened();
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        """
                                        {'kind': 'closing', 'occurredOn': '2025-01-01', 'title': 'The end', 'how': 'terminated', 'survives': ['price.unit']}
                                        """)
                                .status())
                .isEqualTo(201);
        Page page = open("/agreements/" + id);
        assertThat(page.locator(".whose .chip").innerText()).isEqualTo("closed");
        assertThat(page.locator("#state").textContent())
                .contains("1 term in force", "price.unit")
                .doesNotContain("supply.exclusivity");
        assertThat(page.locator("#lanes svg.lane").last().getAttribute("aria-label"))
                .contains("until 2025-01-01");
        Chromium.assertAccessible(page);
    }

    @Test
    void before_the_ledger_knew_the_agreement_there_is_nothing_but_the_way_on() {
        doors.opened();
        String id = doors.opened();
        Page page = open("/agreements/" + id + "?knownAt=@0&validOn=2024-06-01");
        assertThat(page.locator("#state").textContent())
                .contains("did not know this agreement then");
        assertThat(page.locator("#lanes").textContent())
                .contains("did not know this agreement yet");
        Chromium.assertAccessible(page);
        page.locator("#known-handle").press("ArrowRight");
        page.waitForSelector("#state[aria-busy=false]:has-text('2 terms in force')");
        page.waitForSelector("#lanes svg.lane");
    }

    @Test
    void a_day_beyond_the_ends_is_answered_and_the_handle_waits_at_the_end() {
        String id = doors.opened();
        Page page = open("/agreements/" + id + "?validOn=1850-01-01");
        assertThat(page.locator("#state").textContent())
                .contains("Terms on 1 January 1850", "No term is in force");
        assertThat(page.locator("#handle").getAttribute("aria-valuetext"))
                .isEqualTo("1 January 1850");
        page.locator("#handle").press("ArrowRight");
        page.waitForSelector("#state-heading time[datetime^='2024-02']");
    }

    @ParameterizedTest
    @CsvSource({
        "no-such, 'There is no agreement no-such'",
        "%s?validOn=2026-02-30, is a day that does not exist",
        "%s?validOn=yesterday, is not a day",
        "%s?validOn=0001-01-01, lies outside the years",
        "%s?knownAt=@99999999, 99999999",
        "%s?standing=rumoured, is none of",
        "%s?valid=2026, The parameter valid is not known here",
        "%s/constancy?from=2026-01-02&to=2026-01-01, from 2026-01-02 is after to 2026-01-01",
        "%s/constancy?from=2026-01-02, The parameter to is required",
        "%s/terms/no.such, Nothing is known of a term no.such",
    })
    void an_address_that_makes_no_sense_is_told_on_a_page(String path, String says) {
        Page page = chromium.page();
        page.navigate(Chromium.address(doors, "/agreements/" + path.formatted(doors.opened())));
        assertThat(page.locator("article.problem").textContent()).contains(says);
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void the_two_days_may_be_given_in_any_order() {
        Page page = open("/agreements/" + doors.opened() + "?from=2024-06-01&to=2024-02-01");
        assertThat(page.locator("#report").textContent())
                .contains("2 terms changed", "2 introduced");
    }

    @Tag("long")
    @Test
    void two_thousand_entries_and_two_hundred_terms_stay_smooth() {
        String id = doors.newId();
        record(HardAgreements.large(id, 2_000, 200));
        Page page = open("/agreements/" + id);
        assertThat(page.locator("#lanes details.topic").count()).isEqualTo(10);
        assertThat(page.locator("svg.marks a").count()).isLessThan(70);
        assertThat(page.locator("#state tbody tr").count()).isEqualTo(200);
        page.locator("#lanes summary").first().click();
        assertThat(page.locator("#lanes details[open] svg.lane").nth(1).boundingBox().width)
                .isGreaterThan(500);
        page.locator("#handle").press("Control+ArrowLeft");
        page.waitForSelector("#state[aria-busy=false]:not(.old)");
        assertThat(page.locator("#state").textContent()).contains("changed on this day");
        Chromium.assertAccessible(page);
        Chromium.look(page, "agreement-large");
    }
}
