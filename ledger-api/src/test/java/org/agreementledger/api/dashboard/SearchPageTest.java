package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SearchPageTest {

    private static final Doors DOORS = Doors.shared();

    @RegisterExtension private final Chromium chromium = new Chromium();

    /** Words that no other test says. */
    @BeforeAll
    static void record() {
        DOORS.post(
                "/v1/agreements",
                Doors.opening("quagga-lease").replace("Acme and Globex", "The quagga lease"));
        Told.record(
                DOORS,
                "quagga-lease",
                Doors.announcement("quagga-lease", "No quagga was sold", "2024-05-02"));
        Told.record(
                DOORS,
                "quagga-lease",
                Doors.announcement("quagga-lease", "Okapi <b>are</b> no quagga", "2024-05-03"));
    }

    private static Locator field(Page page) {
        return page.locator(".bar [type=search]");
    }

    @Test
    void who_types_sees_what_is_found_so_far() {
        Page page = chromium.open("/doors");
        field(page).pressSequentially("quag");
        page.waitForSelector("#find-found .hits a");
        assertThat(page.locator("#find-found a").allInnerTexts())
                .containsExactly(
                        "The quagga lease",
                        "Okapi <b>are</b> no quagga",
                        "No quagga was sold",
                        "The quagga lease");
        assertThat(page.locator("#find-found mark").first().innerText()).isEqualTo("quagga");
        assertThat(page.locator("#find-told").innerText()).isEqualTo("1 agreement, 3 entries");
        Chromium.assertAccessible(page);
        Chromium.look(page, "search-typing");

        field(page).fill("okapi");
        page.waitForCondition(() -> page.locator("#find-found .hits a").count() == 1);
        assertThat(page.locator("#find-told").innerText()).isEqualTo("0 agreements, 1 entry");
    }

    @Test
    void the_keyboard_goes_through_what_is_found() {
        Page page = chromium.open("/doors");
        field(page).pressSequentially("quagga");
        page.waitForSelector("#find-found .hits a");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        assertThat(page.evaluate("document.activeElement.innerText"))
                .isEqualTo("Okapi <b>are</b> no quagga");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("ArrowUp");
        assertThat(page.evaluate("document.activeElement.type")).isEqualTo("search");
        page.keyboard().press("ArrowUp");
        assertThat(page.evaluate("document.activeElement.innerText")).isEqualTo("The quagga lease");
        page.keyboard().press("Escape");
        assertThat(page.locator("#find-found").isVisible()).isFalse();
        assertThat(page.evaluate("document.activeElement.type")).isEqualTo("search");
        assertThat(field(page).inputValue()).isEqualTo("quagga");

        page.keyboard().type("s");
        page.keyboard().press("Backspace");
        page.waitForSelector("#find-found:not([hidden]) .hits a");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        page.waitForURL("**/agreements/quagga-lease/entries/3");
        assertThat(page.locator("h1").innerText()).isEqualTo("Okapi <b>are</b> no quagga");
    }

    @Test
    void an_expression_that_breaks_off_is_told_quietly() {
        Page page = chromium.open("/doors");
        field(page).pressSequentially("\"quagga was");
        page.waitForSelector("#find-found .told .quiet");
        assertThat(page.locator("#find-found").innerText()).contains("a quotation mark");
        page.keyboard().type("\"");
        page.waitForSelector("#find-found .hits a");
        assertThat(page.locator("#find-found .hits a").allInnerTexts())
                .containsExactly("No quagga was sold");
    }

    @Test
    void a_server_that_fails_is_told_where_one_types() {
        Page page = chromium.open("/doors");
        page.route(
                "**/search?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        field(page).pressSequentially("quagga");
        page.waitForSelector("#find-found:not([hidden]) p");
        assertThat(page.locator("#find-told").innerText())
                .isEqualTo("The search does not answer just now.");
        assertThat(chromium.complaints()).isNotEmpty();
    }

    @Test
    void the_newest_question_wins() {
        Page page = chromium.open("/doors");
        page.route(
                "**/search?q=quagga",
                route -> {
                    page.waitForTimeout(500);
                    route.resume();
                });
        field(page).fill("quagga");
        page.waitForRequest("**/search?q=quagga", () -> {});
        field(page).fill("okapi");
        page.waitForCondition(() -> page.locator("#find-found .hits a").count() == 1);
        assertThat(page.locator("#find-found .hits a").innerText())
                .isEqualTo("Okapi <b>are</b> no quagga");
        assertThat(chromium.complaints()).allMatch(complaint -> complaint.startsWith("htmx:"));
    }

    @Test
    void without_a_script_it_is_a_page() {
        Page page = chromium.open("/search?q=quagga");
        assertThat(page.locator("main .hits a").allInnerTexts()).hasSize(4);
        assertThat(page.locator("main input[type=search]").inputValue()).isEqualTo("quagga");
        Chromium.assertAccessible(page);
        Chromium.look(page, "search");

        page.navigate(Chromium.address(DOORS, "/search?q=zebroid"));
        assertThat(page.locator("main").innerText()).contains("Nothing says “zebroid”.");
        page.navigate(Chromium.address(DOORS, "/search?q=%22"));
        assertThat(page.locator("main").innerText()).contains("a quotation mark");
        page.navigate(Chromium.address(DOORS, "/search"));
        assertThat(page.locator("main").innerText()).contains("side by side");
        Chromium.assertAccessible(page);
    }
}
