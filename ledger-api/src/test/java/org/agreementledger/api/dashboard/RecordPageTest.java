package org.agreementledger.api.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.NewCopy;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Each kind of entry through its form, and what becomes of it. */
class RecordPageTest {

    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension private final Chromium chromium = new Chromium();

    private final Doors doors = Doors.shared();

    // ---- a form in the browser

    private static Locator at(Page page, String pointer) {
        return page.locator("[name='" + pointer + "']");
    }

    private static void fill(Page page, String... pointersAndAnswers) {
        for (int i = 0; i < pointersAndAnswers.length; i += 2) {
            at(page, pointersAndAnswers[i]).fill(pointersAndAnswers[i + 1]);
        }
    }

    private static void choose(Page page, String pointer, String answer) {
        at(page, pointer).selectOption(answer);
    }

    private static void unfold(Page page, String around) {
        page.locator("[id='" + around + "'] > details > summary").click();
    }

    /** Waits for the new item. */
    private static void add(Page page, String list) {
        int before = page.locator("[data-item^='" + list + "/']").count();
        page.locator("button[name=more][value='" + list + "']").click();
        assertThat(page.locator("[data-item^='" + list + "/']")).hasCount(before + 1);
    }

    private static void record(Page page) {
        page.locator("button[name=record]").click();
    }

    private static Locator findings(Page page) {
        return page.locator("#findings");
    }

    /** The entry page is another room, so it is asked for as it is addressed. */
    private void assertRecorded(Page page, String id, int sequence, String expected) {
        page.waitForURL("**/agreements/" + id + "/entries/" + sequence + "#recorded");
        chromium.complaints();
        Answer answer = doors.get("/v1/agreements/" + id + "/entries/" + sequence);
        assertThat(answer.json().get("entry")).isEqualTo(json(expected));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) {
        return JSON.readValue(text.replace('\'', '"'), Map.class);
    }

    private Page form(String id, String kind) {
        return chromium.open("/agreements/" + id + "/record?kind=" + kind);
    }

    // ---- each kind

    @Test
    void an_agreement_is_opened_from_the_page_that_asks_what_to_record() {
        String id = doors.newId();
        Page page = chromium.open("/record");
        Chromium.assertAccessible(page);
        page.getByText("Open an agreement").click();

        fill(page, "/title", "Lease of the workshop", "/occurredOn", "2025-01");
        assertThat(at(page, "/agreementId")).hasValue("lease-of-the-workshop");
        fill(page, "/agreementId", id);
        fill(page, "/parties/0/name", "Landlord Ltd");
        assertThat(at(page, "/parties/0/id")).hasValue("landlord-ltd");
        add(page, "/parties");
        assertThat(at(page, "/parties/1/name")).isFocused();
        fill(page, "/parties/1/name", "Tenant", "/parties/1/id", "tenant");
        add(page, "/terms");
        fill(page, "/terms/0/key", "rent.monthly", "/terms/0/statement", "1,000 euros\na month");
        choose(page, "/terms/0/value/type", "money");
        fill(page, "/terms/0/value/amount", "1000.00", "/terms/0/value/currency", "EUR");
        assertThat(findings(page)).containsText("This would introduce rent.monthly");
        Chromium.assertAccessible(page);

        record(page);
        assertRecorded(
                page,
                id,
                1,
                """
                {'kind': 'opening', 'agreementId': '%s', 'title': 'Lease of the workshop',
                 'parties': [{'id': 'landlord-ltd', 'name': 'Landlord Ltd'}, {'id': 'tenant', 'name': 'Tenant'}],
                 'occurredOn': '2025-01',
                 'terms': [{'action': 'introduce', 'key': 'rent.monthly', 'statement': '1,000 euros\\na month',
                   'value': {'type': 'money', 'amount': '1000.00', 'currency': 'EUR'}}]}
                """
                        .formatted(id));
    }

