package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Outlets;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of answer, whoever gave it: a door, a filter, or Tomcat itself. */
@Timeout(120)
class SecurityHeadersTest {

    private static final List<String> ALWAYS =
            List.of(
                    "content-security-policy: default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
                    "x-content-type-options: nosniff",
                    "x-frame-options: deny",
                    "referrer-policy: ",
                    "permissions-policy: accelerometer=()",
                    "cross-origin-opener-policy: same-origin",
                    "cross-origin-resource-policy: same-origin",
                    "cache-control: no-");

    private static Doors doors;
    private static String id;

    @BeforeAll
    static void open(@TempDir Path folder) {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        Outlets.NONE.withOrigins(Origins.of(List.of("https://grafana.example"))));
        id = doors.opened();
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | GET / | ",
                "200 | GET /agreements/{id} | ",
                "200 | GET /record?kind=opening | ",
                "200 | GET /style.css | ",
                "200 | GET /webjars/htmx.org/dist/htmx.min.js | ",
                "200 | GET /verify | ",
                "200 | GET /v1/agreements | ",
                "200 | GET /v1/entries                | Accept: text/csv",
                "200 | GET /v1/feed.atom | ",
                "200 | HEAD /v1/feed/stream | ",
                "200 | GET /v1/checkpoint | ",
                "200 | GET /v1/openapi.json | ",
                "200 | GET /actuator/health | ",
                "200 | GET /actuator/prometheus | ",
                "200 | GET /problems/malformed        | Accept: text/html",
                "200 | OPTIONS /v1/agreements | ",
                "200 | OPTIONS /v1/agreements         | Origin: https://grafana.example; Access-Control-Request-Method: GET",
                "302 | GET /v1/agreements/{id}        | Accept-Datetime: Fri, 01 Mar 2024 00:00:00 GMT",
                "400 | GET /v1/entries?limit=0 | ",
                "403 | POST /record?kind=opening      | Origin: https://elsewhere.example; Content-Length: 0",
                "403 | OPTIONS /v1/agreements         | Origin: https://elsewhere.example; Access-Control-Request-Method: POST",
                "404 | GET /no-such-page              | Accept: text/html",
                "404 | GET /v1/agreements/no-such | ",
                "405 | DELETE /v1/entries/0 | ",
                "405 | TRACE /v1/entries/0 | ",
                "406 | GET /v1/entries                | Accept: image/png",
                "413 | POST /v1/agreements            | Content-Type: application/json; Content-Length: 2000000; Expect: 100-continue",
                "415 | POST /v1/agreements            | Content-Length: 0",
                "421 | GET /                          | Host: elsewhere.example",
                "400 | GET /v1/agreements/a%2Fb | ",
                "400 | GET /%zz | ",
                "400 | GET /v1/entries?actor={} | ",
                "400 | GET /a b | ",
                "400 | GET /                          | Host: a; Host: b",
                "501 | GET /                          | Transfer-Encoding: nonsense",
            })
    void an_answer_has_them_all(int status, String request, String headers) throws IOException {
        String answer = head(request.replace("{id}", id), headers);

        assertThat(answer).startsWith("http/1.1 " + status + " ");
        assertThat(answer).contains(ALWAYS);
        assertThat(answer)
                .doesNotContain(
                        "\nserver:",
                        "x-powered-by",
                        "tomcat",
                        "strict-transport-security",
                        "\nset-cookie");
    }

    /** In lower case, as names of headers have none. */
    private static String head(String request, String headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", doors.server().port())) {
            socket.setSoTimeout(20_000);
            StringBuilder text =
                    new StringBuilder(request).append(" HTTP/1.1\r\nConnection: close\r\n");
            if (headers == null || !headers.contains("Host: ")) {
                text.append("Host: localhost\r\n");
            }
            if (headers != null) {
                text.append(headers.replace("; ", "\r\n")).append("\r\n");
            }
            socket.getOutputStream()
                    .write(text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, Math.max(0, answer.indexOf("\r\n\r\n")))
                    .toLowerCase(Locale.ROOT);
        }
    }

    @Test
    void what_a_write_answers_is_kept_nowhere() {
        assertThat(doors.post("/v1/agreements", Doors.opening("personal")).header("Cache-Control"))
                .isEqualTo("no-store");
        assertThat(doors.post("/v1/agreements", "{}").header("Cache-Control"))
                .isEqualTo("no-store");
    }

    @Test
    void a_page_to_embed_may_be_framed_and_has_the_others() {
        Doors.Answer page = doors.get("/agreements/" + id + "?embed=true", "Accept", "text/html");

        assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors *");
        assertThat(page.headers().map()).doesNotContainKey("x-frame-options");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
