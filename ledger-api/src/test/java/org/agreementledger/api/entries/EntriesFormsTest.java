package org.agreementledger.api.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EntriesFormsTest {

    private static final String[] CSV = {"Accept", "text/csv"};
    private static final String[] NDJSON = {"Accept", "application/x-ndjson"};

    /** Each is hard for somebody: quoting, lines, formulas, directions, planes, escapes. */
    private static final List<String> TITLES =
            List.of(
                    "Plain",
                    "A \\\"quoted\\\" word, and a comma",
                    "Two\\nlines",
                    "=HYPERLINK(\\\"https://elsewhere.example\\\")",
                    "שינוי בהסכם \u200f(טיוטה)",
                    "🤝 agreed 👩\u200d⚖️",
                    "back\\\\slash, \\u2028 and \\u00e9");

    private static String id;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void entries_with_hard_titles_are_recorded() {
        Doors doors = Doors.shared();
        id = doors.opened();
        for (String title : TITLES) {
            String entry =
                    """
                    {"kind": "announcement", "occurredOn": "2024-05", "title": "%1$s", "summary": "%1$s", "ref": "ref-%2$d",
                     "speakers": [{"id": "acme", "name": "Acme"}],
                     "sources": [{"id": "s1", "title": "Notice", "url": "https://acme.example/notice"}, {"id": "s2", "title": "A book"}],
                     "terms": [{"action": "reaffirm", "key": "supply.exclusivity"},
                               {"action": "reaffirm", "key": "price.unit", "value": {"type": "money", "amount": "11", "currency": "USD"}}]}\
                    """
                            .formatted(title, TITLES.indexOf(title));
            Answer recorded =
                    doors.send(
                            "POST",
                            doors.entriesOf(id),
                            BodyPublishers.ofString(entry),
                            "Content-Type",
                            "application/json");
            assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
            assertThat(doors.get(recorded.header("Location")).body()).isEqualTo(recorded.body());
        }
        doors.post(
                doors.entriesOf(id),
                """
                {'kind': 'correction', 'occurredOn': '2024-06-01', 'title': 'Corrected', 'corrects': 2, 'reason': 'wrong day',
                 'replacement': {'kind': 'announcement', 'occurredOn': '2024-05-02', 'title': 'Plain', 'speakers': [{'id': 'acme', 'name': 'Acme'}]}}\
                """);
    }

    private static List<CSVRecord> rows(String csv) {
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(csv))) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?verdict=upheld", "?kind=correction", "?q=Plain"})
    void as_ndjson_every_line_has_the_bytes_of_the_json_page(String asked) {
        Answer json = doors.get(doors.entriesOf(id) + asked);
        Answer ndjson = doors.get(doors.entriesOf(id) + asked, NDJSON);
        assertThat(ndjson.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(ndjson.body()).endsWith("}\n");
        assertThat("{\"items\":[" + String.join(",", ndjson.body().split("\n")) + "]}")
                .isEqualTo(json.body());
    }

    @Test
    void as_csv_an_entry_is_one_row_that_is_read_back_whole() {
        Answer csv = doors.get(doors.entriesOf(id), CSV);
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;header=present;charset=UTF-8");
        assertThat(csv.body())
                .startsWith(
                        "position,agreementId,sequence,kind,occurredOn,title,summary,standing,recordedAt,recordedBy,"
                                + "effect,introduced,changed,retired,disclosed,corrected,partiesChanged,verdicts,"
                                + "fingerprintBefore,fingerprintAfter,correctedBy,withdrawnBy,confirmedBy,ref,sources,eventId,matches\r\n");
        List<CSVRecord> rows = rows(csv.body());
        assertThat(rows).allSatisfy(row -> assertThat(row.isConsistent()).isTrue());

        List<String> titles =
                doors.get(doors.entriesOf(id)).items().stream()
                        .map(item -> (String) item.get("title"))
                        .map(title -> title.startsWith("=") ? "'" + title : title)
                        .toList();
        assertThat(rows.stream().map(row -> row.get("title"))).isEqualTo(titles);
        assertThat(rows.stream().map(row -> row.get("summary")).toList().subList(1, 8))
                .isEqualTo(titles.subList(1, 8));

        CSVRecord opening = rows.getFirst();
        assertThat(opening.get("introduced")).isEqualTo("price.unit supply.exclusivity");
        assertThat(opening.get("effect")).isEqualTo("changed");
        CSVRecord corrected = rows.get(1);
        assertThat(corrected.get("occurredOn")).isEqualTo("2024-05");
        assertThat(corrected.get("recordedAt"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(corrected.get("recordedBy")).isEqualTo("ada");
        assertThat(corrected.get("partiesChanged")).isEqualTo("false");
        assertThat(corrected.get("verdicts"))
                .isEqualTo("supply.exclusivity=upheld price.unit=contradicted");
        assertThat(corrected.get("correctedBy")).isEqualTo("9");
        assertThat(corrected.get("withdrawnBy")).isEmpty();
        assertThat(corrected.get("ref")).isEqualTo("ref-0");
        assertThat(corrected.get("sources")).isEqualTo("https://acme.example/notice; A book");
        assertThat(corrected.get("matches")).isEmpty();
    }

    @Test
    void as_csv_the_words_that_were_looked_for_stand_between_asterisks() {
        List<CSVRecord> rows = rows(doors.get(doors.entriesOf(id) + "?q=wrong", CSV).body());

        assertThat(rows).extracting(row -> row.get("title")).containsExactly("Corrected");
        assertThat(rows.getFirst().get("matches")).isEqualTo("*wrong* day");
    }

    @Test
    void agreements_come_as_rows_too() {
        Answer csv = doors.get("/v1/agreements?q=" + id, CSV);
        CSVRecord row =
                rows(csv.body()).stream()
                        .filter(r -> r.get("agreementId").equals(id))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.get("parties")).isEqualTo("acme globex");
        assertThat(row.get("sequence")).isEqualTo("9");
        assertThat(row.get("unchangedSince")).isEqualTo("2024-03-01");
        assertThat(csv.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "text/* | text/csv;header=present;charset=UTF-8",
                "application/json;q=0.1, text/csv;q=0.9 | text/csv;header=present;charset=UTF-8",
                "text/csv;q=0, */* | application/json",
                "text/html, application/x-ndjson;q=0.5 | application/x-ndjson",
            })
    void the_form_is_the_one_that_accept_likes_best(String accept, String type) {
        Answer answer = doors.get(doors.entriesOf(id), "Accept", accept);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.header("Vary")).isEqualTo("Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/x-ndjson"})
    void with_a_limit_any_form_is_one_page_with_a_link_to_the_next(String form) {
        Answer first = doors.get(doors.entriesOf(id) + "?limit=5", "Accept", form);
        Answer second = doors.get(first.next(), "Accept", form);
        assertThat(second.next()).isEmpty();
        String rest = second.body().substring(form.equals("text/csv") ? heading(second) : 0);
        assertThat(first.body() + rest)
                .isEqualTo(doors.get(doors.entriesOf(id), "Accept", form).body());
    }

    private static int heading(Answer csv) {
        return csv.body().indexOf("\r\n") + 2;
    }

    @Test
    void a_stream_is_the_same_until_something_is_recorded() {
        String own = doors.opened();
        String asked = "/v1/entries?agreement=" + own;
        Answer before = doors.get(asked, NDJSON);
        String etag = before.header("ETag");
        assertThat(etag).matches("\"[0-9a-f]{32}\"");

        Answer same = doors.get(asked, "Accept", "application/x-ndjson", "If-None-Match", etag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(etag);
        assertThat(same.header("Vary")).isEqualTo("Accept");
        assertThat(doors.get(asked, CSV).header("ETag")).isNotEqualTo(etag);
        assertThat(doors.get(asked + "&kind=opening", NDJSON).header("ETag")).isNotEqualTo(etag);

        doors.post(doors.entriesOf(own), Doors.announcement(own, "Something new", "2024-04-01"));
        Answer after = doors.get(asked, "Accept", "application/x-ndjson", "If-None-Match", etag);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.lines()).hasSize(2);
        assertThat(after.header("ETag")).isNotEqualTo(etag);
    }

    @Test
    void who_asks_for_the_head_gets_no_body_but_the_same_validator() {
        Answer head = doors.send("HEAD", doors.entriesOf(id), BodyPublishers.noBody(), CSV);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag"))
                .isEqualTo(doors.get(doors.entriesOf(id), CSV).header("ETag"));
    }

    @Test
    void a_stream_that_fails_halfway_is_cut_off(@TempDir Path folder) throws Exception {
        LedgerNode node = LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC());
        Doors own = Doors.to(node);
        try (LedgerApplication.Server _ = own.server();
                HttpClient http = HttpClient.newHttpClient()) {
            String agreement = own.opened();
            Answer imported = own.importing("/v1/import", longEntries(agreement));
            assertThat(imported.status()).as(imported.body()).isEqualTo(200);
            URI all = own.server().address().resolve("/v1/entries");
            try (InputStream body =
                    http.send(
                                    HttpRequest.newBuilder(all).headers(NDJSON).build(),
                                    BodyHandlers.ofInputStream())
                            .body()) {
                assertThat(body.readNBytes(1000)).hasSize(1000);
                node.close();
                assertThatIOException().isThrownBy(body::readAllBytes);
            }
        }
    }

    /** More than the network holds on its way, and more of them than are read at once. */
    private static String longEntries(String agreement) {
        String summary = "\"summary\": \"" + "x".repeat(20_000) + "\", ";
        return IntStream.range(0, 1100)
                .mapToObj(n ->
                        Doors.announcement(agreement, "No. " + n, "2024-04-01")
                                .replace("\"speakers\"", summary + "\"speakers\""))
                .collect(Collectors.joining("\n"));
    }
}
