package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing moves while a page builds up, on a desktop and on a phone. */
class SteadyTest {

    private static String id;

    @RegisterExtension private final Chromium chromium = new Chromium();

    @BeforeAll
    static void record() {
        id = Told.agreement(Doors.shared());
    }

    @ParameterizedTest
    @CsvSource({
        "/, 1280",
        "/, 390",
        "/entries/2, 1280",
        "/entries/2, 390",
        "/audit, 1280",
        "/audit, 390"
    })
    void nothing_moves_while_a_page_builds_up(String path, int width) {
        Page page = chromium.page(new Browser.NewContextOptions().setViewportSize(width, 900));
        page.addInitScript(
                """
                window.moved = 0;
                new PerformanceObserver((list) => {
                  list.getEntries().forEach((shift) => { window.moved += shift.value; });
                }).observe({type: 'layout-shift', buffered: true});
                """);
        boolean entry = path.startsWith("/entries");
        page.navigate(Chromium.address(Doors.shared(), entry ? "/agreements/" + id + path : path));
        if (entry) {
            page.waitForSelector(".proof.intact");
            page.locator(".proof").scrollIntoViewIfNeeded();
        }
        assertThat(((Number) page.evaluate("window.moved")).doubleValue()).isLessThan(0.02);
    }
}
