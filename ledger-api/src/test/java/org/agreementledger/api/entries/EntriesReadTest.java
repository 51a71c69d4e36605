package org.agreementledger.api.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntriesReadTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private static String id;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void some_entries_are_recorded() {
        Doors doors = Doors.shared();
        id = doors.opened();
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'funding-round', 'occurredOn': '2024-05-01', 'title': 'Round', 'ref': 'round-a',
                 'recipient': {'id': 'globex', 'name': 'Globex'}, 'investors': [{'id': 'initech', 'name': 'Initech'}],
                 'terms': [{'action': 'reaffirm', 'key': 'supply.exclusivity', 'value': {'type': 'flag', 'flag': false}}]}\
                """);
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'announcement', 'occurredOn': '2024-06-01', 'title': 'Rumour', 'standing': 'reported',
                 'speakers': [{'id': 'hooli', 'name': 'Hooli'}]}\
                """);
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'amendment', 'occurredOn': '2024-07-01', 'title': 'Cheaper',
                 'terms': [{'action': 'change', 'key': 'price.unit', 'statement': '9 dollars each.'}]}\
                """);
    }

    @Test
    void an_entry_is_found_by_its_sequence_and_by_its_position() {
        Answer bySequence = doors.get(doors.entriesOf(id) + "/4");
        assertThat(bySequence.json()).containsEntry("title", "Cheaper");
        assertThat(doors.get("/v1/entries/" + bySequence.json().get("position")).body())
                .isEqualTo(bySequence.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind=funding-round       | 2",
                "party=initech            | 2",
                "party=acme               | 1",
                "party=hooli              | 3",
                "actor=ada                | 1,2,3,4",
                "actor=bob                | ",
                "effect=changed           | 1,4",
                "verdict=contradicted     | 2",
                "verdict=upheld           | ",
                "term=price.unit          | 1,4",
                "standing=reported        | 3",
                "ref=round-a              | 2",
                "occurredFrom=2024-06     | 3,4",
                "occurredTo=2024-05-01    | 1,2",
                "occurredFrom=2024-05-01&occurredTo=2024-06-30 | 2,3",
                "recordedFrom=2024-01-01T00:00:00Z | 1,2,3,4",
                "recordedTo=2024-01-01T00:00:00Z   | ",
                "term=price.unit&kind=amendment    | 4",
                "q=dollars                | 1,4",
                "q=%22dollars+each%22+-nine | 1,4",
                "q=rum*+OR+cheaper        | 3,4",
                "q=chea*&term=price.unit  | 4",
                "category=no-such         | ",
            })
    void entries_are_found_by_what_they_are_and_say(String filter, String sequences) {
        Answer answer = doors.get("/v1/entries?agreement=" + id + "&" + filter);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(
                        answer.items().stream()
                                .map(item -> item.get("sequence").toString())
                                .collect(Collectors.joining(",")))
                .isEqualTo(sequences == null ? "" : sequences);
    }

    @Test
    void an_entry_that_is_searched_shows_where_the_words_stand() {
        Answer answer = doors.get(doors.entriesOf(id) + "?q=dollars+cheaper");

        assertThat(answer.items()).hasSize(1);
        assertThat(answer.items().getFirst().get("matches"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "pointer",
                                        "/title",
                                        "parts",
                                        List.of(Map.of("text", "Cheaper", "hit", true))),
                                Map.of(
                                        "pointer",
                                        "/terms/0/statement",
                                        "parts",
                                        List.of(
                                                Map.of("text", "9 ", "hit", false),
                                                Map.of("text", "dollars", "hit", true),
                                                Map.of("text", " each.", "hit", false)))));
        assertThat(doors.get(doors.entriesOf(id) + "?category=none").items()).isEmpty();
        assertThat(doors.get(doors.entriesOf(id)).body()).doesNotContain("matches");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q=         | empty",
                "q=*        | match everything",
                "q=-only    | only excludes",
                "q=%28a     | it breaks off",
                "q=title:a  | has no meaning",
                "q=%22      | stands alone",
            })
    void a_search_that_cannot_be_made_is_refused(String query, String reason) {
        for (String path : List.of("/v1/entries?", doors.entriesOf(id) + "?")) {
            Answer answer = doors.get(path + query);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json())
                    .containsEntry("type", "/problems/malformed")
                    .containsEntry("parameter", "q");
            assertThat(answer.json().get("detail").toString()).contains(reason);
        }
    }

    @Test
    void pages_neither_skip_nor_repeat_while_entries_are_added() {
        String paged = doors.opened();
        doors.importing(
                "/v1/import",
                IntStream.rangeClosed(2, 40)
                        .mapToObj(n -> Doors.announcement(paged, "No. " + n, "2024-04-01"))
                        .collect(Collectors.joining("\n")));
        for (String start :
                List.of(
                        doors.entriesOf(paged) + "?limit=7",
                        "/v1/entries?agreement=" + paged + "&party=acme&limit=7")) {
            List<Integer> sequences = new ArrayList<>();
            String next = start;
            int before =
                    doors.get("/v1/agreements/" + paged).json().get("sequence") instanceof Integer n
                            ? n
                            : 0;
            while (next != null) {
                Answer page = doors.get(next);
                page.items().forEach(item -> sequences.add((Integer) item.get("sequence")));
                if (sequences.size() == 14) {
                    doors.post(
                            doors.entriesOf(paged),
                            Doors.announcement(paged, "Later", "2024-04-02"));
                }
                Matcher link = NEXT.matcher(page.header("Link"));
                next = link.matches() ? link.group(1) : null;
            }
            assertThat(sequences).isEqualTo(IntStream.rangeClosed(1, before + 1).boxed().toList());
        }
    }

    @Test
    void the_last_page_has_no_next_even_when_it_is_full() {
        assertThat(doors.get(doors.entriesOf(id) + "?limit=4").headers().map())
                .doesNotContainKey("link");
        assertThat(doors.get(doors.entriesOf(id) + "?limit=3").header("Link"))
                .matches(
                        "</v1/agreements/"
                                + id
                                + "/entries\\?limit=3&after=[\\w-]+>; rel=\"next\"");
    }

    @Test
    void a_link_keeps_what_was_asked_as_it_was_encoded() {
        Answer answer = doors.get("/v1/entries?actor=%61da&agreement=" + id + "&limit=1");
        assertThat(answer.header("Link"))
                .matches(
                        "</v1/entries\\?actor=%61da&agreement="
                                + id
                                + "&limit=1&after=[\\w-]+>; rel=\"next\"");
    }

    @Test
    void as_ndjson_a_list_is_its_items_one_a_line() {
        Answer json = doors.get(doors.entriesOf(id));
        Answer ndjson = doors.get(doors.entriesOf(id), "Accept", "application/x-ndjson");
        assertThat(ndjson.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(ndjson.lines()).isEqualTo(json.items());
        assertThat(ndjson.header("ETag")).isNotEqualTo(json.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=ten",
                "after=-1",
                "after=first",
                "kind=rumour",
                "effect=none",
                "verdict=true",
                "standing=all",
                "party=Acme",
                "term=Price",
                "agreement=A",
                "occurredFrom=yesterday",
                "occurredTo=2024-02-30",
                "recordedFrom=2024-01-01",
                "occurredFrom=2024-02-01&occurredTo=2024-01-01",
                "recordedFrom=2024-02-01T00:00:00Z&recordedTo=2024-01-01T00:00:00Z",
                "knownAt=@1",
                "limit=1&limit=2",
            })
    void a_parameter_of_another_form_is_refused_by_its_name(String query) {
        Answer answer = doors.get("/v1/entries?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json())
                .containsEntry("type", "/problems/malformed")
                .containsEntry("parameter", query.substring(0, query.indexOf('=')));
    }

    @Test
    void a_range_that_ends_before_it_starts_is_refused_by_both_its_ends() {
        assertThat(
                        doors.get(
                                        "/v1/entries?recordedTo=2024-01-01T00:00:00Z&recordedFrom=2024-02-01T00:00:00Z")
                                .json())
                .containsEntry(
                        "detail",
                        "recordedFrom 2024-02-01T00:00:00Z is after recordedTo 2024-01-01T00:00:00Z.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/entries/999999999",
                "/v1/entries/-1",
                "/v1/entries/first",
                "/v1/agreements/no-such/entries",
                "/v1/agreements/no-such/entries/1",
                "/v1/agreements/No-Such/entries",
            })
    void what_is_not_there_is_not_found(String path) {
        Answer answer = doors.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void a_sequence_beyond_the_newest_is_not_found() {
        Answer answer = doors.get(doors.entriesOf(id) + "/99");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json())
                .isEqualTo(
                        Map.of(
                                "type",
                                "/problems/not-found",
                                "title",
                                "Not found",
                                "status",
                                404,
                                "detail",
                                "There is no entry 99 in " + id + "."));
    }
}
