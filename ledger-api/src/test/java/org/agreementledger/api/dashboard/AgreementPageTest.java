package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.WaitForSelectorState;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page of an agreement tells at first sight, and how one moves through it. */
class AgreementPageTest {

    private static final LocalDate AMENDED = LocalDate.of(2026, 4, 27);

    @RegisterExtension private final Chromium chromium = new Chromium();
    private final Doors doors = ExampleDoors.shared();

    private Page open(String query) {
        Page page = chromium.open(doors, ExampleDoors.PAGE + query);
        page.waitForSelector("article.ready");
        return page;
    }

    private static void awaitDay(Page page, String day) {
        page.waitForSelector("#state[aria-busy=false] #state-heading time[datetime='" + day + "']");
    }

    private static Locator handle(Page page) {
        return page.locator("#handle");
    }

    @Test
    void in_five_seconds_it_says_since_when_the_terms_are_unchanged() {
        Page page = open("");
        long days = AMENDED.until(LocalDate.now(ZoneOffset.UTC), ChronoUnit.DAYS);
        assertThat(page.locator(".glance").innerText())
                .contains("Terms unchanged for", days + " days", "since 27 April 2026");
        assertThat(page.locator("h1").innerText()).isEqualTo("Microsoft and OpenAI partnership");
        assertThat(page.locator(".whose").innerText())
                .contains("between Microsoft Corporation and OpenAI Group PBC", "in force");
        assertThat(page.locator(".figures .last").innerText())
                .contains("confirmation, 2026-11-22", "corrected");
        Chromium.assertAccessible(page);
        Chromium.look(page, "agreement");
    }

    @Test
    void the_handle_moves_by_the_keyboard_and_the_terms_follow() {
        Page page = open("?validOn=2026-04-26");
        assertThat(page.locator("#state").textContent())
                .contains("Terms on 26 April 2026", "cloud.api.exclusivity");
        handle(page).press("ArrowRight");
        awaitDay(page, "2026-04-27");
        assertThat(page.locator("#state").textContent())
                .contains("Terms on 27 April 2026", "changed on this day", "cloud.first_ship")
                .doesNotContain("cloud.api.exclusivity");
        handle(page).press("PageUp");
        awaitDay(page, "2026-05-27");
        handle(page).press("Control+ArrowLeft");
        awaitDay(page, "2026-04-27");
        handle(page).press("Shift+ArrowLeft");
        awaitDay(page, "2025-10-28");
        handle(page).press("Home");
        awaitDay(page, page.locator("#handle span").innerText());
        assertThat(page.locator("#state").textContent())
                .contains("No term is in force on this day.");
        assertThat(handle(page).getAttribute("aria-valuetext")).contains("2019");
    }

    @Test
    void nothing_is_asked_for_while_nothing_turns() {
        Page page = open("?validOn=2026-01-10");
        page.onRequest(request -> assertThat(request.url()).doesNotContain("/terms"));
        for (int i = 0; i < 5; i++) {
            handle(page).press("ArrowRight");
        }
        awaitDay(page, "2026-01-15");
        assertThat(page.locator("#state .sum").innerText()).contains("unchanged for 79 days");
        page.waitForURL("**?validOn=2026-01-15");
    }

    @Test
    void the_handle_is_dragged_and_a_press_on_the_lanes_moves_it_there() {
        Page page = open("?validOn=2026-04-26");
        BoundingBox track = page.locator("#overlay").boundingBox();
        page.mouse().move(track.x + track.width * 0.1, track.y + 200);
        page.mouse().down();
        page.mouse().move(track.x + track.width * 0.5, track.y + 210);
        page.mouse().move(track.x + track.width * 0.3, track.y + 210);
        page.mouse().up();
        awaitDay(page, day(page));
        assertThat(day(page)).startsWith("202").isLessThan("2024");
        String pressed = day(page);
        page.waitForURL("**?validOn=" + pressed);
        BoundingBox box = handle(page).boundingBox();
        page.mouse().move(box.x + box.width / 2, box.y + 100);
        page.mouse().down();
        page.mouse().move(box.x + 200, box.y + 100);
        page.mouse().up();
        awaitDay(page, day(page));
        assertThat(day(page)).isGreaterThan(pressed);
    }

    private static String day(Page page) {
        return page.locator("#handle span").textContent();
    }

    @Test
    void the_second_handle_shows_what_was_known_then() {
        Page page = open("?validOn=2026-04-30");
        Locator known = page.locator("#known-handle");
        assertThat(known.getAttribute("aria-valuetext")).endsWith("30 of 30 entries");
        assertThat(page.locator("#state").textContent())
                .contains("of which 11.8 billion were funded at 31 March 2026");
        known.press("ArrowLeft");
        known.press("ArrowLeft");
        page.waitForSelector("#state[aria-busy=false] .sum:has-text('@27')");
        page.waitForURL("**?validOn=2026-04-30&knownAt=%4027");
        assertThat(known.getAttribute("aria-valuetext")).endsWith("28 of 30 entries");
        known.press("Home");
        page.waitForSelector("#lanes:not(:has(a.label[title='agi.definition']))");
        assertThat(page.locator("#lanes a.label").count()).isEqualTo(3);
        assertThat(page.locator("#state").textContent()).contains("3 terms in force");
        known.press("End");
        page.waitForURL("**?validOn=2026-04-30");
        page.waitForSelector("#lanes a.label[title='agi.definition']");
    }

