package org.agreementledger.api.badge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The picture of an agreement. */
class BadgeTest {

    private final Doors doors = Doors.shared();

    private static Element svg(Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("image/svg+xml");
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        xml.setNamespaceAware(true);
        Element svg =
                xml.newDocumentBuilder()
                        .parse(
                                new ByteArrayInputStream(
                                        answer.body().getBytes(StandardCharsets.UTF_8)))
                        .getDocumentElement();
        assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-label")).isEqualTo(text(svg, "title"));
        return svg;
    }

    private static String text(Element svg, String name) {
        NodeList found = svg.getElementsByTagNameNS("*", name);
        return found.item(found.getLength() - 1).getTextContent();
    }

    private String badge(String id) {
        return "/v1/agreements/" + id + "/badge.svg";
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, not in force yet",
        "2024-03-01, changed on 2024-03-01",
        "2024-05-01, unchanged since 2024-03-01",
        "2024-09-01, changed on 2024-09-01",
        "today, unchanged since 2024-09-01"
    })
    void it_says_since_when_the_terms_are_what_they_are(String validOn, String says)
            throws Exception {
        String id = doors.opened();
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.'}]}\
                """);

        Element svg = svg(doors.get(badge(id) + "?validOn=" + validOn));

        assertThat(text(svg, "text")).isEqualTo(says);
        assertThat(text(svg, "title")).isEqualTo("Acme and Globex: terms " + says);
    }

    @Test
    void contradicted_claims_and_an_end_are_told_in_words_and_in_colour() throws Exception {
        String id = doors.opened();
        String before = doors.get(badge(id)).body();
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'announcement', 'occurredOn': '2024-06-15', 'title': 'Claims',
                 'speakers': [{'id': 'acme', 'name': 'Acme'}],
                 'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'value': {'type': 'flag', 'flag': false}}]}\
                """);

        Answer contradicted = doors.get(badge(id));
        assertThat(text(svg(contradicted), "text"))
                .isEqualTo("unchanged since 2024-03-01, 1 claim contradicted");
        assertThat(colours(contradicted.body())).isNotEqualTo(colours(before));

        long known = doors.newest();
        doors.post(
                doors.entriesOf(id),
                "{'kind': 'closing', 'occurredOn': '2025-01-01', 'title': 'End', 'how': 'expired'}");
        assertThat(text(svg(doors.get(badge(id))), "text"))
                .isEqualTo("closed, unchanged since 2025-01-01");
        assertThat(doors.get(badge(id) + "?knownAt=@" + known).body())
                .isEqualTo(contradicted.body());
    }

    private static String colours(String svg) {
        return svg.replaceAll("(?s).*?(fill=\"[^\"]*\")|.+$", "$1 ");
    }

    @Test
    void a_title_is_text_whatever_is_in_it() throws Exception {
        String id = doors.newId();
        assertThat(
                        doors.post(
                                        "/v1/agreements",
                                        """
                                        {"kind": "opening", "agreementId": "%s", "occurredOn": "2024-03-01",
                                         "title": "<script>alert(1)</script> & \\"A\\" ]]> \\uD83D\\uDE80 é",
                                         "parties": [{"id": "a", "name": "A"}]}\
                                        """
                                                .formatted(id))
                                .status())
                .isEqualTo(201);

        Answer answer = doors.get(badge(id));

        assertThat(text(svg(answer), "title"))
                .startsWith("<script>alert(1)</script> & \"A\" ]]> \uD83D\uDE80 é: terms");
        assertThat(answer.body()).doesNotContain("<script", "href", "url(", "style");
    }

    @Test
    void it_may_be_kept_for_a_while_and_is_asked_for_again_with_its_tag() {
        String id = doors.opened();
        Answer answer = doors.get(badge(id));

        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=300");
        assertThat(answer.header("ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(doors.get(badge(id), "If-None-Match", answer.header("ETag")).status())
                .isEqualTo(304);
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    }

    @Test
    void an_unknown_agreement_has_none() {
        Answer answer = doors.get(badge("nowhere"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type")).isEqualTo("/problems/agreement-unknown");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(doors.get(badge(doors.opened()) + "?colour=red").status()).isEqualTo(400);
    }
}
