package org.agreementledger.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form that another page sends through the reader's browser is not taken. */
class OwnFormsTest {

    private static final String FORM =
            "key=forged&/agreementId=forged&/title=Forged&/occurredOn=2026-01-01"
                    + "&/parties/0/id=a&/parties/0/name=A&record=record";

    private final Doors doors = Doors.shared();

    private Answer sent(String path, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return doors.send("POST", path, BodyPublishers.ofString(FORM), all);
    }

    private void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json()).containsEntry("type", "/problems/foreign-origin");
        assertThat(doors.get("/v1/agreements/forged").status()).isEqualTo(404);
    }

    private String own() {
        String address = doors.server().address().toString();
        return address.substring(0, address.length() - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://elsewhere.example",
        "Origin, http://127.0.0.1",
        "Origin, http://127.0.0.1:1",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Sec-Fetch-Site, none",
        "X-Unrelated, nothing said"
    })
    void it_must_say_that_it_comes_from_here(String header, String value) {
        assertRefused(sent("/record?kind=opening", header, value));
    }

    @Test
    void both_signs_must_agree() {
        assertRefused(
                sent(
                        "/record?kind=opening",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Origin",
                        "https://elsewhere.example"));
        assertRefused(
                sent("/record?kind=opening", "Sec-Fetch-Site", "cross-site", "Origin", own()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/..;/record?kind=opening",
                "/v1/%2e%2e/record?kind=opening",
                "//v1/../record?kind=opening",
                "/agreements/a/record?kind=amendment",
                "/agreements/a/entries/1/correct?kind=correction",
                "/"
            })
    void no_way_of_writing_the_address_leads_around_that(String path) {
        Answer answer = sent(path, "Origin", "https://elsewhere.example");
        assertThat(answer.status()).isIn(400, 403);
        assertThat(doors.get("/v1/agreements/forged").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin", "Sec-Fetch-Site"})
    void a_page_of_ours_may(String header) {
        String id = doors.newId();
        Answer answer =
                doors.send(
                        "POST",
                        "/record?kind=opening",
                        BodyPublishers.ofString(FORM.replace("forged", id)),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        header,
                        header.equals("Origin") ? own() : "same-origin");
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location"))
                .isEqualTo("/agreements/" + id + "/entries/1#recorded");
        assertThat(doors.get("/v1/agreements/" + id).status()).isEqualTo(200);
    }

    /** Its own name for this machine would make it the same origin. */
    @Test
    void not_even_a_page_whose_name_leads_here() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", doors.server().port())) {
            socket.getOutputStream()
                    .write(
                            ("POST /record?kind=opening HTTP/1.1\r\nConnection: close\r\n"
                                            + "Host: rebound.example\r\nOrigin: http://rebound.example\r\n"
                                            + "Sec-Fetch-Site: same-origin\r\n"
                                            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                            + FORM.length()
                                            + "\r\n\r\n"
                                            + FORM)
                                    .getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 421").contains("/problems/foreign-host");
        }
        assertThat(doors.get("/v1/agreements/forged").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/agreements, Origin, https://elsewhere.example",
        "POST, /v1/agreements, Origin, null",
        "POST, /v1/agreements, Sec-Fetch-Site, cross-site",
        "POST, /v1/import, Sec-Fetch-Site, same-site",
        "POST, /v1/tokens, Origin, http://127.0.0.1:1",
        "DELETE, /v1/tokens/any, Origin, https://elsewhere.example",
        "POST, /v1/webhooks/00000000-0000-0000-0000-000000000001/test, Origin, https://elsewhere.example",
        "POST, /v1/webhooks/00000000-0000-0000-0000-000000000001/secret, Sec-Fetch-Site, cross-site",
    })
    void nor_does_it_reach_the_doors_for_programs(
            String method, String path, String header, String value) {
        Answer answer =
                doors.send(
                        method,
                        path,
                        BodyPublishers.ofString(Doors.opening("forged")),
                        header,
                        value,
                        "Content-Type",
                        path.equals("/v1/import") ? "application/x-ndjson" : "application/json");
        assertRefused(answer);
    }

    /** What a page from elsewhere may send without asking is no JSON, and JSON it may not send. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; charset=application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void json_under_another_name_is_not_read(String type) {
        for (String path : new String[] {"/v1/agreements", "/v1/import", "/v1/tokens"}) {
            assertThat(
                            doors.send(
                                            "POST",
                                            path,
                                            BodyPublishers.ofString(Doors.opening("forged")),
                                            "Content-Type",
                                            type)
                                    .status())
                    .as(path)
                    .isEqualTo(415);
        }
        assertThat(doors.get("/v1/agreements/forged").status()).isEqualTo(404);
    }

    @Test
    void what_is_no_form_as_it_was_given_out_is_refused() {
        assertThat(
                        sent("/record?kind=opening&more=/nope", "Sec-Fetch-Site", "same-origin")
                                .status())
                .isEqualTo(400);
        assertThat(
                        sent("/record?kind=opening&colour=red", "Sec-Fetch-Site", "same-origin")
                                .status())
                .isEqualTo(400);
        assertThat(sent("/record?kind=amendment", "Sec-Fetch-Site", "same-origin").status())
                .isEqualTo(400);
        assertThat(
                        doors.send(
                                        "POST",
                                        "/record?kind=opening",
                                        BodyPublishers.ofString("{}"),
                                        "Content-Type",
                                        "text/plain",
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .status())
                .isEqualTo(415);
    }
}
