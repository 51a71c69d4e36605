package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerPageTest {

    @RegisterExtension private final Chromium chromium = new Chromium();

    @Test
    void agreements_are_there_from_the_start() {
        String id = Doors.shared().opened();
        Page page = chromium.open("/");
        assertThat(page.locator("a[href='/agreements/" + id + "']").innerText())
                .isEqualTo("Acme and Globex");
        Chromium.assertAccessible(page);
        Chromium.look(page, "ledger");
    }

    @Test
    void what_is_not_there_is_told_on_a_page() {
        Page page = chromium.open("/no-such");
        assertThat(page.locator("main").innerText()).contains("Not found", "nothing at /no-such");
        assertThat(chromium.complaints()).hasSize(1).first().asString().contains("404");
        Chromium.assertAccessible(page);
    }
}
