package org.agreementledger.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.api.Outlets;
import org.agreementledger.api.http.Origins;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.SettableClock;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.TokenText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes with a token, and what becomes of one that does not hold. */
@Timeout(60)
class TokenAccessTest {

    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final SettableClock CLOCK = new SettableClock(START);

    @TempDir static Path folder;

    private static AccessDoors access;
    private static Doors doors;
    private static String[] admin;

    @BeforeAll
    static void open() {
        access =
                AccessDoors.open(
                        folder,
                        Access.BY_TOKEN,
                        Outlets.NONE.withOrigins(Origins.of(List.of("https://grafana.example"))),
                        CLOCK);
        doors = access.doors;
        admin = access.as(Role.ADMIN);
    }

    @AfterAll
    static void close() {
        access.close();
    }

    private static String[] bearer(String token) {
        return AccessDoors.with(token);
    }

    private static void assertRefused(Answer answer, String type, String... told) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("type", "/problems/" + type);
        assertThat(List.of(told)).allSatisfy(part -> assertThat(answer.body()).contains(part));
        assertThat(answer.header("WWW-Authenticate"))
                .startsWith("Bearer realm=\"agreement-ledger\", error=\"invalid_token\"");
    }

    // ---- who recorded it

    @Test
    void an_entry_and_its_leaf_say_which_token_recorded_it() {
        String[] ci = bearer(access.token("ci", Role.RECORDER));

        Answer recorded = doors.post("/v1/agreements", Doors.opening("by-token"), ci);

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        Map<String, String> by = Map.of("id", "ci", "issuer", "token");
        assertThat(recorded.json()).containsEntry("recordedBy", by);
        int position = (int) recorded.json().get("position");
        assertThat(
                        doors.get(
                                        "/v1/log/entries?from=%d&to=%d"
                                                .formatted(position, position + 1),
                                        ci)
                                .lines()
                                .getFirst())
                .containsEntry("recordedBy", by);
    }

    @Test
    void an_import_and_a_form_are_recorded_under_the_name_of_the_token_too() {
        String[] ci = bearer(access.token("importer", Role.RECORDER));
        assertThat(doors.importing("/v1/import", Doors.opening("imported"), ci).status())
                .isEqualTo(200);
        Answer sent =
                doors.send(
                        "POST",
                        "/agreements/imported/record?kind=announcement",
                        BodyPublishers.ofString(
                                "key=1&/occurredOn=2025-01-01&/title=Hello&/speakers/0/id=acme"
                                        + "&/speakers/0/name=Acme&record=record"),
                        "Authorization",
                        ci[1],
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        assertThat(sent.status()).as(sent.body()).isEqualTo(303);

        assertThat(doors.get("/v1/agreements/imported/entries", ci).items())
                .hasSize(2)
                .extracting(item -> item.get("recordedBy"))
                .containsOnly(Map.of("id", "importer", "issuer", "token"));
    }

    @Test
    void two_tokens_may_choose_the_same_idempotency_key() {
        String opening = Doors.opening("keyed-one");
        String other = Doors.opening("keyed-two");
        for (Map.Entry<String, String> each :
                Map.of("keys-one", opening, "keys-two", other).entrySet()) {
            String[] token = bearer(access.token(each.getKey(), Role.RECORDER));
            assertThat(
                            doors.post(
                                            "/v1/agreements",
                                            each.getValue(),
                                            token[0],
                                            token[1],
                                            "Idempotency-Key",
                                            "1")
                                    .status())
                    .isEqualTo(201);
        }
    }

    // ---- tokens that do not hold

    @Test
    void without_a_token_the_answer_says_which_role_it_takes() {
        Answer answer = doors.get("/v1/entries");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("type", "/problems/token-required");
        assertThat((String) answer.json().get("detail")).contains("role reader");
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"agreement-ledger\"");
    }

    @Test
    void a_token_that_expired_says_when() {
        String token =
                doors.node()
                        .tokens()
                        .add(
                                "short",
                                Role.READER,
                                CLOCK.instant().plusSeconds(60),
                                Actor.local("test"),
                                CLOCK.instant())
                        .text()
                        .reveal();
        assertThat(doors.get("/v1/entries", bearer(token)).status()).isEqualTo(200);

        CLOCK.set(CLOCK.instant().plusSeconds(60));

        assertRefused(
                doors.get("/v1/entries", bearer(token)),
                "token-expired",
                "short",
                "expired at 2026-");
    }

    @Test
    void a_token_that_is_revoked_opens_nothing_from_then_on() {
        String token = access.token("taken-back", Role.READER);
        assertThat(doors.get("/v1/entries", bearer(token)).status()).isEqualTo(200);

        assertThat(
                        doors.send(
                                        "DELETE",
                                        "/v1/tokens/taken-back",
                                        BodyPublishers.noBody(),
                                        admin)
                                .status())
                .isEqualTo(204);

        assertRefused(
                doors.get("/v1/entries", bearer(token)),
                "token-revoked",
                "taken-back",
                "revoked at 2026-");
    }

    /** As another node of the same database, or the command beside the server, does it. */
    @Test
    void a_revocation_behind_the_server_s_back_counts_within_a_second_or_two() throws Exception {
        String token = access.token("elsewhere", Role.READER);
        assertThat(doors.get("/v1/entries", bearer(token)).status()).isEqualTo(200);

        doors.node().tokens().revoke("elsewhere", CLOCK.instant());

        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (doors.get("/v1/entries", bearer(token)).status() == 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        assertRefused(doors.get("/v1/entries", bearer(token)), "token-revoked");
    }

    @Test
    void a_token_for_another_ledger_is_told_apart() {
        String ledger = doors.node().tokens().ledger();
        assertRefused(
                doors.get("/v1/entries", bearer(TokenText.random("00c0ffee").reveal())),
                "token-of-another-ledger",
                "00c0ffee",
                ledger);
    }

    @Test
    void a_token_that_nobody_made_is_refused() {
        String ledger = doors.node().tokens().ledger();
        String forged = TokenText.random(ledger).reveal();
        for (String token :
                List.of(
                        forged,
                        "agl_" + ledger + "_0",
                        "nonsense",
                        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJyb2xlcyI6WyJhZG1pbiJdfQ.")) {
            Answer answer = doors.get("/v1/entries", bearer(token));
            assertRefused(answer, "token-refused");
            assertThat(answer.body() + answer.headers()).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer \u0001", "Bearer ä"})
    void a_header_that_cannot_be_read_is_refused(String header) throws IOException {
        String answer =
                raw(doors, "GET /v1/entries", "Host: localhost", "Authorization: " + header);
        assertThat(answer).containsPattern("^HTTP/1.1 40[01] ").doesNotContain("\"items\"");
    }

    @Test
    void another_scheme_is_no_token() {
        assertThat(doors.get("/v1/entries", "Authorization", "Basic YWRhOmFkYQ==").json())
                .containsEntry("type", "/problems/token-required");
    }

    @Test
    void a_token_in_the_address_is_not_taken_and_not_repeated() {
        String token = access.token("in-address", Role.READER);

        Answer answer = doors.get("/v1/entries?access_token=" + token);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(token);
        assertThat(doors.get("/v1/entries?access_token=" + token, admin).body())
                .contains("access_token is not known here")
                .doesNotContain(token);
    }

    @Test
    void a_role_too_small_is_named_and_so_is_the_one_it_takes() {
        String[] reader = bearer(access.token("only-reads", Role.READER));

        Answer answer = doors.post("/v1/agreements", Doors.opening("refused"), reader);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json())
                .containsEntry("type", "/problems/role-too-small")
                .containsEntry(
                        "detail",
                        "POST /v1/agreements takes the role recorder; only-reads has reader.");
        assertThat(answer.header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"", "scope=\"recorder\"");
        assertThat(doors.get("/v1/agreements/refused", admin).status()).isEqualTo(404);
    }

    // ---- tokens over HTTP

    @Test
    void an_admin_makes_a_token_that_is_told_once() {
        Answer made =
                doors.post(
                        "/v1/tokens",
                        "{'name': 'made', 'role': 'reader', 'expires': 'P1D'}",
                        admin);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/v1/tokens/made");
        String token = (String) made.json().get("token");
        assertThat(doors.get("/v1/entries", bearer(token)).status()).isEqualTo(200);
        Answer list = doors.get("/v1/tokens", admin);
        assertThat(list.body()).contains("\"made\"").doesNotContain(token, "\"token\":\"agl_");
        assertThat(list.items())
                .filteredOn(item -> item.get("name").equals("made"))
                .first()
                .satisfies(item ->
                        assertThat(item)
                                .containsEntry("standing", "holds")
                                .containsEntry("role", "reader")
                                .doesNotContainKey("token"));
    }

    @Test
    void a_token_that_cannot_be_is_refused_by_name_and_rule() {
        access.token("there", Role.READER);
        assertThat(doors.post("/v1/tokens", "{'name': 'there', 'role': 'reader'}", admin))
                .returns(409, Answer::status)
                .satisfies(answer ->
                        assertThat(answer.json())
                                .containsEntry("type", "/problems/token-name-taken")
                                .containsEntry("pointer", "/name"));
        for (String[] wrong :
                new String[][] {
                    {"{'role': 'reader'}", "/name"},
                    {"{'name': 'a b', 'role': 'reader'}", "/name"},
                    {"{'name': 'a', 'role': 'king'}", "/role"},
                    {"{'name': 'a', 'role': 'reader', 'expires': 'P-1D'}", "/expires"},
                    {"{'name': 'a', 'role': 'reader', 'until': 'P1D'}", "/until"}
                }) {
            Answer answer = doors.post("/v1/tokens", wrong[0], admin);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json()).containsEntry("pointer", wrong[1]);
        }
        assertThat(
                        doors.send("DELETE", "/v1/tokens/nobody", BodyPublishers.noBody(), admin)
                                .status())
                .isEqualTo(404);
    }

    // ---- streams

    @Test
    void a_stream_ends_when_its_token_is_revoked_and_tells_nothing_more() throws Exception {
        String[] listener = bearer(access.token("listener", Role.READER));
        try (HttpClient client = HttpClient.newHttpClient()) {
            InputStream stream =
                    client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            doors.server().address()
                                                                    + "v1/feed/stream"))
                                            .headers(listener)
                                            .build(),
                                    BodyHandlers.ofInputStream())
                            .body();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("retry:");

            doors.send("DELETE", "/v1/tokens/listener", BodyPublishers.noBody(), admin);
            doors.post("/v1/agreements", Doors.opening("unheard"), admin);

            assertThat(lines.lines().toList()).noneMatch(line -> line.contains("unheard"));
        }
    }

    // ---- health, pages of elsewhere

    @Test
    void health_is_told_to_everybody_and_why_to_auditors() {
        for (String[] asker : List.of(new String[0], access.as(Role.READER))) {
            Answer answer = doors.get("/actuator/health", asker);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).containsOnlyKeys("groups", "status");
            assertThat(doors.get("/actuator/health/ledger", asker).status()).isEqualTo(404);
        }
        for (Role role : List.of(Role.AUDITOR, Role.ADMIN)) {
            assertThat(doors.get("/actuator/health", access.as(role)).body())
                    .contains("readModels", "position");
        }
    }

    @Test
    void a_page_of_a_named_origin_reads_with_a_token_of_its_own() {
        Answer asked =
                doors.send(
                        "OPTIONS",
                        "/v1/entries",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://grafana.example",
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "authorization");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains("authorization");
        Answer read =
                doors.get("/v1/entries", admin[0], admin[1], "Origin", "https://grafana.example");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("https://grafana.example");
        assertThat(doors.get("/v1/entries", "Origin", "https://grafana.example"))
                .returns(401, Answer::status)
                .returns(
                        "https://grafana.example",
                        answer -> answer.header("Access-Control-Allow-Origin"));
    }

    /** So that a proxy may be asked for it by its own name. */
    @Test
    void behind_a_proxy_the_name_does_not_matter() throws IOException {
        assertThat(
                        raw(
                                doors,
                                "GET /v1/entries",
                                "Host: ledger.example",
                                admin[0] + ": " + admin[1]))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw(doors, "GET /v1/entries", "Host: ledger.example"))
                .startsWith("HTTP/1.1 401 ");
    }

    // ---- where no token is needed

    @Test
    void an_open_server_takes_who_shows_nothing_as_its_own_user_and_judges_a_token_all_the_same() {
        Doors open = Doors.shared();
        String token =
                open.node()
                        .tokens()
                        .add("on-open", Role.READER, null, Actor.local("test"), START)
                        .text()
                        .reveal();

        assertThat(open.get("/v1/tokens").status()).isEqualTo(200);
        assertThat(open.get("/v1/entries", bearer(token)).status()).isEqualTo(200);
        assertThat(open.get("/v1/tokens", bearer(token)).status()).isEqualTo(403);
        assertThat(open.get("/v1/entries", bearer("nonsense")).status()).isEqualTo(401);
        assertThat(
                        open.get(
                                        "/v1/entries",
                                        "Cookie",
                                        "agl_" + open.node().tokens().ledger() + "=x")
                                .status())
                .isEqualTo(200);
    }

    @Test
    void no_server_is_open_to_other_machines() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Listen(everywhere, 0, "ada"))
                .withMessageContaining("0.0.0.0");
    }

    static String raw(Doors doors, String request, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", doors.server().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            (request
                                            + " HTTP/1.1\r\nConnection: close\r\n"
                                            + String.join("\r\n", headers)
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
