package org.agreementledger.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.api.Chromium;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.api.Outlets;
import org.agreementledger.api.access.Access;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.tokens.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser that signs in, looks around, records, and signs out. */
@Timeout(120)
class SignInPageTest {

    @TempDir static Path folder;

    private static Doors doors;
    private static String recorder;
    private static String reader;

    @RegisterExtension private final Chromium chromium = new Chromium();

    @BeforeAll
    static void open() {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        new Listen(
                                InetAddress.getLoopbackAddress(), 0, "operator", Access.BY_TOKEN),
                        Outlets.NONE,
                        Clock.systemUTC());
        recorder = token("ada", Role.RECORDER);
        reader = token("grace", Role.READER);
        doors.post(
                "/v1/agreements",
                Doors.opening("acme-globex"),
                "Authorization",
                "Bearer " + recorder);
    }

    private static String token(String name, Role role) {
        return doors.node()
                .tokens()
                .add(name, role, null, Actor.local("test"), Clock.systemUTC().instant())
                .text()
                .reveal();
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    private static String cookieName() {
        return "agl_" + doors.node().tokens().ledger();
    }

    private static Answer signIn(String token, String to) {
        return doors.send(
                "POST",
                "/sign-in",
                BodyPublishers.ofString(
                        "token="
                                + URLEncoder.encode(token, StandardCharsets.UTF_8)
                                + "&to="
                                + URLEncoder.encode(to, StandardCharsets.UTF_8)),
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html",
                "Sec-Fetch-Site",
                "same-origin");
    }

    @Test
    void a_page_leads_to_where_to_sign_in_and_back() {
        Answer page =
                doors.get("/agreements/acme-globex?validOn=2024-04-01", "Accept", "text/html");
        assertThat(page.status()).isEqualTo(303);
        assertThat(page.header("Location"))
                .isEqualTo("/sign-in?to=%2Fagreements%2Facme-globex%3FvalidOn%3D2024-04-01");

        Answer signedIn =
                signIn(" " + recorder + "\n", "/agreements/acme-globex?validOn=2024-04-01");
        assertThat(signedIn.status()).isEqualTo(303);
        assertThat(signedIn.header("Location"))
                .isEqualTo("/agreements/acme-globex?validOn=2024-04-01");
        assertThat(signedIn.header("Set-Cookie"))
                .isEqualTo(cookieName() + "=" + recorder + "; Path=/; HttpOnly; SameSite=Strict");
    }

    @Test
    void behind_encryption_the_cookie_never_leaves_it() {
        Answer signedIn =
                doors.send(
                        "POST",
                        "/sign-in",
                        BodyPublishers.ofString("token=" + recorder),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "X-Forwarded-Proto",
                        "https");
        assertThat(signedIn.header("Set-Cookie")).contains("; Secure");
    }

    @ParameterizedTest
    @CsvSource({
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "elsewhere"
    })
    void nobody_is_led_elsewhere(String to) {
        assertThat(signIn(recorder, to).header("Location")).isEqualTo("/");
    }

    @Test
    void a_token_that_does_not_hold_is_refused_on_the_page_without_repeating_it() {
        doors.node().tokens().revoke(name("gone"), Clock.systemUTC().instant());
        String wrong = recorder.substring(0, recorder.length() - 4) + "0000";
        Answer answer = signIn(wrong, "/");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .contains("The ledger knows no such token", "/problems/token-refused")
                .doesNotContain(wrong);
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(signIn("x".repeat(5000), "/").body()).contains("No browser keeps");
    }

    private static String name(String name) {
        token(name, Role.READER);
        return name;
    }

    @Test
    void with_the_cookie_a_write_must_come_from_a_page_of_the_ledger() {
        String cookie = cookieName() + "=" + recorder;
        String opening = Doors.opening("by-cookie");

        for (String[] sign :
                new String[][] {
                    {}, {"Origin", "https://elsewhere.example"}, {"Sec-Fetch-Site", "same-site"}
                }) {
            String[] headers = new String[sign.length + 2];
            headers[0] = "Cookie";
            headers[1] = cookie;
            System.arraycopy(sign, 0, headers, 2, sign.length);
            assertThat(doors.post("/v1/agreements", opening, headers).json())
                    .containsEntry("type", "/problems/foreign-origin");
        }
        assertThat(
                        doors.post(
                                        "/v1/agreements",
                                        opening,
                                        "Cookie",
                                        cookie,
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .status())
                .isEqualTo(201);
    }

    @Test
    void a_cookie_that_holds_no_more_keeps_nobody_from_signing_in() {
        String stale = cookieName() + "=agl_nonsense";
        assertThat(doors.get("/sign-in", "Cookie", stale).body()).contains("Your token");
        assertThat(doors.get("/style.css", "Cookie", stale).status()).isEqualTo(200);
        assertThat(doors.get("/v1/entries", "Cookie", stale).status()).isEqualTo(401);
        assertThat(doors.get("/", "Cookie", stale, "Accept", "text/html").header("Location"))
                .isEqualTo("/sign-in?to=%2F");
    }

    @Test
    void a_piece_of_a_page_is_not_exchanged_for_the_page_to_sign_in_on() {
        assertThat(doors.get("/search?q=a", "Accept", "text/html", "HX-Request", "true"))
                .returns(401, Answer::status)
                .returns("true", answer -> answer.header("HX-Refresh"));
        assertThat(
                        doors.get("/search?q=a", "Accept", "text/html", "Sec-Fetch-Mode", "cors")
                                .status())
                .isEqualTo(401);
    }

    @Test
    void a_refusal_of_a_page_is_a_page_and_says_which_role_it_takes() {
        Answer answer =
                doors.get("/record", "Accept", "text/html", "Cookie", cookieName() + "=" + reader);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.body())
                .contains("takes the role recorder", "grace has reader")
                .doesNotContain("href=\"/record\"", reader);
    }

    @Test
    void where_no_token_is_needed_the_page_says_so() {
        assertThat(Doors.shared().get("/sign-in").body()).contains("No token is needed");
    }

    // ---- in a browser

    @Test
    void a_browser_signs_in_hears_of_entries_records_and_signs_out() {
        Page page = chromium.page();
        page.navigate(Chromium.address(doors, "/agreements/acme-globex"));
        assertThat(page.locator("h1").innerText()).isEqualTo("Sign in");
        Chromium.assertAccessible(page);
        Chromium.look(page, "sign-in");
        page.fill("#token", recorder);
        page.waitForResponse(
                response -> response.url().contains("/feed/stream") && response.status() == 200,
                () -> page.locator(".sign-in form button").click());
        page.waitForURL("**/agreements/acme-globex");
        assertThat(page.locator(".bar nav").innerText()).contains("ada");
        assertThat(page.evaluate("document.cookie")).isEqualTo("");

        doors.post(
                "/v1/agreements/acme-globex/entries",
                Doors.announcement("acme-globex", "Heard", "2024-05-02"),
                "Authorization",
                "Bearer " + recorder);
        page.waitForSelector("#news:not([hidden])");

        page.navigate(Chromium.address(doors, "/agreements/acme-globex/record?kind=announcement"));
        page.fill("[name='/title']", "By form");
        page.fill("[name='/occurredOn']", "2024-05-03");
        page.fill("[name='/speakers/0/id']", "acme");
        page.fill("[name='/speakers/0/name']", "Acme");
        page.locator("button[name=record]").click();
        page.waitForURL("**/entries/*");
        assertThat(doors.get("/v1/entries?q=form", "Authorization", "Bearer " + recorder).items())
                .extracting(item -> item.get("recordedBy").toString())
                .containsExactly("{id=ada, issuer=token}");

        page.navigate(Chromium.address(doors, "/sign-in"));
        assertThat(page.locator(".lead").innerText()).contains("ada", "recorder");
        Chromium.look(page, "signed-in");
        page.locator("button:has-text('Sign out')").click();
        page.waitForSelector("#token");
        page.navigate(Chromium.address(doors, "/"));
        assertThat(page.locator("h1").innerText()).isEqualTo("Sign in");
    }
}
