package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPageTest {

    private static final Doors DOORS = Doors.shared();
    private static String id;

    @RegisterExtension private final Chromium chromium = new Chromium();

    @BeforeAll
    static void record() {
        id = Told.agreement(DOORS);
    }

    private static void find(Page page) {
        Told.follow(page, page.getByText("Find entries"));
    }

    @Test
    void the_address_is_the_query_and_holds_only_what_was_asked() {
        Page page = chromium.open("/audit");
        page.getByLabel("Agreement", new GetByLabelOptions().setExact(true)).fill(id);
        page.getByLabel("Kind").selectOption("announcement");
        page.getByLabel("Occurred from").fill("2024-04-01");
        page.getByText("More conditions").click();
        page.getByLabel("Recorded from").fill("2024-01-01T10:30");
        find(page);
        assertThat(page.url())
                .endsWith(
                        "/audit?agreement="
                                + id
                                + "&kind=announcement&occurredFrom=2024-04-01&recordedFrom=2024-01-01T10%3A30%3A00Z");
        assertThat(page.locator("tbody th a").allInnerTexts())
                .containsExactly(
                        "Nothing has changed", "They say there is a cap", "A slip of the pen");
        assertThat(page.getByLabel("Kind").inputValue()).isEqualTo("announcement");
        assertThat(page.getByLabel("Recorded from").inputValue()).startsWith("2024-01-01T10:30");
        assertThat(page.locator("tbody tr").first().innerText())
                .contains("terms unchanged", "1 contradicted", "1 reworded", "1 unknown-term");
        Chromium.assertAccessible(page);
        Chromium.look(page, "audit");
    }

    @ParameterizedTest
    @CsvSource({
        "party=hooli, Acme works with Hooli",
        "verdict=contradicted, Nothing has changed",
        "effect=corrected, Amount corrected",
        "standing=reported, They say there is a cap",
        "ref=cap-report, They say there is a cap",
        "term=supply.warranty, Nothing has changed",
        "q=factor, Amount corrected",
        "recordedTo=2020-01-01T00:00:00Z, ''",
    })
    void every_filter_of_the_door_is_one_of_the_form(String filter, String title) {
        Page page = chromium.open("/audit?agreement=" + id + "&" + filter);
        assertThat(String.join("; ", page.locator("tbody th a").allInnerTexts())).contains(title);
        assertThat(page.locator("tbody tr").count()).isEqualTo(title.isEmpty() ? 0 : 1);
        String[] parts = filter.split("=");
        assertThat(page.locator("main [name=" + parts[0] + "]").inputValue()).isNotEmpty();
    }

    @Test
    void what_cannot_be_read_is_told_at_its_field_and_kept() {
        Page page =
                chromium.open(
                        "/audit?kind=rumour&occurredFrom=2026-02-30&party=No%20One&limit=5000&q=%22");
        assertThat(page.locator(".error").allInnerTexts())
                .hasSize(5)
                .anyMatch(error -> error.contains("'rumour' is none of opening, announcement"))
                .anyMatch(error -> error.contains("2026-02-30"))
                .anyMatch(error -> error.contains("'5000' is not a whole number from 1 to 1000"));
        assertThat(page.getByLabel("Kind").inputValue()).isEqualTo("rumour");
        assertThat(page.getByLabel("Occurred from").inputValue()).isEqualTo("2026-02-30");
        assertThat(page.getByLabel("Organisation").inputValue()).isEqualTo("No One");
        assertThat(page.locator("tbody").count()).isZero();
        assertThat(chromium.complaints()).hasSize(1);
        Chromium.assertAccessible(page);
        Chromium.look(page, "audit-wrong");
    }

    @Test
    void a_range_that_ends_before_it_starts_is_told_at_its_start() {
        Page page = chromium.open("/audit?occurredFrom=2026-02-01&occurredTo=2026-01-01");
        assertThat(page.locator(".field-occurredFrom").innerText())
                .contains("It is after 2026-01-01");
        assertThat(chromium.complaints()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"occurredTo=10000-01-01", "recordedFrom=yesterday", "occurredFrom=2026-13"})
    void a_day_out_of_range_is_told_at_its_field(String filter) {
        Page page = chromium.open("/audit?" + filter);
        String[] parts = filter.split("=");
        assertThat(page.locator(".field-" + parts[0] + " .error").innerText()).contains(parts[1]);
        assertThat(page.locator("#" + parts[0]).inputValue()).isEqualTo(parts[1]);
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void nothing_found_is_a_state_of_its_own() {
        Page page = chromium.open("/audit?agreement=no-such-agreement");
        assertThat(page.locator("main").innerText())
                .contains("No entry", "Nothing that is recorded fits");
        Chromium.assertAccessible(page);
        Chromium.look(page, "audit-nothing");
    }

    @Test
    void what_the_door_does_not_know_is_refused_here_too() {
        Page page = chromium.open("/audit?agrement=" + id);
        assertThat(page.locator("main").innerText()).contains("agrement is not known here");
        assertThat(chromium.complaints()).hasSize(1);
    }

    @Test
    void more_entries_are_one_page_further() {
        String many = DOORS.opened();
        DOORS.importing(
                "/v1/import",
                IntStream.range(0, 9)
                        .mapToObj(i -> Doors.announcement(many, "Statement " + i, "2024-05-02"))
                        .collect(Collectors.joining("\n")));
        Page page = chromium.open("/audit?agreement=" + many + "&limit=5");
        assertThat(page.locator("tbody tr").count()).isEqualTo(5);
        Told.follow(page, page.getByText("More entries"));
        assertThat(page.locator("tbody th a").allInnerTexts())
                .containsExactly(
                        "Statement 4", "Statement 5", "Statement 6", "Statement 7", "Statement 8");
        Told.follow(page, page.getByText("First page"));
        assertThat(page.locator("tbody th a").first().innerText()).isEqualTo("Acme and Globex");
    }

    @Test
    void all_of_it_is_there_as_a_file() throws IOException {
        Page page = chromium.open("/audit?agreement=" + id + "&kind=announcement&limit=1");
        Download csv = page.waitForDownload(() -> page.locator(".out").getByText("CSV").click());
        assertThat(csv.suggestedFilename()).isEqualTo("entries.csv");
        assertThat(Files.readAllLines(csv.path()))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("position,agreementId,");
        Download ndjson =
                page.waitForDownload(() -> page.locator(".out").getByText("NDJSON").click());
        assertThat(Files.readAllLines(ndjson.path())).hasSize(3);
        assertThat(DOORS.get("/audit.csv?kind=rumour", "Accept", "text/html").status())
                .isEqualTo(400);
    }
}
