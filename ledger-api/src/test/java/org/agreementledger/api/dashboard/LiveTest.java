package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Outlets;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** New entries appear while a page is looked at. */
class LiveTest {

    private static final Doors DOORS = Doors.shared();

    @RegisterExtension private final Chromium chromium = new Chromium();

    private static void announce(String id, String title) {
        Told.record(DOORS, id, Doors.announcement(id, title, "2024-05-02"));
    }

    /** Opens it and waits until the stream is. */
    private Page listening(String path) {
        Page page = chromium.page();
        page.waitForResponse(
                response -> response.url().contains("/feed/stream"),
                () -> page.navigate(Chromium.address(DOORS, path)));
        return page;
    }

    @Test
    void a_new_entry_is_told_and_leads_to_its_page() {
        String id = DOORS.opened();
        Page page = listening("/agreements/" + id + "/entries/1");
        String other = DOORS.opened();
        announce(other, "Of another agreement");
        announce(id, "Of this one");
        page.waitForSelector("#news:not([hidden])");
        assertThat(page.locator("#news-words").innerText()).isEqualTo("1 new entry: Of this one");
        assertThat(page.locator(".news").getAttribute("role")).isEqualTo("status");
        announce(id, "And again");
        page.waitForSelector("text=2 new entries: And again");
        Chromium.assertAccessible(page);
        Chromium.look(page, "news");
        page.locator("#news-link").click();
        page.waitForURL("**/agreements/" + id + "/entries/3");
        assertThat(page.locator("h1").innerText()).isEqualTo("And again");
    }

    @Test
    void the_notice_goes_when_it_is_closed_and_pages_hear_of_the_entry() {
        String id = DOORS.opened();
        Page page = listening("/agreements/" + id + "/entries/1");
        page.evaluate(
                "document.addEventListener('ledger:entry', (event) => { window.heard = event.detail.title; })");
        announce(id, "To be heard");
        page.waitForCondition(() -> "To be heard".equals(page.evaluate("window.heard")));
        page.locator("#news-close").click();
        assertThat(page.locator("#news").isVisible()).isFalse();
    }

    @Test
    void the_card_of_an_agreement_is_renewed_in_its_place(@TempDir Path folder) {
        Doors doors = Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
        try (var _ = doors.server();
                Page page = chromium.page()) {
            String id = doors.opened();
            page.waitForResponse(
                    response -> response.url().contains("/feed/stream"),
                    () -> page.navigate(Chromium.address(doors, "/")));
            assertThat(page.locator("#card-" + id + " .strip a").count()).isEqualTo(1);
            page.locator("#to-" + id).focus();
            Told.record(doors, id, Doors.announcement(id, "News", "2024-05-02"));
            page.waitForCondition(() -> page.locator(".strip a").count() == 2);
            assertThat(page.locator(".agreement").count()).isEqualTo(1);
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("to-" + id);
        }
    }

    @Test
    void the_audit_page_offers_to_look_again() {
        String id = DOORS.opened();
        Page page = listening("/audit?agreement=" + id);
        announce(id, "Just recorded");
        page.waitForSelector("#news:not([hidden])");
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        page.locator("#news .reload").click();
        page.waitForCondition(() -> page.locator("tbody tr").count() == 2);
    }

    @Test
    void a_stream_that_breaks_is_told_and_nothing_is_missed(@TempDir Path folder) {
        Location location = TestDatabase.freshIn(folder);
        Doors doors = Doors.to(LedgerNode.open(location, Clock.systemUTC()));
        int port = doors.server().port();
        Page page = chromium.page();
        String id;
        try (var _ = doors.server()) {
            id = doors.opened();
            page.waitForResponse(
                    response -> response.url().contains("/feed/stream"),
                    () -> page.navigate(Chromium.address(doors, "/")));
            Told.record(doors, id, Doors.announcement(id, "Before the break", "2024-05-02"));
            page.waitForSelector("text=1 new entry: Before the break");
        }
        page.waitForSelector("#news-lost:not([hidden])");
        Chromium.assertAccessible(page);
        page.waitForCondition(() -> !chromium.complaints().isEmpty());
        Doors again = Doors.to(LedgerNode.open(location, Clock.systemUTC()), port, Outlets.NONE);
        try (var _ = again.server();
                page) {
            Told.record(again, id, Doors.announcement(id, "Before it is back", "2024-05-03"));
            page.waitForSelector("text=2 new entries: Before it is back");
            assertThat(page.locator("#news-lost").isVisible()).isFalse();
        }
        chromium.complaints();
    }

    @Test
    void a_stream_that_is_refused_is_asked_for_again_later() {
        String id = DOORS.opened();
        Page page = chromium.page();
        page.clock().install();
        page.route(
                "**/feed/stream*",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)),
                new Page.RouteOptions().setTimes(1));
        page.navigate(Chromium.address(DOORS, "/agreements/" + id + "/entries/1"));
        page.waitForSelector("#news-lost:not([hidden])");
        announce(id, "While it was refused");
        page.clock().fastForward(10_000);
        page.waitForSelector("text=1 new entry: While it was refused");
        assertThat(chromium.complaints()).isNotEmpty();
    }

    @Test
    void a_page_that_is_not_seen_holds_no_connection_and_misses_nothing() {
        String id = DOORS.opened();
        Page page = listening("/agreements/" + id + "/entries/1");
        List<String> ended = new ArrayList<>();
        page.onRequestFailed(request -> ended.add(request.url()));
        see(page, false);
        page.waitForCondition(() -> ended.stream().anyMatch(url -> url.contains("/feed/stream")));
        announce(id, "Meanwhile");
        see(page, true);
        page.waitForSelector("#news:not([hidden])");
        assertThat(page.locator("#news-words").innerText()).contains("Meanwhile");
    }

    private static void see(Page page, boolean seen) {
        page.evaluate(
                "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
                        + " document.dispatchEvent(new Event('visibilitychange')); }",
                !seen);
    }
}
