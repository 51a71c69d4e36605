package org.agreementledger.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Whole requests over a socket: the first line of an input is what is asked for, the others are
 * headers. Whatever is asked, the server answers, and never that it failed.
 */
@Timeout(20)
class RequestFuzzTest {

    private static final int ANSWER_MAX_MILLIS = 15_000;

    private static int port;

    @BeforeAll
    static void an_agreement_is_there() {
        Doors doors = Doors.shared();
        doors.post("/v1/agreements", Doors.opening("acme-globex"));
        doors.post(
                doors.entriesOf("acme-globex"),
                Doors.announcement("acme-globex", "News", "2024-04-01"));
        port = doors.server().port();
    }

    @FuzzTest
    void is_answered_and_never_fails(byte[] bytes) throws IOException {
        BugDetectors.allowNetworkConnections((_, to) -> to == port);
        List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        if (lines.isEmpty() || lines.getFirst().isBlank()) {
            // GET HTTP/1.1 is one of HTTP/0.9, to which an answer has neither status nor headers.
            return;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MAX_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request(lines).getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            check(
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.UTF_8)));
        }
    }

    private static String request(List<String> lines) {
        StringBuilder request = new StringBuilder("GET ").append(lines.getFirst());
        request.append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        lines.stream().skip(1).forEach(line -> request.append(line).append("\r\n"));
        return request.append("\r\n").toString();
    }

    private static void check(BufferedReader answer) throws IOException {
        String first = answer.readLine();
        assertThat(first).matches("HTTP/1.1 [1-5]\\d\\d.*");
        int status = Integer.parseInt(first.substring(9, 12));
        assertThat(status).as(first).matches(code -> code < 500 || code == 503);
        StringBuilder head = new StringBuilder();
        for (String line = answer.readLine();
                line != null && !line.isEmpty();
                line = answer.readLine()) {
            head.append(line).append('\n');
        }
        if (status >= 400) {
            assertThat(head.toString())
                    .as(first)
                    .containsAnyOf("application/problem+json", "text/html");
        }
    }
}
