package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LedgerPageTest {

    @RegisterExtension private final Chromium chromium = new Chromium();

    private static LocalDate today() {
        return LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
    }

    /** Of a ledger that holds nothing else, so that every card is on the first page. */
    private static Doors fresh(Path folder) {
        return Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
    }

    private static Locator card(Page page, String id) {
        return page.locator("#card-" + id);
    }

    @Test
    void a_card_says_for_how_many_days_nothing_changed_and_what_to_look_at(@TempDir Path folder) {
        Doors doors = fresh(folder);
        try (var _ = doors.server();
                Page page = chromium.page()) {
            String id = Told.agreement(doors);
            Told.record(
                    doors,
                    id,
                    """
                    {'kind': 'amendment', 'occurredOn': '2024-12-01', 'title': 'For a while', 'terms': [{'action': 'introduce',
                     'key': 'price.discount', 'statement': 'Ten percent off.', 'validTo': '%s'}]}
                    """
                            .formatted(today().plusDays(12)));
            String other = doors.opened();

            page.navigate(Chromium.address(doors, "/"));

            long days = ChronoUnit.DAYS.between(LocalDate.of(2024, 12, 1), today());
            assertThat(card(page, id).locator(".answer").innerText())
                    .startsWith("%,d days".formatted(days))
                    .contains("unchanged since 2024-12-01");
            assertThat(card(page, id).locator(".parties").textContent())
                    .contains("Acme Corporation", "Globex Group");
            assertThat(card(page, id).locator(".alerts").innerText())
                    .contains("1 contradiction", "1 rewording");
            assertThat(card(page, id).locator(".soon").innerText())
                    .isEqualTo("lapses in 12 days: price.discount");
            assertThat(card(page, id).locator(".strip a").all())
                    .hasSize(11)
                    .extracting(mark -> mark.getAttribute("class"))
                    .endsWith("effect-unchanged withdrawn", "effect-unchanged", "effect-changed");
            assertThat(card(page, id).locator(".strip a").nth(5).getAttribute("title"))
                    .isEqualTo(
                            "2024-10-01, announcement (unchanged, reported): They say there is a cap");
            assertThat(card(page, other).locator(".alerts, .soon").count()).isZero();
            Chromium.assertAccessible(page);
            Chromium.look(page, "ledger");

            Told.follow(page, card(page, id).getByText("1 contradiction"));
            assertThat(page.url()).contains("agreement=" + id, "verdict=contradicted");
            assertThat(page.locator("tbody tr").count()).isEqualTo(1);
        }
    }

    @Test
    void a_ledger_without_entries_says_how_to_begin(@TempDir Path folder) {
        Doors doors = fresh(folder);
        try (var _ = doors.server();
                Page page = chromium.page()) {
            page.navigate(Chromium.address(doors, "/"));
            assertThat(page.locator("main").innerText())
                    .contains("Nothing is recorded yet", "./ledger demo", "./ledger import");
            assertThat(page.locator("main a[href='/record']").count()).isEqualTo(1);
            Chromium.assertAccessible(page);
            Chromium.look(page, "ledger-empty");
        }
    }

    @Test
    void many_agreements_come_page_by_page_and_none_twice(@TempDir Path folder) {
        Doors doors = fresh(folder);
        try (var _ = doors.server();
                Page page = chromium.page()) {
            doors.importing(
                    "/v1/import",
                    IntStream.range(0, 50)
                            .mapToObj(i -> Doors.opening("many-%02d".formatted(i)))
                            .collect(Collectors.joining("\n")));
            page.navigate(Chromium.address(doors, "/"));
            assertThat(page.locator(".agreement").count()).isEqualTo(24);
            Told.follow(page, page.getByText("More agreements"));
            Told.follow(page, page.getByText("More agreements"));
            assertThat(page.locator(".agreement h2 a").all())
                    .extracting(link -> link.getAttribute("href"))
                    .containsExactly("/agreements/many-48", "/agreements/many-49");
            assertThat(page.getByText("More agreements").count()).isZero();
            Told.follow(page, page.getByText("First agreements"));
            assertThat(card(page, "many-00").count()).isEqualTo(1);
        }
    }

    @Test
    void what_is_recorded_is_shown_as_text_however_it_is_written(@TempDir Path folder) {
        Doors doors = fresh(folder);
        try (var _ = doors.server();
                Page page = chromium.page()) {
            String hostile = Told.HOSTILE.replace("\"", "");
            doors.post(
                    "/v1/agreements",
                    Doors.opening("hostile")
                            .replace("Acme and Globex", hostile)
                            .replace("Acme Corporation", hostile));
            doors.post(
                    "/v1/agreements",
                    Doors.opening("long")
                            .replace("Acme and Globex", Told.LONG)
                            .replace("Acme Corporation", "W".repeat(300)));
            page.navigate(Chromium.address(doors, "/"));
            assertThat(card(page, "hostile").locator("h2").textContent().strip())
                    .isEqualTo(hostile.strip());
            assertThat(page.locator("main b").count()).isZero();
            assertThat(card(page, "long").boundingBox().height).isLessThan(500);
            Chromium.assertAccessible(page);
            Chromium.look(page, "ledger-hostile");
        }
    }

    @Test
    void a_place_in_another_list_is_refused_on_a_page() {
        Page page = chromium.open("/?after=abc");
        assertThat(page.locator("main").innerText()).contains("'abc' is not a cursor");
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void a_server_that_fails_says_so_on_a_page(@TempDir Path folder) {
        Doors doors = fresh(folder);
        try (var _ = doors.server();
                Page page = chromium.page()) {
            doors.node().close();
            page.navigate(Chromium.address(doors, "/"));
            assertThat(page.locator("main").innerText()).contains("500", "its log says why");
            assertThat(chromium.complaints()).hasSize(1);
            Chromium.assertAccessible(page);
        }
    }

    @Test
    void what_is_not_there_is_told_on_a_page() {
        Page page = chromium.open("/no-such");
        assertThat(page.locator("main").innerText()).contains("Not found", "nothing at /no-such");
        assertThat(chromium.complaints()).hasSize(1).first().asString().contains("404");
        Chromium.assertAccessible(page);
    }
}
