package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TermPageTest {

    @RegisterExtension private final Chromium chromium = new Chromium();
    private final Doors doors = ExampleDoors.shared();

    @Test
    void every_version_is_there_with_its_entry_source_and_quote() {
        Page page =
                chromium.open(
                        doors,
                        ExampleDoors.PAGE + "/terms/cloud.api.exclusivity?validOn=2026-04-26");
        assertThat(page.locator("#history > .version").innerText()).contains("On 2026-04-26");
        assertThat(page.locator(".kicker").innerText())
                .isEqualTo("Microsoft and OpenAI partnership");
        assertThat(page.locator(".versions > li").count()).isGreaterThan(2);
        assertThat(page.locator(".versions").innerText()).contains("retire", "2026-04-27");
        assertThat(page.locator(".source a").first().getAttribute("href")).startsWith("https://");
        Chromium.assertAccessible(page);
        Chromium.look(page, "term");
    }

    @Test
    void an_address_of_a_source_that_is_none_leads_nowhere() {
        assertThat(new Shown().isLink("https://example.com/")).isTrue();
        assertThat(new Shown().isLink("javascript:alert(1)")).isFalse();
        assertThat(new Shown().isLink(null)).isFalse();
    }
}
