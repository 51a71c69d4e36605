package org.agreementledger.api.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Counts over time and days without change, as flat rows. */
class SeriesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Doors doors = Doors.shared();

    private static List<Map<String, Object>> rows(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JSON.readValue(answer.body(), new TypeReference<>() {});
    }

    /** Opened on 2024-03-01, two announcements in April, and a claim that is false in June. */
    private String eventful() {
        String id = doors.opened();
        List.of(
                        Doors.announcement(id, "One", "2024-04-01"),
                        Doors.announcement(id, "Two", "2024-04-30"),
                        """
                        {'kind': 'announcement', 'occurredOn': '2024-06-15', 'title': 'Claims',
                         'speakers': [{'id': 'acme', 'name': 'Acme'}],
                         'terms': [{'action': 'reaffirm', 'key': 'price.unit'},
                                   {'action': 'reaffirm', 'key': 'supply.exclusivity',
                                    'value': {'type': 'flag', 'flag': false}}]}\
                        """)
                .forEach(it ->
                        assertThat(doors.post(doors.entriesOf(id), it).status()).isEqualTo(201));
        return id;
    }

    @Test
    void a_row_for_each_month_says_how_many_of_each_kind_there_were() {
        String id = eventful();

        List<Map<String, Object>> rows =
                rows(doors.get("/v1/series?by=kind&from=2024-03-01&to=2024-06-30&agreement=" + id));

        assertThat(rows)
                .extracting(row -> row.get("time"))
                .containsExactly(
                        "2024-03-01T00:00:00Z",
                        "2024-04-01T00:00:00Z",
                        "2024-05-01T00:00:00Z",
                        "2024-06-01T00:00:00Z");
        assertThat(rows).extracting(row -> row.get("announcement")).containsExactly(0, 2, 0, 1);
        assertThat(rows).extracting(row -> row.get("opening")).containsExactly(1, 0, 0, 0);
        assertThat(rows.getFirst())
                .containsOnlyKeys(
                        "time",
                        "opening",
                        "announcement",
                        "fundingRound",
                        "partnership",
                        "amendment",
                        "closing",
                        "correction",
                        "withdrawal",
                        "confirmation");
    }

    @Test
    void verdicts_effects_and_all_together_are_counted_too() {
        String of = "&per=day&from=2024-06-15&to=2024-06-15&agreement=" + eventful();

        assertThat(rows(doors.get("/v1/series?by=verdict" + of)).getFirst())
                .containsExactly(
                        entry("time", "2024-06-15T00:00:00Z"),
                        entry("upheld", 1),
                        entry("reworded", 0),
                        entry("contradicted", 1),
                        entry("unknownTerm", 0));
        assertThat(rows(doors.get("/v1/series?by=effect" + of)).getFirst())
                .containsEntry("unchanged", 1)
                .containsEntry("changed", 0);
        assertThat(rows(doors.get("/v1/series?kind=announcement" + of)))
                .containsExactly(Map.of("time", "2024-06-15T00:00:00Z", "entries", 1));
    }

    /**
     * Grafana's JSON data source takes a column for a time if each value has one of two forms, and
     * for a number if each is one; Infinity takes both as they come.
     */
    @Test
    void every_column_is_of_one_type_that_dashboards_know() {
        Pattern times =
                Pattern.compile(
                        "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d))?");
        eventful();

        assertThat(rows(doors.get("/v1/series?by=kind&per=week")))
                .hasSizeBetween(52, 54)
                .allSatisfy(row ->
                        assertThat(row)
                                .allSatisfy((name, value) -> {
                                    if (name.equals("time")) {
                                        assertThat((String) value).matches(times);
                                    } else {
                                        assertThat(value).isInstanceOf(Integer.class);
                                    }
                                }));
        assertThat(rows(doors.get("/v1/series/constancy")))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat((String) row.get("unchangedSince")).matches(times);
                    assertThat(row.get("days")).isInstanceOf(Integer.class);
                    assertThat(row.values())
                            .noneMatch(it -> it instanceof Map || it instanceof List);
                });
    }

    @Test
    void csv_and_ndjson_hold_the_same_rows() {
        String path = "/v1/series?by=effect&from=2024-03&to=2024-04-30&agreement=" + eventful();

        Answer csv = doors.get(path, "Accept", "text/csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.body())
                .isEqualTo(
                        "time,changed,corrected,disclosed,unchanged\r\n"
                                + "2024-03-01T00:00:00Z,1,0,0,0\r\n"
                                + "2024-04-01T00:00:00Z,0,0,0,2\r\n");
        assertThat(doors.get(path, "Accept", "application/x-ndjson").lines())
                .isEqualTo(rows(doors.get(path)));
    }

    @Test
    void days_without_change_are_told_of_each_agreement() {
        String id = eventful();

        List<Map<String, Object>> rows =
                rows(doors.get("/v1/series/constancy?validOn=2024-07-01&agreement=" + id));

        assertThat(rows)
                .containsExactly(
                        Map.of(
                                "agreementId",
                                id,
                                "title",
                                "Acme and Globex",
                                "status",
                                "in-force",
                                "unchangedSince",
                                "2024-03-01",
                                "days",
                                122,
                                "termsInForce",
                                2,
                                "changes",
                                1,
                                "contradictions",
                                1));
        assertThat(rows(doors.get("/v1/series/constancy?validOn=2024-07-01&party=acme")))
                .containsAll(rows);
        assertThat(rows(doors.get("/v1/series/constancy?party=nobody&agreement=" + id))).isEmpty();
        assertThat(rows(doors.get("/v1/series/constancy?validOn=2024-02-29&agreement=" + id)))
                .singleElement()
                .satisfies(row ->
                        assertThat(row)
                                .containsEntry("status", "pending")
                                .containsEntry("unchangedSince", null)
                                .containsEntry("days", null));
        assertThat(doors.get("/v1/series/constancy?agreement=" + id, "Accept", "text/csv").body())
                .startsWith("agreementId,title,status,unchangedSince,days,");
    }

    @ParameterizedTest
    @CsvSource({"/v1/series?by=kind&per=day", "/v1/series/constancy"})
    void who_has_the_newest_rows_is_told_so_until_something_is_recorded(String path) {
        doors.opened();
        Answer first = doors.get(path);
        String tag = first.header("ETag");

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(first.header("Vary")).contains("Accept");
        assertThat(doors.get(path, "If-None-Match", tag).status()).isEqualTo(304);
        assertThat(doors.get(path, "If-None-Match", tag, "Accept", "text/csv").status())
                .isEqualTo(200);
        doors.opened();
        assertThat(doors.get(path, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void what_was_known_at_a_moment_stays_as_it_was_counted() {
        String id = eventful();
        String path =
                "/v1/series?from=2024-01-01&to=2024-12-31&agreement=%s&knownAt=@%d"
                        .formatted(id, doors.newest());
        Answer then = doors.get(path);

        doors.post(doors.entriesOf(id), Doors.announcement(id, "Later", "2024-05-01"));

        assertThat(doors.get(path).body()).isEqualTo(then.body());
        assertThat(doors.get(path.replaceAll("&knownAt.*", "")).body()).isNotEqualTo(then.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/series?per=year                          | 400 | per       | none of day, week, month",
                "/v1/series?by=mood                           | 400 | by        | none of kind, effect, verdict",
                "/v1/series?dated=effective                   | 400 | dated     | none of occurred, recorded",
                "/v1/series?from=2025-02-01&to=2025-01-31     | 400 | from      | is after to",
                "/v1/series?per=day&from=1990-01-01&to=2025-01-01 | 400 | per   | at most 10,000",
                "/v1/series?from=yesterday                    | 400 | from      | yesterday",
                "/v1/series?occurredFrom=2024-01-01           | 400 | occurredFrom | not known here",
                "/v1/series?agreement=nowhere                 | 404 |           | no agreement nowhere",
                "/v1/series/constancy?agreement=nowhere       | 404 |           | no agreement nowhere",
                "/v1/series/constancy?validOn=soon            | 400 | validOn   | soon"
            })
    void what_cannot_be_answered_is_refused(
            String path, int status, String parameter, String detail) {
        Answer answer = doors.get(path);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().get("parameter")).isEqualTo(parameter);
        assertThat(answer.json().get("detail")).asString().contains(detail);
        assertThat(answer.header("ETag")).isEmpty();
    }

    @Test
    void ten_thousand_rows_are_answered() {
        assertThat(rows(doors.get("/v1/series?per=day&from=1999-01-01&to=2026-05-18")))
                .hasSize(10_000);
    }
}
