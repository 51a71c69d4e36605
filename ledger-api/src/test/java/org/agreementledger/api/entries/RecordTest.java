package org.agreementledger.api.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {

    private static final String REAFFIRMED =
            """
            {'kind': 'announcement', 'occurredOn': '2024-06-01', 'title': 'As ever', 'speakers': [{'id': 'acme', 'name': 'Acme'}],
             'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'quote': 'Acme is our only supplier.'}]}\
            """;
    private static final String AMENDED =
            """
            {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
             'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.'}]}\
            """;

    private final Doors doors = Doors.shared();

    // ---- stored

    @Test
    void an_opening_is_created_and_stands_where_its_location_says() {
        String id = doors.newId();
        Answer created = doors.post("/v1/agreements", Doors.opening(id));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/v1/agreements/" + id + "/entries/1");
        assertThat(created.json())
                .containsEntry("agreementId", id)
                .containsEntry("sequence", 1)
                .containsEntry("kind", "opening")
                .containsEntry("standing", "confirmed")
                .containsEntry("recordedBy", Map.of("id", "ada", "issuer", "local"));
        assertThat(created.json().get("effect").toString())
                .contains("introduced=[price.unit, supply.exclusivity]");
        assertThat((String) created.json().get("recordedAt"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(doors.get(created.header("Location")).body()).isEqualTo(created.body());
    }

    @Test
    void an_entry_is_answered_with_its_effect_and_its_verdicts() {
        Answer created = doors.post(doors.entriesOf(doors.opened()), REAFFIRMED);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json()).containsEntry("sequence", 2);
        assertThat(created.json().get("effect").toString()).startsWith("{sum=unchanged");
        assertThat(created.json().get("verdicts").toString())
                .contains("verdict=reworded", "{op=delete, text=sole}", "{op=insert, text=only}");
    }

    @Test
    void what_was_written_is_seen_by_every_read_that_follows() {
        String id = doors.opened();
        doors.post(doors.entriesOf(id), AMENDED);

        assertThat(doors.get("/v1/agreements/" + id).body()).contains("9 dollars each.");
        assertThat(doors.get("/v1/agreements").body()).contains("\"" + id + "\"");
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void the_body_may_name_the_agreement_if_it_agrees_with_the_path() {
        String id = doors.opened();
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        Doors.announcement(id, "Hello", "2024-04-01"))
                                .status())
                .isEqualTo(201);
        refused(
                400,
                "malformed",
                "/agreementId",
                id,
                () ->
                        doors.post(
                                doors.entriesOf(id),
                                Doors.announcement("other", "Hello", "2024-04-01")));
    }

    @Test
    void a_write_that_reads_do_not_see_yet_is_accepted_with_its_location(@TempDir Path folder)
            throws Exception {
        LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC());
        try (LedgerApplication.Server server =
                        LedgerApplication.start(node, Listen.onLoopback(0), Clock.systemUTC());
                HttpClient http = HttpClient.newHttpClient()) {
            node.readModels().close();
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(server.address().resolve("/v1/agreements"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(Doors.opening("unseen")))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Location"))
                    .hasValue("/v1/agreements/unseen/entries/1");
            assertThat(answer.body()).startsWith("{\"agreementId\":\"unseen\",\"sequence\":1,");
        }
        try (LedgerNode again = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            assertThat(again.ledger().history(new AgreementId("unseen")).size()).isEqualTo(1);
        }
    }

    // ---- tried out

    @Test
    void a_dry_run_finds_the_same_and_stores_nothing() {
        String id = doors.opened();
        Answer tried =
                unchanged(id, () -> doors.post(doors.entriesOf(id) + "?dryRun=true", REAFFIRMED));

        assertThat(tried.status()).isEqualTo(200);
        assertThat(tried.headers().firstValue("Location")).isEmpty();
        assertThat(tried.json())
                .doesNotContainKeys(
                        "sequence", "position", "eventId", "recordedAt", "recordedBy", "salt")
                .containsEntry("correctedBy", null);

        Map<String, Object> stored = doors.post(doors.entriesOf(id), REAFFIRMED).json();
        tried.json().forEach((name, value) -> assertThat(stored).containsEntry(name, value));
    }

    @Test
    void a_dry_run_works_for_an_opening_too() {
        String id = doors.newId();
        Answer tried =
                unchanged(id, () -> doors.post("/v1/agreements?dryRun=true", Doors.opening(id)));
        assertThat(tried.status()).isEqualTo(200);
        assertThat(doors.get("/v1/agreements/" + id).status()).isEqualTo(404);
    }

    @Test
    void a_dry_run_is_refused_as_the_write_would_be() {
        String id = doors.opened();
        refused(
                409,
                "agreement-exists",
                "/agreementId",
                id,
                () -> doors.post("/v1/agreements?dryRun=true", Doors.opening(id)));
    }

    // ---- repeated

    @Test
    void a_repeated_request_gets_its_first_answer_again() {
        String id = doors.opened();
        Answer first = doors.post(doors.entriesOf(id), REAFFIRMED, "Idempotency-Key", "once-" + id);
        doors.post(doors.entriesOf(id), AMENDED);
        Answer again =
                unchanged(
                        id,
                        () ->
                                doors.post(
                                        doors.entriesOf(id),
                                        REAFFIRMED.replace(": ", ":"),
                                        "Idempotency-Key",
                                        "once-" + id));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_repeated_opening_gets_its_first_answer_again() {
        String id = doors.newId();
        Answer first =
                doors.post("/v1/agreements", Doors.opening(id), "Idempotency-Key", "open-" + id);
        Answer again =
                doors.post("/v1/agreements", Doors.opening(id), "Idempotency-Key", "open-" + id);
        assertThat(again)
                .extracting(Answer::status, Answer::body)
                .containsExactly(201, first.body());
    }

    @Test
    void a_key_with_other_content_or_on_another_address_is_refused() {
        String id = doors.opened();
        String other = doors.opened();
        doors.post(doors.entriesOf(id), REAFFIRMED, "Idempotency-Key", "taken-" + id);

        refused(
                422,
                "key-reused",
                null,
                id,
                () -> doors.post(doors.entriesOf(id), AMENDED, "Idempotency-Key", "taken-" + id));
        refused(
                422,
                "key-reused",
                null,
                other,
                () ->
                        doors.post(
                                doors.entriesOf(other),
                                REAFFIRMED,
                                "Idempotency-Key",
                                "taken-" + id));
    }

    @Test
    void a_refused_request_does_not_use_up_its_key() {
        String id = doors.opened();
        String key = "again-" + id;
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        AMENDED.replace("price.unit", "price.total"),
                                        "Idempotency-Key",
                                        key)
                                .status())
                .isEqualTo(422);
        assertThat(doors.post(doors.entriesOf(id), AMENDED, "Idempotency-Key", key).status())
                .isEqualTo(201);
    }

    @Test
    void of_many_requests_with_one_key_at_once_one_is_stored() throws Exception {
        String id = doors.opened();
        Callable<Answer> request =
                () -> doors.post(doors.entriesOf(id), REAFFIRMED, "Idempotency-Key", "race-" + id);
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> racer : racers.invokeAll(Collections.nCopies(16, request))) {
                statuses.add(racer.get().status());
            }
        }
        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", ""})
    void a_key_of_another_form_is_refused(String key) {
        String id = doors.opened();
        Answer answer = doors.post(doors.entriesOf(id), REAFFIRMED, "Idempotency-Key", key);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("Idempotency-Key");
    }

    @Test
    void a_key_takes_up_to_255_characters() {
        String id = doors.opened();
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        REAFFIRMED,
                                        "Idempotency-Key",
                                        "k".repeat(255))
                                .status())
                .isEqualTo(201);
        assertThat(
                        doors.post(doors.entriesOf(id), AMENDED, "Idempotency-Key", "k".repeat(256))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_key_given_twice_is_refused() {
        String id = doors.opened();
        Answer answer =
                doors.post(
                        doors.entriesOf(id),
                        REAFFIRMED,
                        "Idempotency-Key",
                        "one",
                        "Idempotency-Key",
                        "two");
        assertThat(answer.status()).isEqualTo(400);
    }

    // ---- expected

    @Test
    void a_write_that_expects_the_newest_sequence_is_stored_and_the_next_is_refused() {
        String id = doors.opened();
        assertThat(doors.post(doors.entriesOf(id), REAFFIRMED, "If-Match", "\"1\"").status())
                .isEqualTo(201);
        refused(
                412,
                "sequence-moved",
                null,
                id,
                () -> doors.post(doors.entriesOf(id), AMENDED, "If-Match", "\"1\""));
        assertThat(doors.post(doors.entriesOf(id), AMENDED, "If-Match", "\"2\"").status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "*", "W/\"1\"", "\"one\"", "\"1\", \"2\""})
    void an_expectation_of_another_form_is_refused(String expected) {
        String id = doors.opened();
        Answer answer = doors.post(doors.entriesOf(id), REAFFIRMED, "If-Match", expected);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("If-Match");
    }

    // ---- refused

    @Test
    void an_agreement_is_opened_once() {
        String id = doors.opened();
        refused(
                409,
                "agreement-exists",
                "/agreementId",
                id,
                () -> doors.post("/v1/agreements", Doors.opening(id)));
    }

    @Test
    void an_entry_of_an_unknown_agreement_is_refused() {
        String id = doors.newId();
        refused(
                404,
                "agreement-unknown",
                "/agreementId",
                id,
                () -> doors.post(doors.entriesOf(id), AMENDED));
    }

    @Test
    void openings_and_other_entries_have_doors_of_their_own() {
        String id = doors.opened();
        refused(
                400,
                "malformed",
                "/kind",
                id,
                () -> doors.post(doors.entriesOf(id), Doors.opening(id)));
        refused(
                400,
                "malformed",
                "/kind",
                id,
                () -> doors.post("/v1/agreements", Doors.announcement(id, "Hello", "2024-04-01")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'kind': 'amendment'            | 'kind': 'ammendment'                      | /kind",
                "'title': 'Cheaper'             | 'title': 'Cheaper', 'titel': 'x'          | /titel",
                "'title': 'Cheaper'             | 'title': null                             | /title",
                "2024-09-01                     | 2024-02-30                                | /occurredOn",
                "'key': 'price.unit'            | 'key': 'Price.Unit'                       | /terms/0/key",
                "'statement': '9 dollars each.' | 'statement': 9                            | /terms/0/statement",
                "'9 dollars each.'              | '9', 'value': {'type': 'money', 'amount': '1e9', 'currency': 'USD'} | /terms/0/value/amount",
                "'9 dollars each.'              | '9', 'value': {'type': 'money', 'amount': 9.5, 'currency': 'USD'}   | /terms/0/value/amount",
                "'9 dollars each.'              | '9', 'value': {'type': 'money', 'amount': 'NaN', 'currency': 'USD'} | /terms/0/value/amount",
                "'9 dollars each.'              | '\\ud800'                                 | /terms/0/statement",
            })
    void a_body_of_another_form_is_refused_with_a_pointer_to_the_place(
            String right, String wrong, String pointer) {
        String id = doors.opened();
        String body = AMENDED.replace(right, wrong);
        assertThat(body).isNotEqualTo(AMENDED);
        refused(400, "malformed", pointer, id, () -> doors.post(doors.entriesOf(id), body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "{'kind': 'amendment'",
                "{'kind': 'amendment', 'kind': 'amendment'}",
                "{} {}",
                "[]",
                "null",
                "'text'",
                "{'kind': NaN}",
                "{'kind': 1e}",
                "{/* comment */}",
            })
    void what_is_not_one_object_of_json_is_refused(String body) {
        String id = doors.opened();
        refused(400, "malformed", null, id, () -> doors.post(doors.entriesOf(id), body));
    }

    @Test
    void nesting_has_an_end() {
        String id = doors.opened();
        refused(
                400,
                "malformed",
                null,
                id,
                () -> doors.post(doors.entriesOf(id), "[".repeat(100_000)));
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        String id = doors.opened();
        byte[] latin1 =
                AMENDED.replace("Cheaper", "Günstiger")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.ISO_8859_1);
        refused(
                400,
                "malformed",
                null,
                id,
                () ->
                        doors.send(
                                "POST",
                                doors.entriesOf(id),
                                BodyPublishers.ofByteArray(latin1),
                                "Content-Type",
                                "application/json"));
    }

    @Test
    void a_long_statement_is_refused_by_its_place_and_one_of_10_megabytes_by_its_size() {
        String id = doors.opened();
        String longer = AMENDED.replace("9 dollars", "9 dollars".repeat(3_000));
        refused(
                400,
                "malformed",
                "/terms/0/statement",
                id,
                () -> doors.post(doors.entriesOf(id), longer));

        String huge = AMENDED.replace("9 dollars", "x".repeat(10_000_000));
        refused(413, "too-large", null, id, () -> doors.post(doors.entriesOf(id), huge));
        refused(
                413,
                "too-large",
                null,
                id,
                () ->
                        doors.send(
                                "POST",
                                doors.entriesOf(id),
                                BodyPublishers.ofInputStream(() ->
                                        new ByteArrayInputStream(
                                                huge.getBytes(StandardCharsets.UTF_8))),
                                "Content-Type",
                                "application/json"));
    }

    @Test
    void a_body_in_another_form_is_refused() {
        String id = doors.opened();
        for (String type :
                List.of(
                        "text/plain",
                        "application/yaml",
                        "application/x-www-form-urlencoded",
                        "application/x-ndjson")) {
            Answer answer =
                    refused(
                            415,
                            "unsupported-media-type",
                            null,
                            id,
                            () ->
                                    doors.send(
                                            "POST",
                                            doors.entriesOf(id),
                                            BodyPublishers.ofString("{}"),
                                            "Content-Type",
                                            type));
            assertThat(answer.json().get("detail").toString()).contains("application/json");
        }
    }

    @Test
    void a_rule_says_no_and_names_the_place() {
        String id = doors.opened();
        doors.post(doors.entriesOf(id), AMENDED);
        refused(
                422,
                "term-twice",
                "/terms/1/key",
                id,
                () ->
                        doors.post(
                                doors.entriesOf(id),
                                AMENDED.replace(
                                        "'terms': [",
                                        "'terms': [{'action': 'retire', 'key': 'price.unit'}, ")));
        refused(
                422,
                "kind-cannot-change-terms",
                "/terms/0/action",
                id,
                () ->
                        doors.post(
                                doors.entriesOf(id), REAFFIRMED.replace("'reaffirm'", "'retire'")));
    }

    @Test
    void a_backdated_amendment_that_makes_a_later_one_senseless_is_refused() {
        String id = doors.opened();
        doors.post(doors.entriesOf(id), AMENDED);
        Answer answer =
                refused(
                        422,
                        "history-contradicts",
                        null,
                        id,
                        () ->
                                doors.post(
                                        doors.entriesOf(id),
                                        """
                                        {'kind': 'amendment', 'occurredOn': '2024-05-01', 'title': 'No price',
                                         'terms': [{'action': 'retire', 'key': 'price.unit'}]}\
                                        """));
        assertThat(answer.json().get("detail").toString()).contains("entry 2");
    }

    @Test
    void a_misspelt_parameter_is_refused_not_ignored() {
        String id = doors.opened();
        Answer answer =
                unchanged(id, () -> doors.post(doors.entriesOf(id) + "?dryrun=true", AMENDED));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json())
                .containsEntry("parameter", "dryrun")
                .containsEntry("detail", "The parameter dryrun is not known here; known: dryRun.");
        assertThat(doors.post(doors.entriesOf(id) + "?dryRun=maybe", AMENDED).json())
                .containsEntry("parameter", "dryRun");
    }

    private Answer refused(
            int status, String type, String pointer, String id, Supplier<Answer> request) {
        Answer answer = unchanged(id, request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json())
                .as(answer.body())
                .containsEntry("type", "/problems/" + type)
                .containsEntry("status", status);
        assertThat(answer.json().get("pointer")).as(answer.body()).isEqualTo(pointer);
        return answer;
    }

    /** The ledger is as it was: no new position, the same answer about the agreement. */
    private Answer unchanged(String id, Supplier<Answer> request) {
        long newest = doors.newest();
        Answer before = doors.get("/v1/agreements/" + id);
        Answer answer = request.get();
        assertThat(doors.newest()).isEqualTo(newest);
        assertThat(doors.get("/v1/agreements/" + id))
                .extracting(Answer::status, Answer::body)
                .containsExactly(before.status(), before.body());
        return answer;
    }
}
