package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Margin;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The report of whether the terms changed, to be read, printed and passed on. */
class ConstancyPageTest {

    private static final String REPORT = ExampleDoors.PAGE + "/constancy?from=2025-10-28&to=";

    @RegisterExtension private final Chromium chromium = new Chromium();
    private final Doors doors = ExampleDoors.shared();

    @Test
    void until_the_day_before_the_amendment_no_term_changed() {
        Page page = chromium.open(doors, REPORT + "2026-04-26");
        assertThat(page.locator("h1").innerText()).isEqualTo("No term changed");
        assertThat(page.locator(".fingerprints").innerText()).contains("Equal: the same parties");
        assertThat(page.locator(".between li").count()).isPositive();
        assertThat(page.locator(".report").innerText()).contains("24 upheld");
        Chromium.assertAccessible(page);
        Chromium.look(page, "constancy-unchanged");
    }

    @Test
    void a_day_later_it_shows_word_for_word_what_changed() {
        Page page = chromium.open(doors, REPORT + "2026-04-27");
        assertThat(page.locator("h1").innerText()).isEqualTo("9 terms changed");
        assertThat(page.locator(".outcomes h3").allInnerTexts().toString())
                .matches(".*changed.*2 terms.*introduced.*4 terms.*retired.*3 terms.*");
        assertThat(page.locator(".outcomes ins").count()).isPositive();
        assertThat(page.locator(".outcomes del").count()).isPositive();
        Chromium.assertAccessible(page);
        Chromium.look(page, "constancy-changed");
    }

    @Test
    void on_paper_there_is_the_report_and_nothing_to_press() throws Exception {
        Page page = chromium.open(doors, REPORT + "2026-04-27");
        Path file = Path.of("target", "screenshots", "constancy.pdf");
        Files.createDirectories(file.getParent());
        byte[] pdf =
                page.pdf(
                        new Page.PdfOptions()
                                .setPath(file)
                                .setPreferCSSPageSize(true)
                                .setMargin(new Margin()));
        String written = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(written).containsPattern("/MediaBox \\[0 0 59[45][.0-9]* 84[12][.0-9]*]");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("header.bar, #print").filter(visible()).count()).isZero();
        assertThat(page.locator("h1").isVisible()).isTrue();
    }

    private static Locator.FilterOptions visible() {
        return new Locator.FilterOptions().setVisible(true);
    }
}
