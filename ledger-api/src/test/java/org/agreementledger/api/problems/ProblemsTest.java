package org.agreementledger.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.agreementledger.agreement.Rule;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {

    private final Doors doors = Doors.shared();

    // ---- golden bodies

    @Test
    void nothing_there() {
        golden(
                doors.get("/v1/agreement"),
                """
                {"type":"/problems/not-found","title":"Not found","status":404,"detail":"There is nothing at /v1/agreement; /v1/openapi.json lists what there is."}\
                """);
    }

    @Test
    void an_unknown_parameter() {
        golden(
                doors.get("/v1/agreements?from=2024"),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"The parameter from is not known here; known: party, q, term, validOn, knownAt, standing, after, limit.","parameter":"from"}\
                """);
    }

    @Test
    void a_parameter_given_twice() {
        golden(
                doors.get("/v1/agreements?q=a&q=b"),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"The parameter q is given twice.","parameter":"q"}\
                """);
    }

    @Test
    void a_day_that_does_not_exist() {
        golden(
                doors.get("/v1/entries?occurredFrom=2025-02-29"),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"occurredFrom: '2025-02-29' is a day that does not exist.","parameter":"occurredFrom"}\
                """);
    }

    @Test
    void a_method_that_is_not_possible() {
        Answer answer = doors.send("DELETE", "/v1/entries/0", BodyPublishers.noBody());
        golden(
                answer,
                """
                {"type":"/problems/method-not-allowed","title":"Method not allowed","status":405,"detail":"DELETE is not possible here; possible: GET."}\
                """);
        assertThat(answer.header("Allow")).isEqualTo("GET");
    }

    @Test
    void a_form_that_an_answer_does_not_come_in() {
        golden(
                doors.get("/v1/entries", "Accept", "application/xml"),
                """
                {"type":"/problems/not-acceptable","title":"Not acceptable","status":406,"detail":"This can be answered as application/json, application/x-ndjson, text/csv only."}\
                """);
    }

    @Test
    void a_body_in_another_form() {
        golden(
                doors.send(
                        "POST",
                        "/v1/agreements",
                        BodyPublishers.ofString("{}"),
                        "Content-Type",
                        "text/csv"),
                """
                {"type":"/problems/unsupported-media-type","title":"Unsupported media type","status":415,"detail":"text/csv cannot be read here; send application/json."}\
                """);
    }

    @Test
    void a_body_that_is_too_large() {
        golden(
                doors.post("/v1/agreements", "x".repeat(1_048_577)),
                """
                {"type":"/problems/too-large","title":"Too large","status":413,"detail":"This takes at most 1 MB (1048576 bytes)."}\
                """);
    }

    @Test
    void a_property_given_twice() {
        golden(
                doors.post("/v1/agreements", "{'kind': 'opening',\n 'kind': 'opening'}"),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"This is not JSON, line 2 column 8: Duplicate Object property \\"kind\\"."}\
                """);
    }

    @Test
    void a_property_that_nobody_knows() {
        golden(
                doors.post(
                        "/v1/agreements", Doors.opening("acme").replace("\"title\"", "\"titel\"")),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"unknown property 'titel'; an opening may carry: kind, agreementId, title, occurredOn, effectiveOn, disclosedOn, instrument, binding, ref, summary, standing, identifiers, sources, concerns, parties, terms; did you mean 'title'?","pointer":"/titel"}\
                """);
    }

    @Test
    void an_expectation_that_is_no_sequence() {
        golden(
                doors.post("/v1/agreements", Doors.opening("acme"), "If-Match", "1"),
                """
                {"type":"/problems/malformed","title":"Malformed","status":400,"detail":"If-Match: it takes the agreement's sequence in double quotes, like \\"31\\"; the ETag of an answer is something else."}\
                """);
    }

    @Test
    void a_rule_that_says_no() {
        String id = doors.opened();
        golden(
                doors.post(
                        doors.entriesOf(id),
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'None',
                         'terms': [{'action': 'retire', 'key': 'price.total'}]}\
                        """),
                """
                {"type":"/problems/term-not-in-force","title":"Term not in force","status":422,"detail":"price.total is not in force on 2024-09-01; nothing to retire. Introduce it first, or check the key.","pointer":"/terms/0/key"}\
                """);
    }

    private static void golden(Answer answer, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()).containsEntry("status", answer.status());
    }

    @Test
    void a_problem_comes_as_such_whatever_the_caller_accepts() {
        for (String accept : new String[] {"text/html", "application/x-ndjson", "image/png"}) {
            assertThat(doors.get("/v1/agreements/no-such", "Accept", accept).header("Content-Type"))
                    .isEqualTo("application/problem+json");
        }
    }

    // ---- what does not even reach a handler

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "GET /v1/entries HTTP/1.1",
                "GET /%zz HTTP/1.1\r\nHost: localhost",
                "GET /v1/entries?actor=%zz HTTP/1.1\r\nHost: localhost",
                "GET /v1/entries?actor={} HTTP/1.1\r\nHost: localhost",
                "GET /v1/agreements/a%2Fb HTTP/1.1\r\nHost: localhost",
            })
    void what_tomcat_cannot_read_is_a_problem_too(String request) throws IOException {
        String answer = raw(request + "\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains(
                        "Content-Type: application/problem+json",
                        "\"type\":\"/problems/malformed\"")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("<html");
    }

    @Test
    void headers_that_are_too_large_are_a_problem_too() throws IOException {
        assertThat(
                        raw(
                                "GET /v1/entries HTTP/1.1\r\nHost: localhost\r\nX: "
                                        + "x".repeat(20_000)
                                        + "\r\n\r\n"))
                .contains("application/problem+json")
                .doesNotContain("<html");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", doors.server().address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1",
                "[::1]:8080",
                "ledger.localhost"
            })
    void the_machine_s_own_names_are_answered(String host) throws IOException {
        assertThat(
                        raw(
                                "GET /v1/agreements HTTP/1.1\r\nConnection: close\r\nHost: "
                                        + host
                                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/agreements", "/", "/problems", "/no-such"})
    void a_name_from_elsewhere_is_not(String path) throws IOException {
        assertThat(
                        raw(
                                "GET "
                                        + path
                                        + " HTTP/1.1\r\nConnection: close\r\nHost: rebound.example:8080\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("/problems/foreign-host");
    }

    // ---- pages

    @ParameterizedTest
    @EnumSource(Rule.class)
    void every_rule_has_a_page_and_an_explanation(Rule rule) {
        Answer json = doors.get("/problems/" + rule.slug());
        assertThat(json.json())
                .containsEntry("type", "/problems/" + rule.slug())
                .containsEntry("title", rule.title())
                .containsKeys("status", "advice");
        Answer page = doors.get("/problems/" + rule.slug(), "Accept", "text/html,*/*;q=0.8");
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<h1>" + rule.title() + "</h1>");
    }

    @Test
    void all_problems_are_listed() {
        assertThat(doors.get("/problems").items())
                .extracting(item -> item.get("type"))
                .hasSize(ProblemType.ALL.size())
                .doesNotHaveDuplicates()
                .contains("/problems/malformed", "/problems/read-only", "/problems/key-reused");
        assertThat(doors.get("/problems", "Accept", "text/html").body())
                .contains("<a href=\"/problems/term-twice\">Term twice in one entry</a>");
    }

    @ParameterizedTest
    @CsvSource({
        "AGREEMENT_UNKNOWN, 404",
        "AGREEMENT_EXISTS, 409",
        "SEQUENCE_MOVED, 412",
        "KEY_REUSED, 422",
        "ENTRY_UNKNOWN, 422",
        "TERM_NOT_IN_FORCE, 422",
    })
    void a_rule_has_its_status(Rule rule, int status) {
        assertThat(ProblemType.of(rule).status().value()).isEqualTo(status);
    }
}
