package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

    private final Doors doors = Doors.shared();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/doors", "/record", "/record?kind=opening"})
    void pages_lead_to_doors_that_are_there(String path) {
        Answer page = doors.get(path, "Accept", "text/html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.body())
                .doesNotContainPattern("<script(?! (type=\"module\" )?src=\"/)")
                .doesNotContain("style=", "=\"//", "=\"http");
        Pattern.compile("(?:href|src)=\"(/[^\"]*)\"")
                .matcher(page.body())
                .results()
                .map((MatchResult link) -> link.group(1).replace("&amp;", "&"))
                .forEach(link -> {
                    Answer there = doors.get(link);
                    if (link.contains("microsoft-openai")) { // not loaded here
                        assertThat(there.json())
                                .as(link)
                                .containsEntry("type", "/problems/agreement-unknown");
                    } else {
                        assertThat(there.status()).as(link).isEqualTo(200);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/style.css",
                "/v1/agreements",
                "/v1/no-such",
                "/problems",
                "/actuator/health"
            })
    void every_answer_tells_the_browser_what_it_may_do(String path) {
        Answer answer = doors.get(path);
        assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void a_browser_finds_the_icon_where_it_looks_for_one_by_itself() {
        assertThat(doors.get("/favicon.ico").header("Location")).endsWith("/icon.svg");
    }

    @Test
    void no_other_site_may_read_or_write_through_a_browser() {
        Answer preflight =
                doors.send(
                        "OPTIONS",
                        "/v1/agreements",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://elsewhere.example",
                        "Access-Control-Request-Method",
                        "POST");
        assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void health_tells_how_far_the_read_models_are() {
        doors.opened();
        Answer health = doors.get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json()).containsEntry("status", "UP");
        assertThat(health.json().get("components"))
                .extracting("ledger.details")
                .isEqualTo(
                        Map.of(
                                "position",
                                (int) doors.newest(),
                                "readModels",
                                (int) doors.newest(),
                                "lag",
                                0,
                                "signed",
                                (int) doors.newest() + 1));
    }

    @Test
    void health_is_down_when_the_database_does_not_answer(@TempDir Path folder) throws Exception {
        LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC());
        try (LedgerApplication.Server server =
                        LedgerApplication.start(node, Listen.onLoopback(0), Clock.systemUTC());
                HttpClient http = HttpClient.newHttpClient()) {
            node.close();
            HttpRequest health =
                    HttpRequest.newBuilder(server.address().resolve("/actuator/health")).build();
            HttpResponse<String> answer = http.send(health, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"ledger\":{\"details\"", "\"status\":\"DOWN\"");

            HttpRequest read =
                    HttpRequest.newBuilder(server.address().resolve("/v1/agreements")).build();
            HttpResponse<String> failed = http.send(read, BodyHandlers.ofString());
            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body())
                    .isEqualTo(
                            """
                            {"type":"/problems/failed","title":"Failed","status":500,"detail":"The server failed to answer this; its log says why."}\
                            """);
        }
    }

    @Test
    void figures_tell_the_lag_of_the_read_models() {
        assertThat(doors.get("/actuator/prometheus").body())
                .contains("ledger_readmodels_lag 0.0", "ledger_position ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/env",
                "/actuator/beans",
                "/actuator/shutdown",
                "/actuator/loggers"
            })
    void nothing_else_of_the_inside_is_shown(String path) {
        assertThat(doors.get(path).status()).isEqualTo(404);
    }

    @Test
    void a_port_that_is_taken_is_named_and_the_ledger_is_closed(@TempDir Path folder) {
        int taken = doors.server().port();
        Location location = TestDatabase.freshIn(folder);
        LedgerNode node = LedgerNode.open(location, Clock.systemUTC());
        assertThatExceptionOfType(LedgerApplication.AddressInUse.class)
                .isThrownBy(() ->
                        LedgerApplication.start(
                                node,
                                new Listen(InetAddress.getLoopbackAddress(), taken, "ada"),
                                Clock.systemUTC()))
                .withMessageContaining("Port " + taken);
        LedgerNode.open(location, Clock.systemUTC()).close();
    }
}
