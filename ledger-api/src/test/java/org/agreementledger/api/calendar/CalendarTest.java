package org.agreementledger.api.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.List;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates that matter, as a list and as a calendar that another library reads back. */
class CalendarTest {

    private static final String TITLE =
            "Lease; of the workshop, \u05e9\u05dc\u05d5\u05dd \ud83d\ude80, with a title so long that its line has to be folded more than once \ud83d\ude80\ud83d\ude80\ud83d\ude80";

    private final Doors doors = Doors.shared();

    /** A lease with a rent from 2031 on, a permit until 2032, and a notice period. */
    private String lease() {
        String id = doors.newId();
        Answer answer =
                doors.post(
                        "/v1/agreements",
                        """
                        {"kind": "opening", "agreementId": "%s", "title": "%s", "occurredOn": "2020-01-01",
                         "parties": [{"id": "%s-tenant", "name": "Tenant"}, {"id": "landlord", "name": "Landlord"}],
                         "terms": [
                          {"action": "introduce", "key": "rent", "statement": "100 a month, paid\\\\nin advance; in cash."},
                          {"action": "introduce", "key": "permit", "statement": "A permit.", "validTo": "2032-05-01"},
                          {"action": "introduce", "key": "notice", "statement": "Three months.", "validFrom": "2030-02-01"}]}\
                        """
                                .formatted(id, TITLE, id));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        """
                                        {"kind": "amendment", "title": "First", "occurredOn": "2021-01-01", "effectiveOn": "2031-01-01",
                                         "terms": [{"action": "change", "key": "rent", "statement": "200 a month."}]}\
                                        """)
                                .status())
                .isEqualTo(201);
        assertThat(
                        doors.post(
                                        doors.entriesOf(id),
                                        """
                                        {"kind": "amendment", "title": "Second", "occurredOn": "2021-02-01", "effectiveOn": "2033-01-01",
                                         "terms": [{"action": "retire", "key": "notice"}]}\
                                        """)
                                .status())
                .isEqualTo(201);
        return id;
    }

    @Test
    void terms_that_start_change_lapse_and_retire_are_listed_by_day() {
        String id = lease();

        Answer answer = doors.get("/v1/upcoming?from=2029-01-01&to=2040-01-01&agreement=" + id);

        assertThat(answer.items())
                .extracting(date -> date.get("on") + " " + date.get("key") + " " + date.get("what"))
                .containsExactly(
                        "2030-02-01 notice starts",
                        "2031-01-01 rent changes",
                        "2032-05-01 permit lapses",
                        "2033-01-01 notice retires");
        assertThat(answer.items().getLast().get("endedBy")).asString().contains("Second");
    }

    @Test
    void pages_lead_through_all_dates_once() {
        String id = lease();
        String all = "/v1/upcoming?from=2029-01-01&to=2040-01-01&stale=P1Y&agreement=" + id;

        String next = all + "&limit=1";
        StringBuilder met = new StringBuilder();
        while (!next.isEmpty()) {
            Answer page = doors.get(next);
            page.items().forEach(met::append);
            next = page.header("Link").replaceAll("^<([^>]*)>.*$", "$1");
        }

        StringBuilder expected = new StringBuilder();
        doors.get(all).items().forEach(expected::append);
        assertThat(met.toString()).isEqualTo(expected.toString()).contains("stale");
    }

    @Test
    void a_term_nobody_has_spoken_of_for_a_year_is_stale_until_somebody_upholds_it() {
        String id = lease();
        String stale = "/v1/upcoming?from=2022-06-01&to=2022-06-01&stale=P1Y&agreement=" + id;

        assertThat(doors.get(stale).items())
                .extracting(date -> date.get("key") + " since " + date.get("since"))
                .containsExactly("permit since 2020-01-01", "rent since 2020-01-01");

        doors.post(
                doors.entriesOf(id),
                """
                {"kind": "announcement", "title": "Said again", "occurredOn": "2022-01-01", "speakers": [{"id": "landlord", "name": "Landlord"}],
                 "terms": [{"action": "reaffirm", "key": "rent"}]}\
                """);

        assertThat(doors.get(stale).items())
                .extracting(date -> date.get("key"))
                .containsExactly("permit");
    }

    @Test
    void a_calendar_program_reads_the_same_dates() throws IOException {
        String id = lease();

        Answer answer =
                doors.get("/v1/calendar.ics?from=2029-01-01&to=2040-01-01&party=" + id + "-tenant");

        assertThat(answer.header("Content-Type")).isEqualTo("text/calendar;charset=UTF-8");
        assertThat(answer.body().split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length)
                                .isLessThanOrEqualTo(75));
        try (ICalReader reader = new ICalReader(answer.body())) {
            ICalendar calendar = reader.readNext();
            assertThat(reader.getWarnings()).isEmpty();
            assertThat(calendar.validate(ICalVersion.V2_0).isEmpty()).isTrue();
            List<VEvent> events = calendar.getEvents();
            assertThat(events)
                    .extracting(event -> day(event) + " " + event.getSummary().getValue())
                    .containsExactly(
                            "2030-02-01 " + TITLE + ": notice starts",
                            "2031-01-01 " + TITLE + ": rent changes",
                            "2032-05-01 " + TITLE + ": permit lapses",
                            "2033-01-01 " + TITLE + ": notice retires");
            assertThat(events)
                    .extracting(event -> event.getUid().getValue())
                    .doesNotHaveDuplicates();
            assertThat(events.get(1).getDateStart().getValue().hasTime()).isFalse();
        }
        assertThat(Biweekly.parse(answer.body()).all()).hasSize(1);
    }

    private static String day(VEvent event) {
        return new SimpleDateFormat("yyyy-MM-dd").format(event.getDateStart().getValue());
    }

    @Test
    void an_unchanged_calendar_is_the_same_bytes() {
        String calendar = "/v1/calendar.ics?from=2029-01-01&to=2040-01-01&agreement=" + lease();
        Answer first = doors.get(calendar);

        assertThat(doors.get(calendar).body()).isEqualTo(first.body());
        assertThat(doors.get(calendar, "If-None-Match", first.header("ETag")).status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from=2030-01-02&to=2030-01-01 | from 2030-01-02 is after to 2030-01-01",
                "from=2030-02-30 | 2030-02-30",
                "from=2030-01-01&to=2131-01-01 | more than 100 years",
                "stale=soon | not a period of ISO 8601",
                "stale=P0D | is no time ago",
                "stale=-P1Y | is no time ago",
                "knownAt=2999-01-01T00:00:00Z | later than now",
                "after=x | cursor",
                "until=2030-01-01 | not known here"
            })
    void what_cannot_be_asked_is_named(String query, String said) {
        Answer answer = doors.get("/v1/upcoming?" + query);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("detail")).asString().contains(said);
    }

    @Test
    void an_agreement_that_is_not_there_has_no_dates() {
        assertThat(doors.get("/v1/calendar.ics?agreement=no-such").status()).isEqualTo(404);
    }
}
