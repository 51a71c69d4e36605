package org.agreementledger.api.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {

    private static final String AWKWARD =
            "Prices, fees; and \\\\ more: \\n a second line, 🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆 äöü 日本語日本語日本語日本語日本語日本語日本語.";

    private static String id;
    private static String window;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void an_agreement_has_a_future() {
        Doors doors = Doors.shared();
        id = doors.opened();
        window = "?from=2025-01-01&to=2060-01-01";
        for (String entry :
                List.of(
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Years ahead',
                         'terms': [{'action': 'introduce', 'key': 'fee.yearly', 'statement': '%s', 'validFrom': '2031-01-01', 'validTo': '2041-01-01',
                                    'value': {'type': 'money', 'amount': '5', 'currency': 'USD'}},
                                   {'action': 'retire', 'key': 'price.unit', 'validFrom': '2035-05-05'}]}\
                        """
                                .formatted(AWKWARD),
                        """
                        {'kind': 'announcement', 'occurredOn': '2024-12-24', 'title': 'As ever', 'speakers': [{'id': 'acme', 'name': 'Acme'}],
                         'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity'}]}\
                        """,
                        """
                        {'kind': 'closing', 'occurredOn': '2024-12-31', 'effectiveOn': '2050-01-01', 'title': 'The end', 'how': 'expired'}\
                        """)) {
            Answer answer = doors.post(doors.entriesOf(id), entry);
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    private Stream<String> dates(String query) {
        Answer answer = doors.get("/v1/upcoming" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.items().stream().map(CalendarTest::line);
    }

    private static String line(Map<String, Object> date) {
        return "%s %s %s%s"
                .formatted(
                        date.get("on"),
                        date.get("what"),
                        date.get("key"),
                        date.get("since") == null ? "" : " since " + date.get("since"));
    }

    @Test
    void what_starts_lapses_retires_and_closes_is_told_by_day() {
        assertThat(dates(window + "&agreement=" + id))
                .containsExactly(
                        "2031-01-01 starts fee.yearly",
                        "2035-05-05 retires price.unit",
                        "2041-01-01 lapses fee.yearly",
                        "2050-01-01 closes supply.exclusivity");
    }

    @Test
    void a_date_says_what_it_is_about() {
        Map<String, Object> start =
                doors.get("/v1/upcoming?from=2031-01-01&to=2031-01-01&agreement=" + id)
                        .items()
                        .getFirst();
        assertThat(start.get("value").toString()).contains("amount=5");
        assertThat(start.get("setBy").toString()).contains("sequence=2", "Years ahead");
        assertThat(start).containsEntry("title", "Acme and Globex");
    }

    @Test
    void what_nobody_has_set_or_upheld_for_longer_than_asked_is_stale() {
        String on = "?from=2025-06-01&to=2025-06-01&agreement=" + id;
        assertThat(dates(on)).isEmpty();
        assertThat(dates(on + "&stale=P6M"))
                .containsExactly("2025-06-01 stale price.unit since 2024-03-01");
        assertThat(dates(on + "&stale=P5M"))
                .containsExactly(
                        "2025-06-01 stale price.unit since 2024-03-01",
                        "2025-06-01 stale supply.exclusivity since 2024-12-24");
        assertThat(dates(on + "&stale=P10Y")).isEmpty();
    }

    @Test
    void dates_are_filtered_by_party_and_by_what_was_known() {
        assertThat(dates(window + "&party=globex&agreement=" + id)).hasSize(4);
        assertThat(dates(window + "&party=hooli&agreement=" + id)).isEmpty();
        Object opened = doors.get(doors.entriesOf(id) + "/1").json().get("position");
        assertThat(dates(window + "&agreement=" + id + "&knownAt=@" + opened)).isEmpty();
    }

    @Test
    void dates_page_and_each_is_there_once() {
        List<String> paged = new ArrayList<>();
        Optional<String> next = Optional.of("/v1/upcoming" + window + "&limit=3&agreement=" + id);
        while (next.isPresent()) {
            Answer page = doors.get(next.get());
            page.items().forEach(item -> paged.add(line(item)));
            next =
                    page.headers()
                            .firstValue("Link")
                            .map(link -> link.substring(1, link.indexOf('>')));
        }
        assertThat(paged).isEqualTo(dates(window + "&agreement=" + id).toList()).hasSize(4);
    }

    @Test
    void another_library_reads_the_calendar_back() {
        Answer answer = doors.get("/v1/agreements/" + id + "/calendar.ics" + window);
        assertThat(answer.header("Content-Type")).startsWith("text/calendar");
        ICalendar calendar = Biweekly.parse(answer.body()).first();
        assertThat(calendar.validate(biweekly.ICalVersion.V2_0).isEmpty())
                .as(calendar.validate(biweekly.ICalVersion.V2_0).toString())
                .isTrue();
        assertThat(calendar.getEvents()).hasSize(4);
        VEvent start = calendar.getEvents().getFirst();
        assertThat(start.getDateStart().getValue().getRawComponents().toString())
                .startsWith("20310101");
        assertThat(start.getDateStart().getValue().hasTime()).isFalse();
        assertThat(start.getDescription().getValue())
                .startsWith(AWKWARD.replace("\\\\", "\\").replace("\\n", "\n"));
        assertThat(start.getSummary().getValue()).isEqualTo("fee.yearly starts: Acme and Globex");
        assertThat(start.getUrl().getValue())
                .startsWith("http://")
                .endsWith("/v1/agreements/" + id + "/terms/fee.yearly?validOn=2031-01-01");
        assertThat(calendar.getEvents().stream().map(e -> e.getUid().getValue()))
                .doesNotHaveDuplicates();
    }

    @Test
    void lines_are_folded_at_75_octets_and_no_letter_is_cut() {
        String file = doors.get("/v1/agreements/" + id + "/calendar.ics" + window).body();
        assertThat(file).endsWith("END:VCALENDAR\r\n").doesNotContain("\uFFFD");
        assertThat(file.split("\r\n"))
                .allSatisfy(line -> {
                    assertThat(line.getBytes(StandardCharsets.UTF_8).length)
                            .isLessThanOrEqualTo(75);
                    assertThat(line).doesNotContain("\n", "\r");
                });
    }

    @Test
    void equal_dates_are_equal_bytes() {
        String path = "/v1/calendar.ics" + window + "&agreement=" + id;
        Answer one = doors.get(path);
        doors.opened();
        Answer other = doors.get(path);
        assertThat(other.body()).isEqualTo(one.body());
        assertThat(other.header("ETag")).isEqualTo(one.header("ETag")).startsWith("\"");
        assertThat(doors.get(path, "If-None-Match", one.header("ETag")).status()).isEqualTo(304);
        assertThat(one.body())
                .isEqualTo(doors.get("/v1/agreements/" + id + "/calendar.ics" + window).body());
    }

    @Test
    void a_calendar_without_dates_is_one() {
        Answer answer = doors.get("/v1/calendar.ics?from=9000-01-01&agreement=" + id);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(Biweekly.parse(answer.body()).first().getEvents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2026-02-01&to=2026-01-01 | from",
                "from=2026-02-01&to=2126-02-02 | to",
                "stale=1Y | stale",
                "stale=P0D | stale",
                "stale=P-1Y | stale",
                "stale=P1Y-1D | stale",
                "stale=P101Y | stale",
                "stale=P99999999999999Y | stale",
                "from=2026-02-30 | from",
                "to=soon | to",
                "party=ACME | party",
                "agreement=No! | agreement",
                "knownAt=@9999999 | knownAt",
                "standing=some | standing",
                "what=starts | what"
            })
    void a_bad_parameter_is_named(String query, String parameter) {
        for (String path : List.of("/v1/upcoming?", "/v1/calendar.ics?")) {
            Answer answer = doors.get(path + query);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json()).containsEntry("parameter", parameter);
        }
    }

    @ParameterizedTest
    @CsvSource({"after=x", "after=2026-01-01", "limit=0", "limit=1001"})
    void a_page_that_is_none_is_refused(String query) {
        assertThat(doors.get("/v1/upcoming?" + query).status()).isEqualTo(400);
    }

    @Test
    void an_unknown_agreement_has_no_calendar() {
        assertThat(doors.get("/v1/agreements/nobodys/calendar.ics").status()).isEqualTo(404);
    }
}
