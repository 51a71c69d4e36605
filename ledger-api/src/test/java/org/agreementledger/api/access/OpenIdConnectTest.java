package org.agreementledger.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.access.OpenIdConnect.Settings;
import org.agreementledger.tokens.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a real issuer, and of those who pretend to be it. */
@Timeout(60)
class OpenIdConnectTest {

    private static final Instant NOW = Instant.now();

    @TempDir static Path folder;

    private static Issuer issuer;
    private static AccessDoors access;
    private static Doors doors;

    @BeforeAll
    static void open() throws IOException {
        issuer = new Issuer();
        access =
                AccessDoors.open(
                        folder,
                        new Access(
                                true,
                                OpenIdConnect.discover(
                                        settings("ledger", "roles", "sub"), Clock.systemUTC())),
                        Clock.systemUTC());
        doors = access.doors;
    }

    private static Settings settings(String audience, String roles, String name) {
        return new Settings(issuer.address(), audience, roles, name);
    }

    @AfterAll
    static void close() {
        access.close();
        issuer.close();
    }

    private static Answer read(String token) {
        return doors.get("/v1/entries", AccessDoors.with(token));
    }

    private static void assertRefused(String token, String type, String told) {
        Answer answer = read(token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("type", "/problems/" + type);
        assertThat((String) answer.json().get("detail")).contains(told);
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        assertThat(answer.body() + answer.headers()).doesNotContain(token);
    }

    @Test
    void subject_and_issuer_are_who_recorded_it() {
        Answer answer =
                doors.post(
                        "/v1/agreements",
                        Doors.opening("by-subject"),
                        AccessDoors.with(issuer.token(NOW, "recorder", "something-else")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json())
                .containsEntry(
                        "recordedBy",
                        Map.of("id", "248289761001", "issuer", issuer.address().toString()));
    }

    @Test
    void roles_are_those_of_the_claim_and_no_others() {
        assertThat(read(issuer.token(NOW, "reader")).status()).isEqualTo(200);
        assertThat(doors.get("/v1/tokens", AccessDoors.with(issuer.token(NOW, "admin"))).status())
                .isEqualTo(200);
        for (String token :
                List.of(
                        issuer.token(NOW),
                        issuer.token(NOW, "king", "READER"),
                        issuer.token(NOW, claims -> {}))) {
            Answer none = read(token);
            assertThat(none.status()).isEqualTo(403);
            assertThat((String) none.json().get("detail")).contains("role reader", "no role");
        }
        Answer two =
                doors.get(
                        "/v1/webhooks", AccessDoors.with(issuer.token(NOW, "recorder", "auditor")));
        assertThat(two.status()).isEqualTo(200);
    }

    @Test
    void a_claim_may_be_words_in_a_text_or_lie_in_an_object() {
        OpenIdConnect nested =
                OpenIdConnect.discover(
                        settings("ledger", "realm_access.roles", "preferred_username"),
                        Clock.systemUTC());
        Caller caller =
                nested.caller(
                        issuer.token(
                                NOW,
                                claims ->
                                        claims.claim(
                                                "realm_access",
                                                Map.of("roles", List.of("auditor")))));
        assertThat(caller.actor().id()).isEqualTo("ada");
        assertThat(caller.roles()).containsExactly(Role.AUDITOR);

        OpenIdConnect words =
                OpenIdConnect.discover(settings("ledger", "scope", "sub"), Clock.systemUTC());
        assertThat(
                        words.caller(
                                        issuer.token(
                                                NOW,
                                                claims -> claims.claim("scope", "openid reader")))
                                .roles())
                .containsExactly(Role.READER);
    }

    @Test
    void tokens_of_the_ledger_are_taken_beside_them() {
        assertThat(read(access.token("beside", Role.READER)).status()).isEqualTo(200);
    }

    @Test
    void an_access_token_of_rfc_9068_is_taken() {
        assertThat(
                        read(issuer.signed(
                                        issuer.key(),
                                        "at+jwt",
                                        NOW,
                                        claims -> claims.claim("roles", List.of("reader"))))
                                .status())
                .isEqualTo(200);
    }

    // ---- tokens that do not hold

    private static String with(Consumer<JWTClaimsSet.Builder> claims) {
        return issuer.token(
                NOW,
                all -> {
                    all.claim("roles", List.of("admin"));
                    claims.accept(all);
                });
    }

    @Test
    void one_that_expired() {
        assertRefused(
                with(claims ->
                        claims.issueTime(Date.from(NOW.minusSeconds(600)))
                                .expirationTime(Date.from(NOW.minusSeconds(120)))),
                "token-expired",
                "expired at");
    }

    @Test
    void one_that_never_expires() {
        assertRefused(with(claims -> claims.expirationTime(null)), "token-refused", "no time");
    }

    @Test
    void one_that_does_not_hold_yet() {
        assertRefused(
                with(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(300)))),
                "token-refused",
                "used before");
    }