    @Test
    void an_announcement_is_checked_while_it_is_typed() {
        String id = doors.opened();
        Page page = form(id, "announcement");
        fill(page, "/title", "We are as exclusive as ever", "/occurredOn", "2026-03-01");
        fill(page, "/speakers/0/name", "Acme Corporation");
        assertThat(at(page, "/speakers/0/id")).hasValue("acme");
        add(page, "/terms");
        choose(page, "/terms/0/action", "reaffirm");
        fill(page, "/terms/0/key", "supply.exclusivity");
        assertThat(page.locator(".now").first()).hasText("Now: Acme is the sole supplier.");
        fill(page, "/terms/0/quote", "Acme is our only supplier.");
        assertThat(findings(page)).containsText("This would leave every term as it is.");
        assertThat(findings(page).locator(".verdict-reworded")).isVisible();
        assertThat(findings(page).locator("ins")).hasText("only");
        assertThat(findings(page)).containsText("equal, so the same parties and terms");
        assertThat(page.locator("#spoken")).hasText("This would leave every term as it is.");
        Chromium.assertAccessible(page);
        Chromium.look(page, "record-announcement");

        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'announcement', 'agreementId': '%s', 'title': 'We are as exclusive as ever',
                 'speakers': [{'id': 'acme', 'name': 'Acme Corporation'}], 'occurredOn': '2026-03-01',
                 'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'quote': 'Acme is our only supplier.'}]}
                """
                        .formatted(id));
    }

    @Test
    void what_a_rule_refuses_is_said_at_the_field_and_nothing_typed_is_lost() {
        String id = doors.opened();
        Page page = form(id, "amendment");
        fill(page, "/title", "Amendment", "/occurredOn", "2026-02-30");
        assertThat(page.locator("[id='/occurredOn:problem']"))
                .hasText("'2026-02-30' is a day that does not exist.");
        assertThat(at(page, "/occurredOn")).hasAttribute("aria-invalid", "true");
        assertThat(at(page, "/occurredOn"))
                .hasAccessibleDescription(Pattern.compile(".*does not exist.*"));

        fill(page, "/occurredOn", "2026-02-28");
        assertThat(at(page, "/occurredOn")).not().hasAttribute("aria-invalid", "true");
        add(page, "/terms");
        choose(page, "/terms/0/action", "change");
        fill(page, "/terms/0/key", "price.bulk", "/terms/0/statement", "9 dollars each.");
        assertThat(page.locator("[id='/terms/0/key:problem']"))
                .containsText("price.bulk is not in force on 2026-02-28");

        record(page);
        assertThat(page.locator("#notice")).isFocused();
        assertThat(page.locator("#notice")).containsText("Not recorded yet");
        assertThat(at(page, "/terms/0/statement")).hasValue("9 dollars each.");
        Chromium.assertAccessible(page);
        Chromium.look(page, "record-refused");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("is not in force"))
                .first()
                .click();
        assertThat(at(page, "/terms/0/key")).isFocused();
    }

    @Test
    void a_funding_round_is_recorded_with_its_amounts() {
        String id = doors.opened();
        Page page = form(id, "funding-round");
        fill(
                page,
                "/title",
                "Series B",
                "/occurredOn",
                "2026-02-27",
                "/recipient/name",
                "Globex",
                "/round",
                "Series B",
                "/amount/amount",
                "1,000,000",
                "/amount/currency",
                "USD",
                "/postMoney/amount",
                "9000000",
                "/postMoney/currency",
                "USD");
        assertThat(page.locator("[id='/amount/amount:problem']"))
                .containsText("write plain digits like");
        fill(page, "/amount/amount", "1000000");
        choose(page, "/amount/qualifier", "about");
        add(page, "/investors");
        fill(page, "/investors/0/name", "Initech", "/investors/0/amount/amount", "250000.50");
        assertThat(findings(page)).containsText("Still to fill in: Currency");
        fill(
                page,
                "/investors/0/amount/currency",
                "EUR",
                "/investors/0/condition",
                "half of it conditional");
        assertThat(findings(page)).containsText("This would leave every term as it is.");
        Chromium.assertAccessible(page);
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'funding-round', 'agreementId': '%s', 'title': 'Series B', 'occurredOn': '2026-02-27',
                 'recipient': {'id': 'globex', 'name': 'Globex'}, 'round': 'Series B',
                 'amount': {'amount': '1000000', 'currency': 'USD', 'qualifier': 'about'},
                 'postMoney': {'amount': '9000000', 'currency': 'USD'},
                 'investors': [{'id': 'initech', 'name': 'Initech', 'amount': {'amount': '250000.50', 'currency': 'EUR'},
                   'condition': 'half of it conditional'}]}
                """
                        .formatted(id));
    }

    @Tag("long")
    @Test
    void a_partnership_is_recorded_with_its_sources_and_rare_fields() {
        String id = doors.opened();
        Page page = form(id, "partnership");
        fill(page, "/title", "Initech joins", "/occurredOn", "2026-02", "/scope", "Chips");
        fill(
                page,
                "/partners/0/name",
                "Initech",
                "/dealValue/amount",
                "5",
                "/dealValue/currency",
                "CHF");
        add(page, "/sources");
        fill(page, "/sources/0/title", "Filing", "/sources/0/url", "https://example.org/filing");
        choose(page, "/sources/0/role", "regulator");
        unfold(page, "/sources/0");
        fill(page, "/sources/0/id", "s1", "/sources/0/via/title", "A paper");
        add(page, "/terms");
        choose(page, "/terms/0/action", "disclose");
        fill(page, "/terms/0/key", "supply.volume", "/terms/0/statement", "A million a year.");
        fill(page, "/terms/0/validFrom", "2024-03-01");
        unfold(page, "/terms/0");
        fill(page, "/terms/0/source", "s1", "/terms/0/locator", "p. 3");
        choose(page, "/terms/0/withheld", "redacted");
        choose(page, "/standing", "confirmed");
        page.locator("#entry > .asked > details > summary").click();
        at(page, "/binding").check();
        fill(page, "/ref", "initech-2026", "/instrument", "filing", "/disclosedOn", "2026-03");
        add(page, "/concerns");
        fill(page, "/concerns/0/key", "price.unit");
        choose(page, "/concerns/0/how", "relates");
        assertThat(findings(page)).containsText("This would tell more of supply.volume.");
        Chromium.assertAccessible(page);
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'partnership', 'agreementId': '%s', 'title': 'Initech joins', 'occurredOn': '2026-02',
                 'disclosedOn': '2026-03', 'binding': false, 'ref': 'initech-2026', 'instrument': 'filing',
                 'partners': [{'id': 'initech', 'name': 'Initech'}], 'scope': 'Chips',
                 'dealValue': {'amount': '5', 'currency': 'CHF'}, 'standing': 'confirmed',
                 'sources': [{'id': 's1', 'title': 'Filing', 'url': 'https://example.org/filing', 'role': 'regulator',
                   'via': {'title': 'A paper'}}],
                 'terms': [{'action': 'disclose', 'key': 'supply.volume', 'statement': 'A million a year.',
                   'validFrom': '2024-03-01', 'source': 's1', 'locator': 'p. 3', 'withheld': 'redacted'}],
                 'concerns': [{'key': 'price.unit', 'how': 'relates'}]}
                """
                        .formatted(id));
    }

    @Test
    void an_amendment_shows_what_it_makes_of_each_term() {
        String id = doors.opened();
        Page page = form(id, "amendment");
        fill(page, "/title", "First amendment", "/occurredOn", "2026-01-01");
        add(page, "/terms");
        choose(page, "/terms/0/action", "change");
        fill(page, "/terms/0/key", "price.unit", "/terms/0/statement", "12 dollars each.");
        choose(page, "/terms/0/value/type", "money");
        fill(page, "/terms/0/value/amount", "12.00", "/terms/0/value/currency", "USD");
        add(page, "/terms");
        choose(page, "/terms/1/action", "retire");
        fill(page, "/terms/1/key", "supply.exclusivity");
        page.locator("#entry > .asked > details > summary").click();
        add(page, "/partyChanges");
        choose(page, "/partyChanges/0/how", "succession");
        fill(page, "/partyChanges/0/from", "globex", "/partyChanges/0/to/name", "Globex Group");
        add(page, "/notAddressed");
        fill(page, "/notAddressed/0", "supply.volume");
        assertThat(findings(page))
                .containsText(
                        "This would change price.unit, end supply.exclusivity, change the parties.");
        assertThat(findings(page).locator("del").first()).hasText("10");
        assertThat(findings(page).locator("ins").first()).hasText("12");
        assertThat(findings(page)).containsText("Fingerprint after");
        Chromium.assertAccessible(page);
        Chromium.look(page, "record-amendment");
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'amendment', 'agreementId': '%s', 'title': 'First amendment', 'occurredOn': '2026-01-01',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '12 dollars each.',
                    'value': {'type': 'money', 'amount': '12.00', 'currency': 'USD'}},
                   {'action': 'retire', 'key': 'supply.exclusivity'}],
                 'notAddressed': ['supply.volume'],
                 'partyChanges': [{'from': 'globex', 'to': {'id': 'globex-group', 'name': 'Globex Group'}, 'how': 'succession'}]}
                """
                        .formatted(id));
    }

    @Tag("long")
    @Test
    void a_closing_says_which_terms_outlive_it() {
        String id = doors.opened();
        Page page = form(id, "closing");
        fill(page, "/title", "The end", "/occurredOn", "2026-05-01");
        assertThat(at(page, "/supersededBy")).isHidden();
        choose(page, "/how", "superseded");
        fill(page, "/supersededBy", "the-next");
        add(page, "/survives");
        fill(page, "/survives/0", "price.unit");
        assertThat(findings(page)).containsText("This would end supply.exclusivity.");
        Chromium.assertAccessible(page);
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'closing', 'agreementId': '%s', 'title': 'The end', 'occurredOn': '2026-05-01',
                 'how': 'superseded', 'supersededBy': 'the-next', 'survives': ['price.unit']}
                """
                        .formatted(id));
    }

    // ---- corrections from the page of an entry

    private Page correcting(String id, int sequence, String query) {
        return chromium.open("/agreements/" + id + "/entries/" + sequence + "/correct" + query);
    }

    @Test
    void a_correction_begins_with_the_entry_as_it_was_recorded() {
        String id = doors.opened();
        Page page = correcting(id, 1, "");
        assertThat(page.locator(".choices")).hasCount(0);
        assertThat(at(page, "/replacement/terms/1/statement")).hasValue("10 dollars each.");
        fill(
                page,
                "/replacement/terms/1/statement",
                "11 dollars each.",
                "/occurredOn",
                "2026-05-02");
        assertThat(findings(page)).containsText("This would alter what was known of price.unit.");
        assertThat(findings(page).locator("ins")).hasText("11");
        assertThat(findings(page)).containsText("Still to fill in: What was wrong");
        fill(page, "/reason", "A slip of the pen");
        assertThat(findings(page)).not().containsText("Still to fill in");
        Chromium.assertAccessible(page);
        Chromium.look(page, "record-correction");
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'correction', 'agreementId': '%s', 'title': 'Corrected: Acme and Globex', 'occurredOn': '2026-05-02',
                 'corrects': 1, 'reason': 'A slip of the pen',
                 'replacement': {'kind': 'opening', 'title': 'Acme and Globex', 'occurredOn': '2024-03-01',
                  'parties': [{'id': 'acme', 'name': 'Acme Corporation'}, {'id': 'globex', 'name': 'Globex'}],
                  'terms': [
                   {'action': 'introduce', 'key': 'supply.exclusivity', 'statement': 'Acme is the sole supplier.',
                    'quote': 'Acme is our sole supplier.', 'value': {'type': 'flag', 'flag': true}},
                   {'action': 'introduce', 'key': 'price.unit', 'statement': '11 dollars each.',
                    'value': {'type': 'money', 'amount': '10.00', 'currency': 'USD'}}]}}
                """
                        .formatted(id));
    }

    private void reported(String id) {
        Answer answer =
                doors.post(
                        doors.entriesOf(id),
                        """
                        {'kind': 'amendment', 'title': 'Heard of', 'occurredOn': '2025-01-01', 'standing': 'reported',
                         'terms': [{'action': 'retire', 'key': 'supply.exclusivity'}]}
                        """);
        assertThat(answer.status()).isEqualTo(201);
    }

    @Test
    void a_report_is_withdrawn() {
        String id = doors.opened();
        reported(id);
        Page page = chromium.open("/agreements/" + id + "/record?kind=withdrawal");
        Chromium.assertAccessible(page);
        page.getByText("Heard of").click();
        assertThat(findings(page))
                .containsText("This would alter what was known of supply.exclusivity.");
        fill(page, "/reason", "It never happened", "/occurredOn", "2026-05-02");
        Chromium.assertAccessible(page);
        record(page);
        assertRecorded(
                page,
                id,
                3,
                """
                {'kind': 'withdrawal', 'agreementId': '%s', 'title': 'Withdrawn: Heard of', 'occurredOn': '2026-05-02',
                 'withdraws': 2, 'reason': 'It never happened'}
                """
                        .formatted(id));
        Answer again = doors.get("/agreements/" + id + "/entries/2/correct", "Accept", "text/html");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.body()).contains("Entry 2 was withdrawn by entry 3");
    }

    @Test
    void a_report_is_confirmed_with_its_source() {
        String id = doors.opened();
        reported(id);
        Page page = correcting(id, 2, "");
        page.getByText("Confirm it").click();
        fill(page, "/occurredOn", "2026-05-02", "/sources/0/title", "Filing");
        assertThat(findings(page))
                .containsText("This would alter what was known of supply.exclusivity.");
        Chromium.assertAccessible(page);
        record(page);
        assertRecorded(
                page,
                id,
                3,
                """
                {'kind': 'confirmation', 'agreementId': '%s', 'title': 'Confirmed: Heard of', 'occurredOn': '2026-05-02',
                 'confirms': 2, 'sources': [{'title': 'Filing'}]}
                """
                        .formatted(id));
        assertThat(doors.get("/agreements/" + id + "/entries/2/correct?kind=confirmation").status())
                .isEqualTo(400);
        assertThat(doors.get("/agreements/" + id + "/entries/3/correct").status()).isEqualTo(422);
        assertThat(doors.get("/agreements/" + id + "/entries/4/correct").status()).isEqualTo(404);
    }

    // ---- once, and in time

    @Test
    void a_button_that_is_pressed_twice_records_once() {
        String id = doors.opened();
        Page page = announcing(chromium.page(), id, "Said twice");
        page.locator("button[name=record]").dblclick();
        page.waitForURL("**/agreements/" + id + "/entries/2#recorded");
        chromium.complaints();
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void a_form_that_is_sent_twice_at_once_is_stored_once_and_answered_twice() {
        String id = doors.opened();
        List<CompletableFuture<Answer>> answers =
                IntStream.range(0, 4)
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(
                                        () -> sent(id, "twice-" + id, "Said twice")))
                        .toList();
        assertThat(answers)
                .map(CompletableFuture::join)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(303);
                    assertThat(answer.header("Location")).endsWith("/entries/2#recorded");
                });
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    private Page announcing(Page page, String id, String title) {
        page.navigate(Chromium.address(doors, "/agreements/" + id + "/record?kind=announcement"));
        fill(page, "/title", title, "/occurredOn", "2026-03-01");
        fill(page, "/speakers/0/name", "Acme", "/speakers/0/id", "acme");
        return page;
    }

    private Page withoutScript() {
        return chromium.page(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    @Test
    void without_a_script_all_of_it_works_a_page_at_a_time() {
        String id = doors.opened();
        Page page = announcing(withoutScript(), id, "No script");
        page.locator("button[name=more][value='/terms']").click();
        choose(page, "/terms/0/action", "reaffirm");
        assertThat(at(page, "/terms/0/since")).isHidden();
        fill(page, "/terms/0/key", "price.unit");
        at(page, "/title").press("Enter");
        fill(page, "/terms/0/since", "2026-02-30");
        at(page, "/title").press("Enter");
        assertThat(page.locator("[id='/terms/0/since:problem']")).containsText("does not exist");
        assertThat(page.locator(".now").first()).hasText("Now: 10 dollars each.");
        record(page);
        assertThat(page.locator("#notice")).containsText("Not recorded yet");
        assertThat(chromium.complaints()).hasSize(1).first().asString().contains("422");
        fill(page, "/terms/0/since", "2024-03-01");
        page.locator("button[name=preview]").last().click();
        assertThat(findings(page).locator(".verdict-upheld")).isVisible();
        page.locator("button[name=less][value='/terms/0']").click();
        assertThat(at(page, "/terms/0/key")).hasCount(0);
        String key = at(page, "key").inputValue();
        record(page);
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'announcement', 'agreementId': '%s', 'title': 'No script', 'occurredOn': '2026-03-01',
                 'speakers': [{'id': 'acme', 'name': 'Acme'}]}
                """
                        .formatted(id));

        Answer again = sent(id, key, "No script");
        assertThat(again.status()).isEqualTo(303);
        assertThat(again.header("Location")).endsWith("/entries/2#recorded");
        Answer other = sent(id, key, "Something else");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body()).contains("This form was recorded already").doesNotContain(key);
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    private Answer sent(String id, String key, String title) {
        return doors.send(
                "POST",
                "/agreements/" + id + "/record?kind=announcement",
                BodyPublishers.ofString(
                        "key="
                                + key
                                + "&expected=1&record=record&/occurredOn=2026-03-01&/speakers/0/id=acme&/speakers/0/name=Acme&/title="
                                + title.replace(' ', '+')),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Sec-Fetch-Site",
                "same-origin");
    }

    @Test
    void what_others_recorded_meanwhile_is_shown_before_it_is_recorded_anyway() {
        String id = doors.opened();
        Page page = announcing(chromium.page(), id, "Mine");
        assertThat(findings(page)).containsText("This would leave every term as it is.");
        doors.post(doors.entriesOf(id), Doors.announcement(id, "Theirs", "2026-02-01"));
        fill(page, "/title", "Still mine");
        assertThat(findings(page))
                .containsText("The agreement has grown since you opened this form");
        record(page);
        assertThat(page.locator("#notice")).containsText("Others recorded something meanwhile");
        assertThat(page.locator("#notice")).containsText("Theirs");
        assertThat(at(page, "/title")).hasValue("Still mine");
        Chromium.assertAccessible(page);
        record(page);
        page.waitForURL("**/agreements/" + id + "/entries/3#recorded");
        chromium.complaints();
        assertThat(doors.get("/v1/agreements/" + id + "/entries/3").json())
                .containsEntry("title", "Still mine");
    }

    @Test
    void an_entry_that_was_withdrawn_meanwhile_is_told_of_in_the_form() {
        String id = doors.opened();
        reported(id);
        Page page = correcting(id, 2, "");
        doors.post(
                doors.entriesOf(id),
                "{'kind': 'withdrawal', 'title': 'Gone', 'occurredOn': '2026-01-01', 'withdraws': 2, 'reason': 'Never was'}");
        fill(page, "/reason", "Not what was said");
        assertThat(page.locator("#trouble"))
                .containsText(
                        "Entry 2 was withdrawn by entry 3: there is nothing left to correct.");
        assertThat(at(page, "/reason")).hasValue("Not what was said");
        assertThat(chromium.complaints())
                .isNotEmpty()
                .allSatisfy(said -> assertThat(said).contains("422"));
    }

    // ---- what can go wrong

    @Test
    void a_server_that_fails_leaves_the_form_as_it_is() {
        String id = doors.opened();
        Page page = announcing(chromium.page(), id, "Kept");
        assertThat(findings(page)).containsText("This would leave every term as it is.");
        page.route(
                "**/record?kind=announcement",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        fill(page, "/title", "Kept all the same");
        assertThat(page.locator("#trouble")).containsText("What you typed is still here");
        record(page);
        assertThat(page.locator("#trouble")).containsText("What you typed is still here");
        assertThat(at(page, "/title")).hasValue("Kept all the same");
        assertThat(chromium.complaints()).allSatisfy(said -> assertThat(said).contains("500"));
        page.unroute("**/record?kind=announcement");
        record(page);
        page.waitForURL("**/agreements/" + id + "/entries/2#recorded");
        chromium.complaints();
    }

    @Tag("long")
    @Test
    void anything_can_stand_in_any_field() {
        String id = doors.newId();
        String odd = "<script>alert(1)</script> \u05e9\u05dc\u05d5\u05dd \ud83e\udd1d '\"&amp;";
        String title = (odd + "x".repeat(500)).substring(0, 300);
        String opening =
                JSON.writeValueAsString(
                        Map.of(
                                "kind",
                                "opening",
                                "agreementId",
                                id,
                                "title",
                                title,
                                "occurredOn",
                                "2024-01-01",
                                "parties",
                                List.of(Map.of("id", "a", "name", odd)),
                                "terms",
                                List.of(
                                        Map.of(
                                                "action",
                                                "introduce",
                                                "key",
                                                "a",
                                                "statement",
                                                odd))));
        Answer opened =
                doors.send(
                        "POST",
                        "/v1/agreements",
                        BodyPublishers.ofString(opening),
                        "Content-Type",
                        "application/json");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);

        Page page = correcting(id, 1, "");
        assertThat(at(page, "/replacement/title")).hasValue(title);
        assertThat(at(page, "/replacement/parties/0/name")).hasValue(odd);
        page
                .locator("[name]:not(button):not([type=hidden]):not([type=checkbox]):not(select)")
                .all()
                .stream()
                .filter(Locator::isVisible)
                .forEach(field -> field.fill(odd + "y".repeat(500)));
        record(page);
        assertThat(page.locator("#notice")).isFocused();
        assertThat(at(page, "/replacement/title")).hasValue(odd + "y".repeat(500));
        Chromium.assertAccessible(page);
        Chromium.look(page, "record-odd");
    }

    @Tag("long")
    @Test
    void fifty_investors_and_two_hundred_terms_are_no_trouble() {
        String id = doors.newId();
        StringBuilder terms = new StringBuilder();
        StringBuilder investors = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            terms.append(
                    "%s{'action': 'introduce', 'key': 'term.n%d', 'statement': 'Term %d holds.'}"
                            .formatted(i == 0 ? "" : ", ", i, i));
        }
        for (int i = 0; i < 50; i++) {
            investors.append(
                    "%s{'id': 'investor-%d', 'name': 'Investor %d', 'amount': {'amount': '%d', 'currency': 'USD'}}"
                            .formatted(i == 0 ? "" : ", ", i, i, i));
        }
        assertThat(
                        doors.post(
                                        "/v1/agreements",
                                        "{'kind': 'opening', 'agreementId': '%s', 'title': 'Many', 'occurredOn': '2024-01-01', 'parties': [{'id': 'a', 'name': 'A'}], 'terms': [%s]}"
                                                .formatted(id, terms))
                                .status())
                .isEqualTo(201);
        doors.post(
                doors.entriesOf(id),
                "{'kind': 'funding-round', 'title': 'Round', 'occurredOn': '2025-01-01', 'recipient': {'id': 'a', 'name': 'A'}, 'investors': [%s]}"
                        .formatted(investors));

        Page page = correcting(id, 2, "");
        assertThat(page.locator("[data-item^='/replacement/investors/']")).hasCount(50);
        fill(page, "/replacement/investors/49/amount/amount", "1,5");
        assertThat(page.locator("[id='/replacement/investors/49/amount/amount:problem']"))
                .containsText("is not a decimal number");

        page.onceDialog(dialog -> dialog.accept()); // leaving what was typed
        page.navigate(Chromium.address(doors, "/agreements/" + id + "/entries/1/correct"));
        assertThat(page.locator("[data-item^='/replacement/terms/']")).hasCount(200);
        fill(page, "/replacement/terms/199/statement", "Term 199 held.", "/reason", "A slip");
        assertThat(findings(page)).containsText("This would alter what was known of term.n199.");
        record(page);
        page.waitForURL("**/agreements/" + id + "/entries/3#recorded");
        chromium.complaints();
    }

    @Test
    void an_announcement_is_recorded_by_the_keyboard_alone() {
        String id = doors.newId();
        doors.post("/v1/agreements", Doors.opening(id).replace("Acme and Globex", "Found " + id));
        Page page = chromium.open("/record");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter"); // past the bar
        tabTo(page, "#q");
        page.keyboard().type("found " + id);
        assertThat(page.locator("#found li")).hasCount(1);
        tabTo(page, "a[href='/agreements/" + id + "/record']");
        page.keyboard().press("Enter");
        page.waitForURL("**/record");
        assertThat(page.locator("h1")).hasText("What happened?");
        tabTo(page, "a[href$='?kind=announcement']");
        page.keyboard().press("Enter");
        page.waitForURL("**/record?kind=announcement");
        tabTo(page, "[name='/title']");
        page.keyboard().type("By keyboard");
        tabTo(page, "[name='/occurredOn']");
        page.keyboard().type("2026-03-01");
        tabTo(page, "[name='/speakers/0/name']");
        page.keyboard().type("Acme Corporation");
        tabTo(page, "button[name=more][value='/terms']");
        page.keyboard().press("Enter");
        assertThat(at(page, "/terms/0/action")).isFocused();
        page.keyboard().type("Says");
        tabTo(page, "[name='/terms/0/key']");
        page.keyboard().type("price.unit");
        assertThat(findings(page).locator(".verdict-upheld")).isVisible();
        tabTo(page, ".send button[name=record]");
        page.keyboard().press("Enter");
        assertRecorded(
                page,
                id,
                2,
                """
                {'kind': 'announcement', 'agreementId': '%s', 'title': 'By keyboard', 'occurredOn': '2026-03-01',
                 'speakers': [{'id': 'acme', 'name': 'Acme Corporation'}],
                 'terms': [{'action': 'reaffirm', 'key': 'price.unit'}]}
                """
                        .formatted(id));
    }

    @Test
    void a_button_that_only_has_the_focus_was_not_pressed() {
        String id = doors.opened();
        Page page = chromium.open("/agreements/" + id + "/record?kind=announcement");
        fill(
                page,
                "/occurredOn",
                "2026-03-01",
                "/speakers/0/name",
                "Acme Corporation",
                "/title",
                "Not yet");

        page.locator(".send button[name=record]").focus();

        assertThat(findings(page)).containsText("This would leave every term as it is.");
        assertThat(doors.get(doors.entriesOf(id) + "/2").status()).isEqualTo(404);
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            if ((boolean)
                    page.evaluate(
                            "selector => document.activeElement.matches(selector)", selector)) {
                return;
            }
        }
        throw new AssertionError("no tab leads to " + selector);
    }

    // ---- choosing

    @Test
    void an_agreement_is_found_by_typing_and_a_kind_by_what_happened() {
        String id = doors.opened();
        Page page = chromium.open("/record");
        page.locator("#q").fill("no agreement is called that");
        assertThat(page.locator("#found"))
                .containsText("No agreement has a title or a party like that.");
        page.locator("#q").fill("globex");
        assertThat(page.locator("#found li").first()).containsText("Globex");
        page.navigate(Chromium.address(doors, "/agreements/" + id + "/record"));
        Chromium.assertAccessible(page);
        assertThat(page.locator("article .cards a")).hasCount(8);
        assertThat(doors.get("/agreements/" + id + "/record?kind=confirmation").body())
                .contains("There is none of which that could be recorded.");
        assertThat(doors.get("/agreements/no-such/record").status()).isEqualTo(404);
        assertThat(doors.get("/agreements/" + id + "/record?kind=opening").status()).isEqualTo(400);
    }

    @Test
    void a_copy_says_that_nothing_can_be_recorded_in_it(@TempDir Path folder) {
        Location location = new Location(folder.resolve("copy"), null);
        Doors source =
                Doors.to(
                        LedgerNode.open(
                                TestDatabase.freshIn(folder.resolve("source")), Clock.systemUTC()));
        try (LedgerApplication.Server _ = source.server()) {
            source.opened();
            try (NewCopy copy =
                    source.node()
                            .copyTo(
                                    location.data(),
                                    source.node().readModels().resolve(new KnownAt.Now()))) {
                copy.copyEntries(_ -> {});
                copy.buildReadModels(_ -> {});
                copy.finish();
            }
        }
        Doors copied = Doors.to(LedgerNode.openToRead(location, Clock.systemUTC()));
        try (LedgerApplication.Server server = copied.server()) {
            Page page = chromium.page();
            page.navigate(server.address() + "record");
            assertThat(page.locator("main")).containsText("nothing can be recorded in it");
            Chromium.assertAccessible(page);
            assertThat(copied.get("/record?kind=opening").status()).isEqualTo(403);
            assertThat(chromium.complaints()).hasSize(1);
        }
    }
}
