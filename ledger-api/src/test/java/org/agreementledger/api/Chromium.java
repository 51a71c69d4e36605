package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real browser, one for all tests of a run. After each test nothing may have been complained of
 * in a console, unless the test expected it.
 */
public final class Chromium implements BeforeEachCallback, AfterEachCallback {

    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /** Of {@code ledger-api/target}: to be looked at. */
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int HEIGHT = 844;

    /** Everything else may run beside it on two cores. */
    private static final int PATIENCE_MILLIS = 20_000;

    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    /** The process that Playwright started ends with this one. */
    private static synchronized Browser browser() {
        if (browser == null) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
            Playwright playwright =
                    Playwright.create(
                            new Playwright.CreateOptions()
                                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            browser =
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(EXECUTABLE)
                                            .setArgs(FLAGS));
        }
        return browser;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        assumeTrue(
                Files.isExecutable(EXECUTABLE),
                "NOT TESTED: the pages need " + EXECUTABLE + " (apt-get install chromium)");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        if (context.getExecutionException().isEmpty()) {
            assertThat(complaints).isEmpty();
        }
    }

    /** An empty page of a desktop's size, with nothing remembered of others. */
    public Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(DESKTOP, HEIGHT));
    }

    public Page page(Browser.NewContextOptions options) {
        BrowserContext context =
                browser().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        contexts.add(context);
        Page page = context.newPage();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        return page;
    }

    /** At that path of the shared doors. */
    public Page open(String path) {
        return open(Doors.shared(), path);
    }

    public Page open(Doors doors, String path) {
        Page page = page();
        page.navigate(address(doors, path));
        return page;
    }

    public static String address(Doors doors, String path) {
        return doors.server().address().resolve(path).toString();
    }

    /** What the consoles said so far; the test takes responsibility for it. */
    public List<String> complaints() {
        List<String> said = List.copyOf(complaints);
        complaints.clear();
        return said;
    }

    /**
     * No violation of WCAG 2.2, level A or AA, that axe can find; in the dark, where only colours
     * differ, of its rule about contrast.
     */
    public static void assertAccessible(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertNoViolations(axe(page).withRules(List.of("color-contrast")), "in the dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertNoViolations(
                axe(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")),
                "in the light");
    }

    /**
     * Opens no second page to finish in: ours have no frames. Writes down every element that fails,
     * but not every one that is in order, which would take most of the time.
     */
    private static AxeBuilder axe(Page page) {
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static void assertNoViolations(AxeBuilder axe, String where) {
        assertThat(axe.analyze().getViolations()).as("axe, %s", where).isEmpty();
    }

    /**
     * Nothing hangs out of a phone. With {@code -Dpictures=true}, as they take a while: pictures on
     * a desktop and a phone, light and dark.
     */
    public static void look(Page page, String name) {
        page.setViewportSize(PHONE, HEIGHT);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s fits on a phone", name)
                .isEqualTo(true);
        if (Boolean.getBoolean("pictures")) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                String suffix = "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
                page.setViewportSize(PHONE, HEIGHT);
                picture(page, name + "-phone" + suffix);
                page.setViewportSize(DESKTOP, HEIGHT);
                picture(page, name + suffix);
            }
        }
        page.setViewportSize(DESKTOP, HEIGHT);
    }

    private static void picture(Page page, String file) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(file)).setFullPage(true));
    }
}
