package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.FilePayload;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.bundle.Forgery;
import org.agreementledger.bundle.Scope;
import org.agreementledger.bundle.TinyLedger;
import org.agreementledger.proof.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at /verify, in a real Chromium. */
class VerifyPageTest {

    @RegisterExtension private final Chromium chromium = new Chromium();

    private static final Doors DOORS = Doors.shared();
    private static final TinyLedger LEDGER = TinyLedger.example();

    private final List<Request> requests = new ArrayList<>();
    private Page page;

    @BeforeEach
    void open() {
        page = chromium.page();
        page.onRequest(requests::add);
        page.navigate(Chromium.address(DOORS, "/verify"));
    }

    private String check(byte[] bundle, String key) {
        page.getByLabel("The bundle, as")
                .setInputFiles(new FilePayload("audit.zip", "application/zip", bundle));
        page.getByLabel("The ledger’s public key").fill(key);
        page.getByText("Check", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForSelector("#result .intact, #result .broken");
        return page.locator("#result").innerText();
    }

    static Stream<Scope> scopes() {
        return Stream.of(
                TinyLedger.whole(),
                TinyLedger.of("lease"),
                TinyLedger.withAllLeaves("lease"),
                TinyLedger.between("2026-03-01", "2026-04-01"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void a_bundle_that_fits_is_shown_as_intact(Scope scope) {
        assertThat(check(LEDGER.bundle(scope), ""))
                .contains("✓ Intact", "digests, leaves, proofs, root and signature fit")
                .contains("ledger.example, 7 entries when it was signed")
                .contains("not checked: this was integrity only");
    }

    @Test
    void with_a_key_its_origin_is_checked() {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        assertThat(check(bundle, TinyLedger.KEY.verifier().toString()))
                .contains("✓ Intact", "checked: signed with the key that you gave");
        assertThat(check(bundle, "elsewhere+00000000+AAAA"))
                .contains("✗ Broken", "it is not an Ed25519 verifier key");
        assertThat(
                        check(
                                bundle,
                                SigningKey.generate("ledger.example", new SecureRandom())
                                        .verifier()
                                        .toString()))
                .contains(
                        "✗ Broken",
                        "checkpoint.txt: it is not signed with the key ledger.example+");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 2_000, 9_000, 14_000, 19_000, -1, -300})
    void one_flipped_byte_is_shown_as_broken(int at) {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        bundle[at < 0 ? bundle.length + at : at] ^= 1;
        assertThat(check(bundle, "")).contains("✗ Broken");
    }

    @Test
    void a_forgery_is_told_with_the_first_thing_that_does_not_fit() {
        byte[] whole = LEDGER.bundle(TinyLedger.whole());
        assertThat(
                        check(
                                Forgery.of(whole)
                                        .replace("terms.ndjson", "1,200 euros.", "1,900 euros.")
                                        .bundle(),
                                ""))
                .contains("terms.ndjson, line 1: it is not what follows from the entries");
        assertThat(
                        check(
                                Forgery.of(whole)
                                        .replace("entries.ndjson", "1,250 euros.", "1,950 euros.")
                                        .bundle(),
                                ""))
                .contains("entries.ndjson, line 3: it should be entry 2 of lease, at position 2");
        assertThat(
                        check(
                                Forgery.of(whole)
                                        .replace("leaves.ndjson", "10:00:02", "10:00:03")
                                        .bundle(),
                                ""))
                .contains("leaves.ndjson: they come to the root");
        assertThat(
                        check(
                                Forgery.of(LEDGER.bundle(TinyLedger.of("lease")))
                                        .replace("leaves.ndjson", "10:00:02", "10:00:03")
                                        .bundle(),
                                ""))
                .contains("proofs.txt, line 2: it does not lead from the leaf of position 2");
        assertThat(
                        check(
                                Forgery.of(whole)
                                        .replace(
                                                "checkpoint.txt",
                                                "ledger.example\n7",
                                                "ledger.example\n8")
                                        .bundle(),
                                ""))
                .contains("checkpoint.txt: it is not signed with the key");
    }

    /** The page folds by itself, in another language: each is the other's judge. */
    @Test
    void it_comes_to_the_same_terms_from_random_histories() {
        for (long seed = 1; seed <= 12; seed++) {
            TinyLedger random = new TinyLedger();
            RandomLedger.of(seed, 3, 60).forEach(random::record);
            String encoded = Base64.getEncoder().encodeToString(random.bundle(TinyLedger.whole()));
            Object found =
                    page.evaluate(
                            """
                            async (encoded) => {
                              const {checkBundle} = await import('/verify/bundle.js');
                              const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
                              try {
                                const found = await checkBundle(bytes, '', async () => {});
                                return found.agreements;
                              } catch (e) {
                                return `${e.where}: ${e.message}`;
                              }
                            }
                            """,
                            encoded);
            assertThat(found).as("seed %d", seed).isEqualTo(3);
        }
    }

    @Test
    void nothing_is_uploaded() {
        check(LEDGER.bundle(TinyLedger.whole()), "");
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(request.method()).isEqualTo("GET");
                    assertThat(request.url())
                            .startsWith(DOORS.server().address().toString())
                            .doesNotContain("?");
                });
    }

    @Test
    void it_works_from_the_keyboard_and_tells_a_screen_reader() {
        page.getByLabel("The bundle, as")
                .setInputFiles(
                        new FilePayload(
                                "audit.zip", "application/zip", LEDGER.bundle(TinyLedger.whole())));
        page.getByLabel("The ledger’s public key").focus();
        page.keyboard().press("Enter");
        page.waitForSelector("#result .intact");
        assertThat(page.locator("#result").getAttribute("aria-live")).isEqualTo("polite");
        page.getByLabel("The ledger’s public key").focus();
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("BUTTON");
    }

    @Test
    void it_is_looked_at_in_light_and_dark() {
        check(LEDGER.bundle(TinyLedger.withAllLeaves("lease")), "");
        Chromium.assertAccessible(page);
        Chromium.look(page, "verify-intact");
        byte[] broken = LEDGER.bundle(TinyLedger.of("lease"));
        broken[9_000] ^= 1;
        check(broken, "");
        Chromium.assertAccessible(page);
        Chromium.look(page, "verify-broken");
    }
}
