package org.agreementledger.api.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementsReadTest {

    private static String id;
    private static Object opened;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void an_agreement_is_amended() {
        Doors doors = Doors.shared();
        id = doors.opened();
        opened = doors.get(doors.entriesOf(id) + "/1").json().get("position");
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.'}]}\
                """);
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'amendment', 'occurredOn': '2024-10-01', 'title': 'Said to be free', 'standing': 'reported',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': 'Free.'}]}\
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                               | 9 dollars each.",
                "?validOn=2024-08-31            | 10 dollars each.",
                "?validOn=2024-09               | 9 dollars each.",
                "?validOn=today                 | 9 dollars each.",
                "?standing=all                  | Free.",
                "?standing=all&validOn=2024-09-30 | 9 dollars each.",
                "?knownAt=now                   | 9 dollars each.",
                "?knownAt=@opened               | 10 dollars each.",
                "?knownAt=@opened&standing=all  | 10 dollars each.",
            })
    void terms_are_read_as_of_any_day_and_moment_in_either_view(String query, String price) {
        String asked = query == null ? "" : query.replace("opened", opened.toString());
        Answer terms = doors.get("/v1/agreements/" + id + asked);
        assertThat(terms.status()).as(terms.body()).isEqualTo(200);
        assertThat(terms.json().get("terms").toString()).contains("statement=" + price);
        assertThat(doors.get("/v1/agreements/" + id + "/terms/price.unit" + asked).body())
                .contains("\"statement\":\"" + price + "\"");
    }

    @Test
    void an_answer_says_which_day_and_moment_it_is_of() {
        Answer answer = doors.get("/v1/agreements/" + id + "?validOn=2024-09&knownAt=@" + opened);
        assertThat(answer.json())
                .containsEntry("validOn", "2024-09-01")
                .containsEntry("standing", "confirmed")
                .containsEntry("sequence", 1)
                .containsEntry("status", "in-force")
                .containsEntry(
                        "knownAt", doors.get("/v1/entries/" + opened).json().get("recordedAt"));
    }

    @Test
    void an_agreement_is_listed_and_found() {
        assertThat(ids("")).contains(id);
        assertThat(ids("?party=globex&q=ACME")).contains(id);
        assertThat(ids("?q=" + id)).contains(id);
        assertThat(ids("?party=hooli")).isEmpty();
        assertThat(ids("?term=supply.exclusivity:true")).contains(id);
        assertThat(ids("?term=price.unit:9%20dollars%20each.")).contains(id);
        assertThat(ids("?term=supply.exclusivity:false")).doesNotContain(id);
    }

    @Test
    void agreements_page_by_cursor_and_each_is_there_once() {
        for (int i = 0; i < 4; i++) {
            doors.opened();
        }
        List<Object> paged = new ArrayList<>();
        Optional<String> next = Optional.of("/v1/agreements?q=Acme&limit=2");
        while (next.isPresent()) {
            Answer page = doors.get(next.get());
            assertThat(page.items()).hasSizeBetween(1, 2);
            page.items().forEach(item -> paged.add(item.get("agreementId")));
            next =
                    page.headers()
                            .firstValue("Link")
                            .map(link -> link.substring(1, link.indexOf('>')));
        }
        assertThat(paged).hasSizeGreaterThan(4).isEqualTo(ids("?q=Acme&limit=1000"));
    }

    private List<Object> ids(String query) {
        return doors.get("/v1/agreements" + query).items().stream()
                .map(item -> item.get("agreementId"))
                .toList();
    }

    @Test
    void a_term_has_a_history() {
        Answer history = doors.get("/v1/agreements/" + id + "/terms/price.unit/history");
        assertThat(history.status()).isEqualTo(200);
        assertThat(history.json().get("versions").toString())
                .contains("10 dollars each.", "9 dollars each.")
                .doesNotContain("Free.");
        assertThat(
                        doors.get("/v1/agreements/" + id + "/terms/price.unit/history?standing=all")
                                .body())
                .contains("Free.");
    }

    @Test
    void constancy_says_unchanged_or_what_changed_by_which_entry() {
        Answer unchanged = constancy("?from=2024-03-01&to=2024-08-31");
        assertThat(unchanged.json()).containsEntry("unchanged", true);
        assertThat(unchanged.json().get("fingerprintFrom"))
                .isEqualTo(unchanged.json().get("fingerprintTo"));

        Answer changed = constancy("?from=2024-03-01&to=2024-09-01");
        assertThat(changed.json()).containsEntry("unchanged", false);
        assertThat(changed.json().get("terms").toString())
                .contains("key=price.unit, outcome=changed", "by=[2]");

        assertThat(constancy("?from=2024-03-01&to=2024-09-01&knownAt=@" + opened).json())
                .containsEntry("unchanged", true);
        assertThat(constancy("?from=2024-09-01&to=today&standing=all").json())
                .containsEntry("unchanged", false);
    }

    private Answer constancy(String query) {
        Answer answer = doors.get("/v1/agreements/" + id + "/constancy" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    // ---- refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | validOn=2024-02-30      | validOn",
                "''              | validOn=tomorrow        | validOn",
                "''              | knownAt=2024-01-01      | knownAt",
                "''              | knownAt=@-1             | knownAt",
                "''              | knownAt=@999999999      | knownAt",
                "''              | knownAt=2999-01-01T00:00:00Z | knownAt",
                "''              | standing=reported       | standing",
                "''              | knownat=@1              | knownat",
                "''              | validOn=2024&validOn=2025 | validOn",
                "/constancy      | from=2024               | to",
                "/constancy      | to=2024                 | from",
                "/constancy      | from=2024-02&to=2024-01 | from",
                "/constancy      | from=2024&to=2025&validOn=2024 | validOn",
                "/terms/price.unit/history | validOn=2024  | validOn",
            })
    void a_parameter_that_does_not_fit_is_refused_by_its_name(
            String path, String query, String parameter) {
        Answer answer = doors.get("/v1/agreements/" + id + path + "?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("parameter", parameter);
    }

    @Test
    void a_list_filter_of_another_form_is_refused() {
        assertThat(doors.get("/v1/agreements?term=price").json())
                .containsEntry("parameter", "term");
        assertThat(doors.get("/v1/agreements?term=Price:1").json())
                .containsEntry("parameter", "term");
        assertThat(doors.get("/v1/agreements?party=Acme%20Inc").json())
                .containsEntry("parameter", "party");
    }

    @Test
    void an_agreement_is_unknown_before_it_was_recorded() {
        Answer answer = doors.get("/v1/agreements/" + id + "?knownAt=2024-01-01T00:00:00Z");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json())
                .isEqualTo(
                        Map.of(
                                "type",
                                "/problems/agreement-unknown",
                                "title",
                                "Agreement unknown",
                                "status",
                                404,
                                "detail",
                                "There is no agreement "
                                        + id
                                        + ", as known at 2024-01-01T00:00:00Z."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agreements/no-such",
                "/v1/agreements/no-such/terms/price.unit",
                "/v1/agreements/no-such/terms/price.unit/history",
                "/v1/agreements/no-such/constancy?from=2024&to=2025",
            })
    void an_unknown_agreement_is_not_found(String path) {
        Answer answer = doors.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.json()).containsEntry("type", "/problems/agreement-unknown");
    }

    @Test
    void an_unknown_term_is_not_found() {
        for (String path : List.of("/terms/no.such", "/terms/no.such/history", "/terms/No.Such")) {
            Answer answer = doors.get("/v1/agreements/" + id + path);
            assertThat(answer.status()).as(answer.body()).isEqualTo(404);
            assertThat(answer.json()).containsEntry("type", "/problems/not-found");
        }
    }

    // ---- unchanged

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/agreements",
                "/v1/agreements/{id}",
                "/v1/agreements/{id}/terms/price.unit",
                "/v1/agreements/{id}/terms/price.unit/history",
                "/v1/agreements/{id}/constancy?from=2024-03-01&to=2024-09-01",
                "/v1/agreements/{id}/entries",
                "/v1/agreements/{id}/entries/1",
                "/v1/entries",
                "/v1/entries/0",
                "/v1/openapi.json",
                "/problems",
            })
    void a_read_that_would_answer_the_same_answers_304(String template) {
        String path = template.replace("{id}", id);
        Answer first = doors.get(path);
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.header("ETag")).matches("\"[0-9a-f]+\"");
        assertThat(first.header("Cache-Control")).isEqualTo("no-cache");

        Answer again = doors.get(path, "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));

        Answer head = doors.send("HEAD", path, BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(head.header("Content-Length")).isEqualTo(first.header("Content-Length"));
    }

    @Test
    void a_read_that_would_answer_otherwise_does() {
        String path = doors.entriesOf(doors.opened());
        String etag = doors.get(path).header("ETag");
        doors.post(
                path,
                Doors.announcement("x", "News", "2024-04-01")
                        .replace("\"agreementId\": \"x\", ", ""));

        Answer news = doors.get(path, "If-None-Match", etag);
        assertThat(news.status()).isEqualTo(200);
        assertThat(news.items()).hasSize(2);
    }
}
