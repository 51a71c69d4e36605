package org.agreementledger.api.agreements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7089, hop by hop. */
class MementoTest {

    private static String original;
    private static String id;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void an_agreement_turns_three_times() {
        Doors doors = Doors.shared();
        id = doors.opened();
        original = "/v1/agreements/" + id;
        for (String entry :
                List.of(
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-09-01', 'title': 'Cheaper',
                         'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.', 'validTo': '2025-02-01'}]}\
                        """,
                        """
                        {'kind': 'amendment', 'occurredOn': '2024-10-01', 'effectiveOn': '9000-01-01', 'title': 'In times to come',
                         'terms': [{'action': 'retire', 'key': 'supply.exclusivity'}]}\
                        """)) {
            assertThat(doors.post(doors.entriesOf(id), entry).status()).isEqualTo(201);
        }
    }

    private record Link(String target, Map<String, String> attributes) {
        boolean is(String relation) {
            return List.of(attributes.getOrDefault("rel", "").split(" ")).contains(relation);
        }
    }

    /** Strict: anything but links of RFC 8288 with quoted attributes, joined by commas, fails. */
    private static List<Link> links(String text) {
        Matcher matcher =
                Pattern.compile("\\G(?:^|,\\s+)<([^>\\s]+)>((?:; [a-z]+=\"[^\"]*\")+)")
                        .matcher(text.strip());
        List<Link> links = new ArrayList<>();
        int end = 0;
        while (matcher.find()) {
            Map<String, String> attributes = new HashMap<>();
            Matcher one = Pattern.compile("; ([a-z]+)=\"([^\"]*)\"").matcher(matcher.group(2));
            while (one.find()) {
                attributes.put(one.group(1), one.group(2));
            }
            links.add(new Link(matcher.group(1), attributes));
            end = matcher.end();
        }
        assertThat(end).as(text).isEqualTo(text.strip().length());
        return links;
    }

    private static Link the(String relation, List<Link> links) {
        List<Link> found = links.stream().filter(link -> link.is(relation)).toList();
        assertThat(found).as("%s in %s", relation, links).hasSize(1);
        return found.getFirst();
    }

    private static LocalDate day(String datetime) {
        ZonedDateTime instant = ZonedDateTime.parse(datetime, DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(instant.toLocalTime()).isEqualTo("00:00");
        return instant.toLocalDate();
    }

    @Test
    void the_original_leads_to_a_memento_its_neighbours_and_the_timemap() {
        Answer plain = doors.get(original);
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.header("Vary")).isEqualTo("Accept-Datetime");
        assertThat(plain.header("Memento-Datetime")).isEmpty();
        Link gate = the("timegate", links(plain.header("Link")));
        assertThat(gate.target()).isEqualTo(original);

        Answer sent = doors.get(gate.target(), "Accept-Datetime", "Tue, 01 Oct 2024 12:00:00 GMT");
        assertThat(sent.status()).isEqualTo(302);
        assertThat(sent.header("Vary")).isEqualTo("Accept-Datetime");
        assertThat(sent.header("Memento-Datetime")).isEmpty();
        assertThat(the("original", links(sent.header("Link"))).target()).isEqualTo(original);

        Answer memento = doors.get(sent.header("Location"));
        assertThat(memento.status()).isEqualTo(200);
        assertThat(memento.header("Memento-Datetime")).isEqualTo("Tue, 01 Oct 2024 00:00:00 GMT");
        List<Link> links = links(memento.header("Link"));
        assertThat(the("original", links)).isEqualTo(the("timegate", links));
        assertThat(day(the("prev", links).attributes().get("datetime"))).isEqualTo("2024-09-01");
        assertThat(day(the("next", links).attributes().get("datetime"))).isEqualTo("2025-02-01");
        assertThat(the("first", links).attributes()).containsEntry("rel", "first memento");
        assertThat(the("last", links)).isEqualTo(the("next", links));

        Answer map = doors.get(the("timemap", links).target());
        assertThat(map.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/link-format");
        List<Link> listed = links(map.body());
        assertThat(the("self", listed).attributes())
                .containsEntry("from", "Fri, 01 Mar 2024 00:00:00 GMT")
                .containsEntry("until", "Sat, 01 Feb 2025 00:00:00 GMT");
        List<Link> mementos = listed.stream().filter(link -> link.is("memento")).toList();
        assertThat(mementos).hasSize(3);
        for (Link link : mementos) {
            Answer answer = doors.get(link.target());
            String datetime = link.attributes().get("datetime");
            assertThat(answer.header("Memento-Datetime")).isEqualTo(datetime);
            assertThat(answer.json().get("terms"))
                    .isEqualTo(
                            doors.get(original + "?validOn=" + day(datetime)).json().get("terms"));
        }
    }

    @Test
    void a_memento_stays_as_it_is_whatever_is_recorded_later() {
        String own = doors.opened();
        String location =
                doors.get(
                                "/v1/agreements/" + own,
                                "Accept-Datetime",
                                "Sat, 01 Jun 2024 00:00:00 GMT")
                        .header("Location");
        Answer before = doors.get(location);
        doors.post(
                doors.entriesOf(own),
                """
                {'kind': 'amendment', 'occurredOn': '2024-04-01', 'title': 'Free',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': 'Free.'}]}\
                """);
        Answer after = doors.get(location);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void entries_of_other_agreements_move_no_address() {
        String date = "Tue, 01 Oct 2024 12:00:00 GMT";
        String before = doors.get(original, "Accept-Datetime", date).header("Location");
        doors.opened();
        assertThat(doors.get(original, "Accept-Datetime", date).header("Location"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Jan 1995 00:00:00 GMT | 2024-03-01",
                "Sun, 01 Sep 2024 00:00:00 GMT | 2024-09-01",
                "Sat, 31 Aug 2024 23:59:59 GMT | 2024-08-31",
                "Sat, 31 Aug 2024 23:59:59 -0100 | 2024-09-01",
                "Tue, 01 Jan 2999 00:00:00 GMT | today"
            })
    void any_day_leads_to_the_nearest_memento(String datetime, String day) {
        String expected = day.equals("today") ? LocalDate.now(ZoneOffset.UTC).toString() : day;
        Answer answer = doors.get(original, "Accept-Datetime", datetime);
        assertThat(answer.header("Location")).startsWith(original + "?validOn=" + expected + "&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2024-09-01",
                "Mon, 01 Sep 2024 00:00:00 GMT",
                "Sun, 32 Sep 2024 00:00:00 GMT"
            })
    void a_date_that_does_not_parse_is_refused(String datetime) {
        Answer answer = doors.get(original, "Accept-Datetime", datetime);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("RFC 1123", "Accept-Datetime");
    }

    @Test
    void an_address_that_names_a_day_or_a_moment_has_chosen_already() {
        for (String query : List.of("?validOn=2024-09-01", "?knownAt=now", "?validOn=today")) {
            Answer answer =
                    doors.get(original + query, "Accept-Datetime", "Tue, 01 Oct 2024 12:00:00 GMT");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Memento-Datetime")).isEmpty();
        }
    }

    @Test
    void a_day_to_come_is_no_memento() {
        String newest = "&knownAt=@" + doors.newest();
        assertThat(doors.get(original + "?validOn=9000-01-01" + newest).header("Memento-Datetime"))
                .isEmpty();
        assertThat(doors.get(original + "?validOn=2024-01-01" + newest).header("Memento-Datetime"))
                .isEqualTo("Mon, 01 Jan 2024 00:00:00 GMT");
    }

    @Test
    void what_is_unknown_has_neither_a_past_nor_a_map() {
        assertThat(doors.get("/v1/agreements/nobodys/timemap", "Accept", "*/*").status())
                .isEqualTo(404);
        assertThat(
                        doors.get(
                                        "/v1/agreements/nobodys",
                                        "Accept-Datetime",
                                        "Tue, 01 Oct 2024 12:00:00 GMT")
                                .status())
                .isEqualTo(404);
    }
}
