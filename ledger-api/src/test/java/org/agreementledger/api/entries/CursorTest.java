package org.agreementledger.api.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class CursorTest {

    private static String id;
    private static String cursor;

    private final Doors doors = Doors.shared();

    @BeforeAll
    static void a_list_has_a_second_page() {
        Doors doors = Doors.shared();
        id = doors.opened();
        for (int n = 0; n < 4; n++) {
            doors.post(doors.entriesOf(id), Doors.announcement(id, "No. " + n, "2024-04-01"));
        }
        String next = doors.get("/v1/entries?agreement=%s&party=acme&limit=2".formatted(id)).next();
        cursor = next.substring(next.indexOf("after=") + 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agreement=%s&party=acme&limit=2&after=%s",
                "after=%2$s&party=acme&agreement=%1$s",
                "agreement=%s&party=%%61cme&limit=1000&after=%s",
            })
    void a_cursor_opens_its_query_however_that_is_written(String query) {
        Answer page = doors.get("/v1/entries?" + query.formatted(id, cursor));
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.items().getFirst()).containsEntry("sequence", 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/entries?agreement=%s&after=%s",
                "/v1/entries?agreement=%s&party=globex&after=%s",
                "/v1/entries?agreement=%s&party=acme&kind=announcement&after=%s",
                "/v1/agreements/%s/entries?after=%s",
                "/v1/agreements?party=acme&q=%s&after=%s",
            })
    void a_cursor_of_another_query_is_refused(String path) {
        assertRefused(doors.get(path.formatted(id, cursor)));
    }

    @Test
    void a_cursor_that_is_made_up_or_cut_short_is_refused() {
        String query = "/v1/entries?agreement=%s&party=acme&after=".formatted(id);
        for (String made :
                List.of(
                        "",
                        "3",
                        "-1",
                        "next",
                        "%2B%2F",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                        cursor.substring(1),
                        cursor.substring(0, cursor.length() - 1),
                        cursor.substring(0, 22),
                        cursor + "A",
                        cursor + "%3D",
                        cursor.toLowerCase(Locale.ROOT))) {
            assertRefused(doors.get(query + made));
        }
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json())
                .containsEntry("type", "/problems/malformed")
                .containsEntry("parameter", "after");
        assertThat((String) answer.json().get("detail"))
                .endsWith(
                        "is not a cursor of this query; take the link to the next page as it is.");
    }

    @Test
    void the_agreements_page_by_such_a_cursor_too() {
        doors.opened();
        Answer first = doors.get("/v1/agreements?limit=1");
        assertThat(doors.get(first.next()).items().getFirst().get("agreementId").toString())
                .isGreaterThan(first.items().getFirst().get("agreementId").toString());
        assertRefused(doors.get("/v1/agreements?after=" + id));
    }

    @Test
    void pages_neither_skip_nor_repeat_while_many_write() throws Exception {
        List<String> agreements = List.of(doors.opened(), doors.opened(), doors.opened());
        AtomicInteger writing = new AtomicInteger(agreements.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> writers =
                    agreements.stream()
                            .map(agreement -> threads.submit(writer(agreement, writing)))
                            .toList();
            List<List<Object>> readings = new ArrayList<>();
            while (writing.get() > 0) {
                readings.add(positions("/v1/entries?party=many-writers&limit=3"));
            }
            for (Future<Void> writer : writers) {
                writer.get();
            }
            List<Object> all = positions("/v1/entries?party=many-writers&limit=1000");
            assertThat(all).hasSize(45);
            assertThat(readings)
                    .allSatisfy(read -> assertThat(read).isEqualTo(all.subList(0, read.size())));
            assertThat(readings.stream().filter(read -> read.size() > 6)).isNotEmpty();
        }
    }

    private Callable<Void> writer(String agreement, AtomicInteger writing) {
        return () -> {
            try {
                for (int n = 0; n < 15; n++) {
                    Answer recorded =
                            doors.post(
                                    doors.entriesOf(agreement),
                                    Doors.announcement(agreement, "No. " + n, "2024-04-01")
                                            .replace("\"acme\"", "\"many-writers\""));
                    assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
                }
                return null;
            } finally {
                writing.decrementAndGet();
            }
        };
    }

    private List<Object> positions(String first) {
        List<Object> positions = new ArrayList<>();
        for (String next = first; !next.isEmpty(); ) {
            Answer page = doors.get(next);
            page.items().forEach(item -> positions.add(item.get("position")));
            next = page.next();
        }
        return positions;
    }
}