    @Test
    void one_of_another_issuer_signed_with_the_same_key() {
        assertRefused(
                with(claims -> claims.issuer("https://elsewhere.example")),
                "token-refused",
                "iss claim");
    }

    @Test
    void one_for_another_audience() {
        assertRefused(
                with(claims -> claims.audience("another-service")), "token-refused", "aud claim");
        assertRefused(with(claims -> claims.audience((String) null)), "token-refused", "aud claim");
    }

    @Test
    void one_whose_signature_is_another_key_s() {
        assertRefused(
                issuer.signed(
                        Issuer.newKey("one"),
                        "JWT",
                        NOW,
                        claims -> claims.claim("roles", List.of("admin"))),
                "token-refused",
                "neither a token of this ledger");
    }

    @Test
    void one_that_was_altered() {
        String token = issuer.token(NOW, "reader");
        String[] parts = token.split("\\.");
        String admin = issuer.token(NOW, "admin").split("\\.")[1];
        assertRefused(
                parts[0] + "." + admin + "." + parts[2],
                "token-refused",
                "neither a token of this");
    }

    @Test
    void one_that_bears_no_signature() {
        String unsigned =
                new PlainJWT(
                                new JWTClaimsSet.Builder()
                                        .issuer(issuer.address().toString())
                                        .audience("ledger")
                                        .subject("ada")
                                        .claim("roles", List.of("admin"))
                                        .expirationTime(Date.from(NOW.plusSeconds(300)))
                                        .build())
                        .serialize();
        assertRefused(unsigned, "token-refused", "neither a token of this ledger");
    }

    /** The public key taken for a shared secret. */
    @Test
    void one_that_is_signed_with_what_everybody_knows() throws JOSEException {
        SignedJWT forged =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(issuer.key().getKeyID())
                                .build(),
                        new JWTClaimsSet.Builder()
                                .issuer(issuer.address().toString())
                                .audience("ledger")
                                .subject("ada")
                                .claim("roles", List.of("admin"))
                                .expirationTime(Date.from(NOW.plusSeconds(300)))
                                .build());
        forged.sign(new MACSigner(issuer.key().toRSAPublicKey().getEncoded()));
        assertRefused(forged.serialize(), "token-refused", "neither a token of this ledger");
    }

    @Test
    void one_that_does_not_name_its_owner() {
        assertRefused(with(claims -> claims.subject(null)), "token-refused", "claim sub");
    }

    @Test
    void one_of_another_kind() {
        assertRefused(
                issuer.signed(
                        issuer.key(),
                        "logout+jwt",
                        NOW,
                        claims -> claims.claim("roles", List.of("admin"))),
                "token-refused",
                "typ");
    }

    // ---- the issuer

    @Test
    void an_issuer_that_changes_its_keys_or_is_gone_is_asked_anew() throws IOException {
        try (Issuer other = new Issuer()) {
            OpenIdConnect taken =
                    OpenIdConnect.discover(
                            new Settings(other.address(), "ledger", "roles", "sub"),
                            Clock.systemUTC());
            assertThat(taken.caller(other.token(NOW, "reader")).may(Role.READER)).isTrue();
            other.rotateKeys();
            assertThat(taken.caller(other.token(NOW, "reader")).may(Role.READER)).isTrue();
        }
    }

    @Test
    void an_issuer_that_cannot_be_asked_is_named() throws IOException {
        Issuer gone = new Issuer();
        gone.close();
        assertThatExceptionOfType(OpenIdConnect.Unreachable.class)
                .isThrownBy(() ->
                        OpenIdConnect.discover(
                                new Settings(gone.address(), "ledger", "roles", "sub"),
                                Clock.systemUTC()))
                .withMessageContaining(gone.address().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "http://localhost.example",
                "ftp://localhost",
                "issuer.example",
                "https:issuer",
                ""
            })
    void keys_are_not_fetched_where_somebody_could_exchange_them(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(URI.create(address), "ledger", "roles", "sub"))
                .withMessageContaining("https");
    }
}
