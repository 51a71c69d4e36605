package org.agreementledger.api.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.agreementledger.api.Doors;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

/** Many requests from one client, and few from another. */
@Timeout(120)
class RateLimitTest {

    private static final int CONNECTIONS = 100;
    private static final int REQUESTS_EACH = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private static Doors doors;

    @BeforeAll
    static void open(@TempDir Path folder) {
        doors =
                Doors.to(
                        LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()),
                        Map.of("ledger.limits.rate", "10"));
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    @Test
    void ten_thousand_requests_of_one_client_are_mostly_refused_and_another_is_served()
            throws Exception {
        assumeThatCode(() -> new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.2")).close())
                .as("this machine has more than one address of its own")
                .doesNotThrowAnyException();
        long started = System.nanoTime();
        List<String> statuses = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(4)) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                answers.add(senders.submit(() -> answers("127.0.0.2")));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                STATUS.matcher(answers.get(i).get())
                        .results()
                        .forEach(status -> statuses.add(status.group(1)));
                if (i % 10 == 0) {
                    assertThat(doors.get("/v1/checkpoint").status()).isEqualTo(200);
                }
            }
        }
        long seconds = 1 + (System.nanoTime() - started) / 1_000_000_000;

        assertThat(statuses)
                .hasSize(CONNECTIONS * REQUESTS_EACH)
                .containsOnly("200", "429")
                .filteredOn("200"::equals)
                .hasSizeBetween(30, 30 + 10 * (int) seconds);
    }

    private static String answers(String from) throws Exception {
        String request = "GET /v1/checkpoint HTTP/1.1\r\nHost: localhost\r\n";
        try (Line line = new Line(doors.server().port(), from)) {
            line.send(
                    (request + "\r\n").repeat(REQUESTS_EACH - 1)
                            + request
                            + "Connection: close\r\n\r\n");
            return line.answer();
        }
    }

    @Test
    void a_refusal_says_when_to_come_again_and_how_much_there_is() throws Exception {
        assumeThatCode(() -> new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.3")).close())
                .as("this machine has more than one address of its own")
                .doesNotThrowAnyException();

        String answers = answers("127.0.0.3");

        assertThat(answers)
                .contains("RateLimit-Policy: \"client\";q=30;w=3", "RateLimit: \"client\";r=29;t=")
                .contains("HTTP/1.1 429 ", "Retry-After: 1", "/problems/too-many-requests")
                .contains("10 requests a second");
    }

    @Test
    void a_client_is_who_its_token_vouches_for_or_else_its_network() {
        assertThat(Client.of(from("192.0.2.7"))).isNotEqualTo(Client.of(from("192.0.2.8")));
        assertThat(Client.of(from("2001:db8::7")))
                .isEqualTo(Client.of(from("2001:db8:0::8:0:0:8")));
        assertThat(Client.of(from("2001:db8::7"))).isNotEqualTo(Client.of(from("2001:db8:1::7")));

        MockHttpServletRequest here = asAda(from("192.0.2.7"));
        MockHttpServletRequest there = asAda(from("192.0.2.8"));
        assertThat(Client.of(here)).isNotEqualTo(Client.of(there));
        here.addHeader("Authorization", "Bearer one");
        there.addHeader("Authorization", "Bearer other");
        assertThat(Client.of(here)).isEqualTo(Client.of(there));
    }

    /** As who comes without a token is named, too, where none is needed. */
    private static MockHttpServletRequest asAda(MockHttpServletRequest request) {
        request.setUserPrincipal(() -> "ada");
        return request;
    }

    private static MockHttpServletRequest from(String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        return request;
    }
}
