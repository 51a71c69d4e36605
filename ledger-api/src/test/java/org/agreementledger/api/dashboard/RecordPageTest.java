package org.agreementledger.api.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
        Chromium.look(page, "record");
        page.getByText("Open an agreement").click();

        fill(page, "/agreementId", id, "/title", "Lease of the workshop", "/occurredOn", "2025-01");
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
        Chromium.look(page, "record-opening");

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
        assertThat(findings(page)).containsText("This would change nothing.");
        assertThat(findings(page).locator(".verdict-reworded")).isVisible();
        assertThat(findings(page).locator("ins")).hasText("only");
        assertThat(findings(page)).containsText("equal: same parties and terms");
        assertThat(page.locator("#spoken")).hasText("This would change nothing.");
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
                .hasAccessibleDescription(java.util.regex.Pattern.compile(".*does not exist.*"));

        fill(page, "/occurredOn", "2026-02-28");
        assertThat(at(page, "/occurredOn")).not().hasAttribute("aria-invalid", "true");
        add(page, "/terms");
        choose(page, "/terms/0/action", "change");
        fill(page, "/terms/0/key", "price.bulk", "/terms/0/statement", "9 dollars each.");
        assertThat(page.locator("[id='/terms/0/key:problem']"))
                .containsText("Price.bulk is not in force on 2026-02-28");

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
}
