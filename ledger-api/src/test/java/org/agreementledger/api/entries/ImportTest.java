package org.agreementledger.api.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;

class ImportTest {

    private final Doors doors = Doors.shared();

    @Test
    void an_import_is_stored_whole_and_later_lines_build_on_earlier_ones() {
        String id = doors.newId();
        Answer answer =
                doors.importing(
                        "/v1/import",
                        Doors.opening(id)
                                + "\n\n  \r\n"
                                + Doors.announcement(id, "One", "2024-04-01")
                                + "\r\n"
                                + Doors.announcement(id, "Two", "2024-04-02"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.items()).containsExactly(line(1, id, 1), line(4, id, 2), line(5, id, 3));
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(3);
    }

    private static Map<String, Object> line(int number, String id, int sequence) {
        return Map.of(
                "line", number,
                "status", 201,
                "agreementId", id,
                "sequence", sequence,
                "location", "/v1/agreements/" + id + "/entries/" + sequence);
    }

    @Test
    void an_import_whose_900th_line_is_malformed_leaves_nothing() {
        String id = doors.newId();
        Answer answer = refused(id, Doors.announcement(id, "Day", "2024-04-31"), 400);
        assertThat(answer.json())
                .containsEntry("type", "/problems/malformed")
                .containsEntry("line", 900)
                .containsEntry("pointer", "/occurredOn");
    }

    @Test
    void an_import_whose_900th_line_is_not_json_leaves_nothing() {
        String id = doors.newId();
        Answer answer = refused(id, "{'kind': 'announcement', 'kind': 'announcement'}", 400);
        assertThat(answer.json())
                .containsEntry("type", "/problems/malformed")
                .containsEntry("line", 900);
    }

    @Test
    void an_import_whose_900th_line_a_rule_refuses_leaves_nothing() {
        String id = doors.newId();
        Answer answer =
                refused(
                        id,
                        """
                        {"kind": "amendment", "agreementId": "%s", "title": "None", "occurredOn": "2024-09-01", "terms": [{"action": "retire", "key": "no.such"}]}\
                        """
                                .formatted(id),
                        422);
        assertThat(answer.json())
                .containsEntry("type", "/problems/term-not-in-force")
                .containsEntry("line", 900)
                .containsEntry("pointer", "/terms/0/key");
    }

    /** There a 404 would say that there is no import. */
    @Test
    void an_import_for_an_unknown_agreement_is_refused_as_such() {
        String id = doors.newId();
        Answer answer = refused(id, Doors.announcement("no-such", "Hello", "2024-04-01"), 422);
        assertThat(answer.json())
                .containsEntry("type", "/problems/agreement-unknown")
                .containsEntry("line", 900);
    }

    private Answer refused(String id, String line900, int status) {
        long newest = doors.newest();
        Answer answer = doors.importing("/v1/import", thousandLines(id, line900));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(doors.newest()).isEqualTo(newest);
        assertThat(doors.get("/v1/agreements/" + id).status()).isEqualTo(404);
        return answer;
    }

    private static String thousandLines(String id, String line900) {
        return IntStream.rangeClosed(1, 1_000)
                .mapToObj(number ->
                        switch (number) {
                            case 1 -> Doors.opening(id);
                            case 900 -> line900;
                            default -> Doors.announcement(id, "No. " + number, "2024-04-01");
                        })
                .collect(Collectors.joining("\n"));
    }

    @Test
    void each_line_by_itself_is_stored_or_says_why_not() {
        String id = doors.newId();
        Answer answer =
                doors.importing(
                        "/v1/import?mode=each",
                        String.join(
                                "\n",
                                Doors.opening(id),
                                Doors.opening(id),
                                "nonsense",
                                "",
                                Doors.announcement(id, "One", "2024-04-01"),
                                Doors.announcement(id, "Two", "2024-13-01")),
                        "Accept",
                        "application/x-ndjson");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
        List<Map<String, Object>> lines = answer.lines();
        assertThat(lines).extracting(it -> it.get("line")).containsExactly(1, 2, 3, 5, 6);
        assertThat(lines)
                .extracting(it -> it.get("status"))
                .containsExactly(201, 409, 400, 201, 400);
        assertThat(lines.get(3)).isEqualTo(line(5, id, 2));
        assertThat(lines.get(1).get("problem").toString())
                .contains("/problems/agreement-exists", "line=2");
        assertThat(lines.get(4).get("problem").toString())
                .contains("pointer=/occurredOn", "line=6");
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void a_repeated_import_is_stored_once() {
        String id = doors.newId();
        String lines = Doors.opening(id) + "\n" + Doors.announcement(id, "One", "2024-04-01");
        Answer first = doors.importing("/v1/import", lines, "Idempotency-Key", "import" + id);
        Answer again = doors.importing("/v1/import", lines, "Idempotency-Key", "import" + id);

        assertThat(again)
                .extracting(Answer::status, Answer::body)
                .containsExactly(200, first.body());
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void a_longer_import_under_the_same_key_is_refused() {
        String id = doors.newId();
        String lines = Doors.opening(id) + "\n" + Doors.announcement(id, "One", "2024-04-01");
        doors.importing("/v1/import", lines, "Idempotency-Key", "longer" + id);
        Answer longer =
                doors.importing(
                        "/v1/import",
                        lines + "\n" + Doors.announcement(id, "Two", "2024-04-01"),
                        "Idempotency-Key",
                        "longer" + id);
        assertThat(longer.json())
                .containsEntry("type", "/problems/key-reused")
                .containsEntry("status", 422)
                .containsEntry("line", 1);
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void a_key_of_an_import_is_a_key_of_single_entries_too() {
        String id = doors.newId();
        String key = "k".repeat(255 - id.length()) + id;
        doors.importing(
                "/v1/import",
                Doors.opening(id) + "\n" + Doors.announcement(id, "One", "2024-04-01"),
                "Idempotency-Key",
                key);
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        Doors.announcement(id, "Two", "2024-04-01"),
                                        "Idempotency-Key",
                                        key)
                                .json())
                .containsEntry("type", "/problems/key-reused");
        assertThat(doors.get(doors.entriesOf(id)).items()).hasSize(2);
    }

    @Test
    void an_import_that_expects_a_sequence_is_refused_since_nothing_would_heed_it() {
        Answer answer =
                doors.importing("/v1/import", Doors.opening(doors.newId()), "If-Match", "\"1\"");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("The header If-Match has no meaning here.");
    }

    @Test
    void an_import_with_nothing_in_it_is_refused() {
        assertThat(doors.importing("/v1/import", "").status()).isEqualTo(400);
        assertThat(doors.importing("/v1/import", " \n\n").status()).isEqualTo(400);
    }

    @Test
    void an_import_in_another_form_or_mode_is_refused() {
        assertThat(doors.post("/v1/import", "{}").status()).isEqualTo(415);
        assertThat(doors.importing("/v1/import?mode=some", "{}").json())
                .containsEntry("parameter", "mode")
                .containsEntry("detail", "mode: 'some' is none of all-or-nothing, each.");
    }

    @Test
    void an_import_of_more_than_64_megabytes_and_a_line_of_more_than_1_are_refused() {
        String id = doors.newId();
        String longLine = Doors.announcement(id, "x".repeat(1_100_000), "2024-04-01");
        Answer answer = refused(id, longLine, 413);
        assertThat(answer.json()).containsEntry("line", 900);

        byte[] huge = new byte[65 * 1024 * 1024];
        Arrays.fill(huge, (byte) ' ');
        assertThat(
                        doors.send(
                                        "POST",
                                        "/v1/import",
                                        BodyPublishers.ofByteArray(huge),
                                        "Content-Type",
                                        "application/x-ndjson")
                                .status())
                .isEqualTo(413);
    }
}
