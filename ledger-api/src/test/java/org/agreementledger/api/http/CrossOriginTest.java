package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.Outlets;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages from elsewhere may do: read where somebody said so, and never write. */
class CrossOriginTest {

    private static final String GRAFANA = "https://grafana.example";
    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final List<Doors> OPEN = new ArrayList<>();
    private static Doors some;
    private static Doors every;

    @TempDir static Path folder;

    @BeforeAll
    static void open() {
        some = open("some", GRAFANA, "http://localhost:3000");
        every = open("every", "*");
    }

    private static Doors open(String name, String... origins) {
        Doors doors =
                Doors.to(
                        LedgerNode.open(
                                TestDatabase.freshIn(folder.resolve(name)), Clock.systemUTC()),
                        Outlets.NONE.withOrigins(Origins.of(List.of(origins))));
        OPEN.add(doors);
        return doors;
    }

    @AfterAll
    static void close() {
        OPEN.forEach(doors -> doors.server().close());
    }

    private static Answer preflight(Doors doors, String path, String origin, String... more) {
        List<String> headers = new ArrayList<>(List.of("Origin", origin));
        headers.addAll(List.of(more));
        return doors.send("OPTIONS", path, BodyPublishers.noBody(), headers.toArray(String[]::new));
    }

    private static List<String> corsHeaders(Answer answer) {
        return answer.headers().map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("access-control-"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/series", "/v1/entries", "/v1/openapi.json", "/actuator/health"})
    void a_page_of_a_named_origin_reads_and_sees_the_headers_it_needs(String path) {
        Answer answer = some.get(path, "Origin", GRAFANA);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(GRAFANA);
        assertThat(answer.header("Access-Control-Expose-Headers"))
                .contains("ETag", "Link", "Location", "Memento-Datetime");
        assertThat(answer.headers().allValues("Vary").toString()).contains("Origin");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void an_answer_of_unchanged_and_a_problem_can_be_read_as_well() {
        String tag = some.get("/v1/series").header("ETag");

        Answer unchanged = some.get("/v1/series", "Origin", GRAFANA, "If-None-Match", tag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("Access-Control-Allow-Origin")).isEqualTo(GRAFANA);
        Answer problem = some.get("/v1/series?per=year", "Origin", GRAFANA);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.header("Access-Control-Allow-Origin")).isEqualTo(GRAFANA);
    }

    @Test
    void every_origin_is_named_by_an_asterisk_that_never_allows_credentials() {
        Answer answer = every.get("/v1/entries", "Origin", ELSEWHERE, "Cookie", "a=b");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
    }

    @Test
    void a_page_of_another_origin_gets_no_leave_and_everybody_else_is_not_bothered() {
        Answer foreign = some.get("/v1/entries", "Origin", ELSEWHERE);
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(corsHeaders(foreign)).isEmpty();
        assertThat(corsHeaders(some.get("/v1/entries"))).isEmpty();
        assertThat(corsHeaders(Doors.shared().get("/v1/entries", "Origin", GRAFANA))).isEmpty();
    }

    @Test
    void the_question_whether_it_may_read_is_answered_with_what_it_may_send() {
        Answer answer =
                preflight(
                        some,
                        "/v1/agreements",
                        GRAFANA,
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "last-event-id, accept-datetime, if-none-match");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(GRAFANA);
        assertThat(answer.header("Access-Control-Allow-Methods").split(","))
                .containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(answer.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains("last-event-id", "accept-datetime", "if-none-match");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("3600");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, https://grafana.example, content-type",
        "DELETE, https://grafana.example, accept",
        "GET, https://grafana.example, cookie",
        "GET, https://elsewhere.example, accept",
        "GET, null, accept"
    })
    void what_it_may_not_send_is_refused_before_it_is_sent(
            String method, String origin, String header) {
        Answer answer =
                preflight(
                        some,
                        "/v1/agreements",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        header);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("type")).isEqualTo("/problems/foreign-origin");
        assertThat(corsHeaders(answer)).isEmpty();
    }

    @Test
    void a_write_never_gets_leave_nor_does_it_reach_anything() {
        Answer written =
                every.post("/v1/agreements", Doors.opening("acme-globex"), "Origin", ELSEWHERE);

        assertThat(written.status()).isEqualTo(403);
        assertThat(written.json()).containsEntry("type", "/problems/foreign-origin");
        assertThat(corsHeaders(written)).isEmpty();
        assertThat(every.get("/v1/agreements/acme-globex").status()).isEqualTo(404);
    }

    @Test
    void an_option_without_an_origin_is_still_answered_with_the_methods() {
        Answer answer = some.send("OPTIONS", "/v1/entries", BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow")).contains("GET");
    }

    @Test
    void a_badge_can_be_shown_where_pages_from_elsewhere_may_read() {
        some.post("/v1/agreements", Doors.opening("shown"));

        assertThat(
                        some.get("/v1/agreements/shown/badge.svg")
                                .header("Cross-Origin-Resource-Policy"))
                .isEqualTo("cross-origin");
        assertThat(some.get("/v1/agreements/shown").header("Cross-Origin-Resource-Policy"))
                .isEqualTo("same-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "https://Grafana.Example, https://grafana.example",
        "https://grafana.example:443, https://grafana.example",
        "http://localhost:3000, http://localhost:3000",
        "http://[::1]:3000, http://[::1]:3000",
        "*, *"
    })
    void an_origin_is_taken_as_a_browser_writes_it(String given, String taken) {
        assertThat(Origins.of(List.of(given)).allowed()).containsExactly(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "grafana.example",
                "https://",
                "https://grafana.example/",
                "https://grafana.example/d/1",
                "https://user@grafana.example",
                "https://*.example",
                "ftp://grafana.example",
                "https://grafana.example:0443",
                "https://grafana.example?x"
            })
    void what_is_no_origin_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Origins.of(List.of(text)))
                .withMessageContaining("'" + text + "'");
    }
}