    @Test
    void two_days_are_compared_by_the_keyboard_and_the_link_shares_it() {
        Page page = open("?validOn=2026-04-26");
        handle(page).press("m");
        page.waitForSelector("#report:has-text('No term changed')");
        handle(page).press("ArrowRight");
        page.waitForSelector("#report h2:has-text('9 terms changed')");
        assertThat(page.locator("#report").textContent())
                .contains("2 changed, 4 introduced, 3 retired");
        assertThat(page.locator("#report del").allTextContents().toString())
                .contains("exclusive rights");
        assertThat(page.locator("#report ins").first().textContent()).isNotBlank();
        page.waitForURL("**from=2025-10-28**");
        Chromium.assertAccessible(page);

        Page shared = chromium.page();
        shared.navigate(page.url());
        shared.waitForSelector("article.ready");
        assertThat(shared.locator("#report h2").textContent()).isEqualTo("9 terms changed");
        assertThat(shared.locator("#marker").isVisible()).isTrue();
        shared.locator("#marker").press("Escape");
        shared.waitForSelector("#report", hidden());
        shared.waitForURL("**?validOn=2026-04-27");
    }

    private static Page.WaitForSelectorOptions hidden() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED);
    }

    @Test
    void play_moves_the_handle_from_turn_to_turn_until_it_is_paused() {
        Page page = open("?validOn=2025-10-01");
        page.locator("[data-do=play]").click();
        awaitDay(page, "2025-10-28");
        awaitDay(page, "2026-02-27");
        page.locator("[data-do=play]").click();
        assertThat(page.locator("[data-do=play]").textContent()).contains("Play");
    }

    @Test
    void a_value_is_one_click_from_its_quote_source_and_entry() {
        Page page = open("?validOn=2026-04-26");
        Locator row =
                page.locator(
                        "#state tr", new Page.LocatorOptions().setHasText("agi.determination"));
        row.locator("summary").click();
        row.locator(".source a").waitFor();
        assertThat(row.locator(".source a").getAttribute("href")).startsWith("https://");
        assertThat(row.locator("blockquote").textContent()).isNotBlank();
        assertThat(row.locator("td.since > a").getAttribute("href"))
                .startsWith(ExampleDoors.PAGE + "/entries/");
        Chromium.assertAccessible(page);
    }

    @Test
    void what_stays_the_same_stays_as_it_was_opened_and_leads_to_the_day_shown() {
        Page page = open("?validOn=2026-04-26");
        Locator row = page.locator("#state tr[data-key='structure.entity']");
        row.locator("summary").click();
        row.locator(".source a").waitFor();
        handle(page).press("ArrowRight");
        awaitDay(page, "2026-04-27");
        assertThat(row.locator(".source a").isVisible()).isTrue();
        row.locator("th a").focus();
        assertThat(row.locator("th a").getAttribute("href")).endsWith("?validOn=2026-04-27");
    }

    @Test
    void after_every_step_it_shows_what_that_day_alone_would_show() {
        Page page = open("");
        for (int step = 0; step < 12; step++) {
            handle(page).press("Control+ArrowLeft");
            assertShowsWhatIsAnsweredAlone(page, "");
        }
        page.locator("#known-handle").press("ArrowLeft");
        page.waitForSelector("#state .sum:has-text('(@28)')");
        assertShowsWhatIsAnsweredAlone(page, "&knownAt=@28");
        handle(page).press("Home");
        assertShowsWhatIsAnsweredAlone(page, "&knownAt=@28");
        handle(page).press("Control+ArrowRight");
        assertShowsWhatIsAnsweredAlone(page, "&knownAt=@28");
    }

    private static void assertShowsWhatIsAnsweredAlone(Page page, String knownAt) {
        page.waitForSelector("#state[aria-busy=false]");
        String day = page.locator("#state-heading time").getAttribute("datetime");
        Object alone =
                page.evaluate(
                        """
                        address => fetch(address)
                          .then(answer => answer.text())
                          .then(text => new DOMParser().parseFromString(text, 'text/html')
                            .querySelector('#terms').textContent)
                        """,
                        ExampleDoors.PAGE + "/terms?validOn=" + day + knownAt);
        assertThat(page.locator("#terms").textContent())
                .as(day)
                .isEqualToIgnoringWhitespace((String) alone);
    }

    @Test
    void when_the_server_fails_the_old_state_stays_and_says_that_it_is_old() {
        Page page = open("?validOn=2026-04-26");
        page.route(
                "**/terms?**", route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        handle(page).press("ArrowRight");
        page.locator("#failed:visible").waitFor();
        assertThat(page.locator("#failed").textContent())
                .contains(
                        "The terms of 27 April 2026 could not be loaded",
                        "still those of 26 April 2026");
        assertThat(page.locator("#state").getAttribute("class")).contains("old");
        assertThat(page.locator("#state-heading").textContent()).contains("26 April 2026");
        Chromium.assertAccessible(page);
        assertThat(chromium.complaints()).isNotEmpty().allMatch(said -> said.contains("500"));

        page.unroute("**/terms?**");
        page.locator("[data-do=retry]").click();
        awaitDay(page, "2026-04-27");
        assertThat(page.locator("#failed").isVisible()).isFalse();
        assertThat(page.locator("#state").getAttribute("class")).doesNotContain("old");
    }

    @Test
    void what_is_only_reported_is_striped_and_what_was_told_later_is_pale() {
        Page page = open("?standing=all");
        assertThat(page.locator("#lanes .stripes").count()).isPositive();
        assertThat(page.locator("#lanes .late").count()).isPositive();
        assertThat(page.locator("#state .sum").textContent()).contains("only reported");
        Page confirmed = open("");
        assertThat(confirmed.locator("#lanes .stripes").count()).isZero();
    }

    @Test
    void without_a_script_a_form_does_the_same() {
        Page page =
                chromium.page(
                        new Browser.NewContextOptions()
                                .setViewportSize(1280, 844)
                                .setJavaScriptEnabled(false));
        page.navigate(Chromium.address(doors, ExampleDoors.PAGE));
        page.locator("[name=validOn]").fill("2026-04-26");
        page.locator("[name=knownAt]").fill("@27");
        page.locator("#point button").click();
        page.waitForSelector("#state .fingerprint");
        assertThat(page.url()).contains("validOn=2026-04-26", "knownAt=%4027");
        assertThat(page.locator("#state").textContent())
                .contains("Terms on 26 April 2026", "(@27)", "cloud.api.exclusivity");
        assertThat(page.locator("#dock").isVisible()).isFalse();
    }

    @Test
    void it_can_be_shown_read_only_within_pages_from_elsewhere() {
        Page page = open("?embed");
        assertThat(page.locator("form, header.bar").count()).isZero();
        assertThat(page.locator("base").getAttribute("target")).isEqualTo("_blank");
        handle(page).press("Control+ArrowLeft");
        page.waitForURL("**embed");
        assertThat(header(ExampleDoors.PAGE + "?embed")).contains("frame-ancestors *;");
        assertThat(header(ExampleDoors.PAGE)).contains("frame-ancestors 'none';");
        Chromium.assertAccessible(page);
    }

    @Test
    void a_page_from_elsewhere_shows_it_in_a_frame() throws IOException {
        HttpServer elsewhere =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String inside = Chromium.address(doors, ExampleDoors.PAGE + "?embed&validOn=2026-04-26");
        byte[] outside =
                "<!doctype html><link rel='icon' href='data:,'><title>News</title><h1>News</h1><iframe title='Terms' width='1000' height='700' src='%s'></iframe>"
                        .formatted(inside)
                        .getBytes(StandardCharsets.UTF_8);
        elsewhere.createContext(
                "/news",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, outside.length);
                    exchange.getResponseBody().write(outside);
                    exchange.close();
                });
        elsewhere.start();
        try {
            Page page = chromium.page();
            page.navigate("http://localhost:" + elsewhere.getAddress().getPort() + "/news");
            FrameLocator frame = page.frameLocator("iframe");
            frame.locator("article.ready").waitFor();
            frame.locator("#handle").press("ArrowRight");
            frame.locator("#state[aria-busy=false] time[datetime='2026-04-27']").waitFor();
            assertThat(frame.locator("#state").textContent()).contains("changed on this day");
        } finally {
            elsewhere.stop(0);
        }
    }

    private String header(String path) {
        return doors.get(path, "Accept", "text/html").header("Content-Security-Policy");
    }

    @Test
    void a_new_entry_is_offered_quietly_and_shown_where_the_handle_is() {
        Doors shared = Doors.shared();
        String id = shared.opened();
        Page page = chromium.open(shared, "/agreements/" + id + "?validOn=2024-06-01");
        page.waitForSelector("article.ready");
        shared.post(shared.entriesOf(id), Doors.announcement(id, "Still exclusive", "2024-05-01"));
        page.locator("#news:has-text('Still exclusive') .reload").click();
        page.waitForSelector("article.ready .last:has-text('Still exclusive')");
        assertThat(page.url()).endsWith("?validOn=2024-06-01");
        assertThat(page.locator("svg.marks a").count()).isEqualTo(2);
    }

    @Test
    void the_picture_is_downloaded_as_a_png() {
        Page page = open("");
        Download download = page.waitForDownload(() -> page.locator("#png").click());
        assertThat(download.suggestedFilename()).isEqualTo("microsoft-openai.png");
        assertThat(download.path()).isNotEmptyFile();
        assertThat(page.locator("#badge-address").inputValue())
                .isEqualTo(Chromium.address(doors, "/v1" + ExampleDoors.PAGE + "/badge.svg"));
    }
}
