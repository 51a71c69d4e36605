package org.agreementledger.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.Outlets;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.webhooks.AddressRange;
import org.agreementledger.webhooks.AddressRules;
import org.agreementledger.webhooks.WebhookFilter;
import org.agreementledger.webhooks.Webhooks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Subscriptions, asked for and looked after over HTTP. */
@Timeout(60)
class WebhooksTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir static Path folder;
    private static Doors doors;

    private final Receiver receiver = new Receiver();

    @BeforeAll
    static void open() {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        Outlets.NONE.withWebhooks(
                                new AddressRules(
                                        List.of(
                                                AddressRange.parse("10.9.8.0/24"),
                                                AddressRange.parse("127.0.0.1")))));
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    @AfterEach
    void end() {
        for (Map<String, Object> webhook : doors.get("/v1/webhooks").items()) {
            assertThat(send("DELETE", "/v1/webhooks/" + webhook.get("id"), "").status())
                    .isEqualTo(204);
        }
        receiver.close();
    }

    private static Answer send(String method, String path, String body) {
        return doors.send(
                method,
                path,
                BodyPublishers.ofString(body.replace('\'', '"')),
                "Content-Type",
                "application/json");
    }

    private Answer subscribe(String more) {
        return doors.post("/v1/webhooks", "{'url': '%s'%s}".formatted(receiver.url(), more));
    }

    private String subscribed(String more) {
        Answer answer = subscribe(more);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.header("Location");
    }

    private static void assertProblem(Answer answer, int status, String type, String... details) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json()).containsEntry("type", "/problems/" + type);
        for (String detail : details) {
            assertThat(answer.json().get("detail").toString()).contains(detail);
        }
    }

    // ---- what is asked for

    @Test
    void a_subscription_is_answered_with_its_secret_once() throws Exception {
        long newest = doors.newest();
        Answer added = subscribe(", 'filter': {'kind': 'amendment'}");

        assertThat(added.status()).isEqualTo(201);
        String secret = added.json().get("secret").toString();
        assertThat(secret).startsWith("whsec_");
        assertThat(added.json())
                .containsEntry("url", receiver.url().toString())
                .containsEntry("enabled", true)
                .containsEntry("position", (int) newest)
                .containsEntry("createdBy", Map.of("id", "ada", "issuer", "local"));
        assertThat(((Map<?, ?>) added.json().get("filter")).get("kind")).isEqualTo("amendment");

        String path = added.header("Location");
        assertThat(path).isEqualTo("/v1/webhooks/" + added.json().get("id"));
        for (Answer answer :
                List.of(
                        doors.get(path),
                        doors.get("/v1/webhooks"),
                        send("PATCH", path, "{}"),
                        doors.post(path + "/test", ""),
                        doors.get(path + "/attempts"))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).doesNotContain(secret.substring(6), "\"secret\"");
        }
        assertThat(receiver.next().isSignedWith(secret)).isTrue();
    }

    @Test
    void an_entry_that_is_recorded_is_told_and_the_attempt_is_listed() throws Exception {
        Answer added = subscribe("");
        String id = doors.opened();

        Receiver.Received told = receiver.next();

        assertThat(told.isSignedWith(added.json().get("secret").toString())).isTrue();
        assertThat(told.json().at("/data/agreementId").asString()).isEqualTo(id);
        await().untilAsserted(() ->
                assertThat(doors.get(added.header("Location") + "/attempts").items())
                        .singleElement()
                        .satisfies(attempt ->
                                assertThat(attempt)
                                        .containsEntry("number", 1)
                                        .containsEntry("messageId", told.id())
                                        .containsEntry("position", (int) told.position())
                                        .containsEntry("status", 204)
                                        .containsEntry("failure", null)));
        assertThat(doors.get("/actuator/prometheus").body())
                .contains(
                        "ledger_webhooks_attempts_total{outcome=\"delivered\"}",
                        "ledger_webhooks_lag{state=\"enabled\"} 0.0",
                        "ledger_webhooks{state=\"enabled\"} 1.0",
                        "ledger_webhooks_dead_letters 0.0");
    }

    @Test
    void a_subscription_may_begin_with_what_was_recorded_before() throws Exception {
        String id = doors.opened();
        subscribed(", 'after': -1, 'filter': {'agreement': '%s'}".formatted(id));

        assertThat(receiver.next().json().at("/data/agreementId").asString()).isEqualTo(id);
    }

    @Test
    void a_change_changes_what_it_names() {
        String path = subscribed(", 'filter': {'effect': 'changed'}, 'enabled': false");
        Map<String, Object> before = doors.get(path).json();
        assertThat(before)
                .containsEntry("enabled", false)
                .containsEntry("disabledBecause", "asked for by ada");

        Answer changed =
                send(
                        "PATCH",
                        path,
                        "{'url': 'https://10.9.8.7/', 'filter': {'verdict': 'upheld'}}");
        assertThat(changed.json())
                .containsEntry("url", "https://10.9.8.7/")
                .containsEntry("enabled", false)
                .containsEntry("position", before.get("position"));
        assertThat(changed.json().get("filter").toString())
                .contains("verdict=upheld", "effect=null");

        assertThat(
                        send(
                                        "PATCH",
                                        path,
                                        "{'url': '%s', 'filter': {}, 'enabled': true}"
                                                .formatted(receiver.url()))
                                .json())
                .containsEntry("enabled", true)
                .containsEntry("disabledBecause", null);
        assertThat(send("DELETE", path, "").status()).isEqualTo(204);
        assertProblem(doors.get(path), 404, "not-found", "There is no webhook");
        assertProblem(send("DELETE", path, ""), 404, "not-found");
    }

    @Test
    void a_rotation_answers_with_the_new_secret_and_how_long_the_former_one_holds() {
        Answer added = subscribe("");
        String path = added.header("Location");

        Map<String, Object> rotated = doors.post(path + "/secret", "{'grace': 'PT2H'}").json();
        assertThat(rotated.get("secret").toString())
                .startsWith("whsec_")
                .isNotEqualTo(added.json().get("secret"));
        assertThat(Instant.parse(rotated.get("formerSecretUntil").toString()))
                .isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_200));

        Map<String, Object> again = doors.post(path + "/secret", "{'grace': 'PT0S'}").json();
        assertThat(again).containsEntry("formerSecretUntil", null);
        Answer byDefault = doors.send("POST", path + "/secret", BodyPublishers.noBody());
        assertThat(Instant.parse(byDefault.json().get("formerSecretUntil").toString()))
                .isAfter(Instant.now().plusSeconds(86_000));
    }

    @Test
    void what_is_told_and_how_it_went_is_as_described() throws Exception {
        String path = subscribed("");
        doors.opened();
        Receiver.Received told = receiver.next();
        bury(path, told.position());
        await().until(() -> !doors.get(path + "/attempts").items().isEmpty());

        assertFits("EntryRecorded", told.body());
        assertFits("WebhookAttempt", doors.post(path + "/test", "").body());
        assertFits("WebhookAttempt", JSON.writeValueAsString(first(path + "/attempts")));
        assertFits("DeadLetter", JSON.writeValueAsString(first(path + "/dead-letters")));
        assertFits("Replay", doors.post(path + "/dead-letters/replay", "").body());
    }

    private static Map<String, Object> first(String path) {
        return doors.get(path).items().getFirst();
    }

    private static void assertFits(String schema, String json) {
        String base = "https://ledger.example/openapi.json";
        assertThat(
                        SchemaRegistry.withDefaultDialect(
                                        SpecificationVersion.DRAFT_2020_12,
                                        registry ->
                                                registry.schemas(
                                                        Map.of(
                                                                base,
                                                                doors.get("/v1/openapi.json")
                                                                        .body())))
                                .getSchema(
                                        SchemaLocation.of(base + "#/components/schemas/" + schema))
                                .validate(json, InputFormat.JSON))
                .as(json)
                .isEmpty();
    }

    // ---- dead letters

    @Test
    void dead_letters_are_read_by_the_page_and_replayed_one_or_all() throws Exception {
        String id = doors.opened();
        doors.post(doors.entriesOf(id), Doors.announcement(id, "One", "2025-01-01"));
        doors.post(doors.entriesOf(id), Doors.announcement(id, "Two", "2025-01-02"));
        long newest = doors.newest();
        String path = subscribed("");
        for (long position = newest - 2; position <= newest; position++) {
            bury(path, position);
        }

        Answer page = doors.get(path + "/dead-letters?limit=2");
        assertThat(page.items())
                .extracting(letter -> letter.get("position"))
                .containsExactly((int) newest - 2, (int) newest - 1);
        assertThat(page.items().getFirst())
                .containsEntry("attempts", 20)
                .containsEntry("failure", "answered 500")
                .containsEntry("replay", false);
        assertThat(doors.get(page.next()).items())
                .extracting(letter -> letter.get("position"))
                .containsExactly((int) newest);

        Answer one = doors.post(path + "/dead-letters/" + (newest - 1) + "/replay", "");
        assertThat(one.status()).isEqualTo(202);
        assertThat(receiver.next().position()).isEqualTo(newest - 1);
        await().untilAsserted(
                        () -> assertThat(doors.get(path + "/dead-letters").items()).hasSize(2));

        Answer all = doors.post(path + "/dead-letters/replay", "");
        assertThat(all.json()).isEqualTo(Map.of("letters", 2));
        assertThat(receiver.next(2))
                .extracting(Receiver.Received::position)
                .containsExactly(newest - 2, newest);
        await().untilAsserted(
                        () -> assertThat(doors.get(path).json()).containsEntry("deadLetters", 0));

        assertProblem(
                doors.post(path + "/dead-letters/" + newest + "/replay", ""),
                404,
                "not-found",
                "no dead letter at position " + newest);
        send("PATCH", path, "{'enabled': false}");
        assertProblem(
                doors.post(path + "/dead-letters/replay", ""),
                409,
                "webhook-disabled",
                "asked for by ada");
    }

    private static void bury(String path, long position) {
        doors.node()
                .database()
                .jdbc()
                .sql(
                        """
                        insert into webhook_dead_letter (webhook_id, position, attempts, died_at, failure, replay)
                        values (:id, :position, 20, current_timestamp, 'answered 500', false)
                        """)
                .param("id", UUID.fromString(path.substring(path.lastIndexOf('/') + 1)))
                .param("position", position)
                .update();
    }

    // ---- what is refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "http://127.0.0.1:8080/v1/webhooks",
                "https://localhost/",
                "http://localhost./",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[64:ff9b::127.0.0.1]/",
                "https://[2002:7f00:1::]/",
                "https://0.0.0.0/",
                "https://10.0.0.1/",
                "https://192.168.1.1/",
                "https://100.64.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://224.0.0.1/",
                "https://name.invalid/",
                "http://1.1.1.1/"
            })
    void who_is_not_public_or_not_there_is_refused(String url) {
        Doors strict = Doors.shared();
        Answer answer =
                strict.post("/v1/webhooks", "{'url': '%s', 'enabled': false}".formatted(url));

        assertProblem(answer, 422, "webhook-refused");
        assertThat(answer.json()).containsEntry("pointer", "/url");
        assertThat(strict.get("/v1/webhooks").items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                        | /url | url is required",
                "[]                                                        |      | must be an object",
                "{'url': 7}                                                | /url | must be text",
                "{'url': null}                                             | /url | null is not allowed",
                "{'url': 'file:///etc/passwd'}                             | /url | starts with http:// or https://",
                "{'url': 'ftp://example.org/'}                             | /url | starts with http:// or https://",
                "{'url': 'https://u:p@10.9.8.7/'}                          | /url | no user name or password",
                "{'url': 'https://10.9.8.7/#a'}                            | /url | no fragment",
                "{'url': 'https://2130706433/'}                            | /url | four decimal numbers",
                "{'url': 'https://0x7f.0.0.1/'}                            | /url | must name a host",
                "{'url': 'https://0177.0.0.1/'}                            | /url | four decimal numbers",
                "{'url': 'https://10.9.8.7/', 'secret': 'whsec_x'}         | /secret | unknown property 'secret'",
                "{'url': 'https://10.9.8.7/', 'filter': 'amendment'}       | /filter | must be an object",
                "{'url': 'https://10.9.8.7/', 'filter': {'party': 'acme'}} | /filter/party | unknown property",
                "{'url': 'https://10.9.8.7/', 'filter': {'kind': 'ammendment'}} | /filter/kind | did you mean 'amendment'?",
                "{'url': 'https://10.9.8.7/', 'filter': {'effect': 'none'}} | /filter/effect | must be one of",
                "{'url': 'https://10.9.8.7/', 'filter': {'verdict': 'true'}} | /filter/verdict | must be one of",
                "{'url': 'https://10.9.8.7/', 'filter': {'agreement': 'A B'}} | /filter/agreement | is not a slug",
                "{'url': 'https://10.9.8.7/', 'after': '1'}                | /after | must be a position",
                "{'url': 'https://10.9.8.7/', 'after': -2}                 | /after | must be a position",
                "{'url': 'https://10.9.8.7/', 'after': 1e2}                | /after | must be a position",
                "{'url': 'https://10.9.8.7/', 'after': 1000000}            | /after | beyond the newest position",
                "{'url': 'https://10.9.8.7/', 'enabled': 'yes'}            | /enabled | must be true or false"
            })
    void what_is_not_a_subscription_is_refused_by_its_place(
            String body, String pointer, String rule) {
        Answer answer = doors.post("/v1/webhooks", body);

        assertProblem(answer, 400, "malformed", rule);
        assertThat(answer.json().get("pointer")).isEqualTo(pointer);
        assertThat(doors.get("/v1/webhooks").items()).isEmpty();
    }

    @Test
    void an_endless_address_is_refused_briefly() {
        Answer answer =
                doors.post(
                        "/v1/webhooks",
                        "{'url': 'https://10.9.8.7/%s'}".formatted("a".repeat(100_000)));

        assertProblem(answer, 400, "malformed", "at most 2000 are allowed");
        assertThat(answer.body()).hasSizeLessThan(1_000);
    }

    @Test
    void a_change_that_is_refused_changes_nothing() {
        String path = subscribed(", 'enabled': false");
        String before = doors.get(path).body();

        assertProblem(
                send("PATCH", path, "{'enabled': true, 'url': 'https://10.0.0.1/'}"),
                422,
                "webhook-refused");
        assertProblem(send("PATCH", path, "{'enabled': true, 'after': 0}"), 400, "malformed");
        assertProblem(
                send("PATCH", path, "{'enabled': true, 'filter': {'kind': 'x'}}"),
                400,
                "malformed");
        for (String grace : List.of("'P8D'", "'-PT1S'", "'a day'", "5")) {
            assertProblem(
                    doors.post(path + "/secret", "{'grace': %s}".formatted(grace)),
                    400,
                    "malformed");
        }
        assertThat(doors.get(path).body()).isEqualTo(before);
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (String path : List.of("/v1/webhooks/" + new UUID(1, 2), "/v1/webhooks/nonsense")) {
            assertProblem(doors.get(path), 404, "not-found");
            assertProblem(send("PATCH", path, "{}"), 404, "not-found");
            assertProblem(send("DELETE", path, ""), 404, "not-found");
            assertProblem(doors.get(path + "/attempts"), 404, "not-found");
            assertProblem(doors.get(path + "/dead-letters"), 404, "not-found");
            assertProblem(doors.post(path + "/test", ""), 404, "not-found");
            assertProblem(doors.post(path + "/secret", "{}"), 404, "not-found");
            assertProblem(doors.post(path + "/dead-letters/replay", ""), 404, "not-found");
            assertProblem(doors.post(path + "/dead-letters/0/replay", ""), 404, "not-found");
        }
    }

    @Test
    void there_can_be_a_hundred() {
        List<UUID> added = new ArrayList<>();
        for (int i = 0; i < Webhooks.COUNT_MAX; i++) {
            added.add(
                    doors.node()
                            .webhooks()
                            .add(
                                    URI.create("https://10.9.8.7/" + i),
                                    WebhookFilter.ANY,
                                    -1,
                                    "not needed",
                                    Actor.local("ada"),
                                    Instant.now())
                            .orElseThrow()
                            .id());
        }
        assertThat(doors.get("/v1/webhooks").items()).hasSize(Webhooks.COUNT_MAX);
        assertProblem(subscribe(""), 409, "too-many-webhooks", "100 webhooks already");

        doors.node().webhooks().remove(added.getFirst());
        assertThat(subscribe(", 'enabled': false").status()).isEqualTo(201);
    }

    @Test
    void a_receiver_that_fails_leaves_the_ledger_in_good_health() throws Exception {
        receiver.answers(500);
        subscribed("");
        doors.opened();
        receiver.next();

        assertThat(doors.get("/actuator/health").json()).containsEntry("status", "UP");
    }
}
