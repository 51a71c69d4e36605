package org.agreementledger.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks again, and who asks wrongly. */
@Timeout(120)
class FeedPollingTest {

    private static Doors doors;
    private static String own;
    private static String other;

    @BeforeAll
    static void record(@TempDir Path folder) {
        doors = Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
        own = doors.opened();
        other = doors.opened();
        announce(own, 110);
    }

    private static void announce(String id, int times) {
        Answer answer =
                doors.importing(
                        "/v1/import",
                        IntStream.range(0, times)
                                .mapToObj(n -> Doors.announcement(id, "No. " + n, "2024-04-01"))
                                .collect(Collectors.joining("\n")));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    private static Answer again(String path, Answer before) {
        return doors.get(path, "If-None-Match", before.header("ETag"));
    }

    private static String named(String path) {
        return path.replace("{own}", own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/feed",
                "/v1/feed.atom",
                "/v1/feed.cloudevents?after=100",
                "/v1/feed.json?kind=announcement&verdict=upheld",
                "/v1/agreements/{own}/feed.json",
                "/v1/agreements/{own}/feed.json?effect=changed",
            })
    void a_feed_is_the_same_until_something_of_its_own_is_recorded(String feed) {
        String path = named(feed);
        Answer before = doors.get(path);
        assertThat(before.status()).isEqualTo(200);
        assertThat(before.header("ETag")).matches("\"[0-9a-f]{32}\"");
        assertThat(before.header("Cache-Control")).isEqualTo("no-cache");

        Answer same = again(path, before);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(same.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(same.header("Vary")).isEqualTo(before.header("Vary"));
    }

    @Test
    void what_is_recorded_elsewhere_does_not_concern_a_feed() {
        String path = named("/v1/agreements/{own}/feed.json");
        Answer before = doors.get(path);
        Answer all = doors.get("/v1/feed.json");

        announce(other, 3);

        assertThat(again(path, before).status()).isEqualTo(304);
        assertThat(doors.get(path).body()).isEqualTo(before.body());
        assertThat(again("/v1/feed.json", all).status()).isEqualTo(200);

        announce(own, 1);

        Answer after = again(path, before);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(FeedPages.positions(after).getFirst()).isEqualTo(doors.newest());
    }

    @Test
    void another_form_host_or_question_has_another_validator() {
        assertThat(
                        List.of(
                                        doors.get("/v1/feed.json"),
                                        doors.get("/v1/feed", "Accept", "application/json"),
                                        doors.get("/v1/feed.atom"),
                                        doors.get("/v1/feed.cloudevents"),
                                        doors.get("/v1/feed.json?kind=announcement"),
                                        doors.get("/v1/feed.json?after=-1"),
                                        doors.get("/v1/feed.json?after=-1&limit=1"))
                                .stream()
                                .map(answer -> answer.header("ETag")))
                .doesNotHaveDuplicates();
        assertThat(doors.get("/v1/feed", "Accept", "application/feed+json").header("ETag"))
                .isEqualTo(doors.get("/v1/feed.json").header("ETag"));
    }

    @Test
    void who_asks_again_has_no_entry_looked_at() {
        String alone = named("/v1/agreements/{own}/feed.json?verdict=upheld");
        Answer all = doors.get("/v1/feed.json");
        Answer few = doors.get(alone);
        var jdbc = doors.node().database().jdbc();
        jdbc.sql("alter table models.entry rename to hidden").update();
        try {
            assertThat(again("/v1/feed.json", all).status()).isEqualTo(304);
            assertThat(again(alone, few).status()).isEqualTo(304);
            Answer failed = doors.get("/v1/feed.json?after=0");
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.header("ETag")).isEmpty();
        } finally {
            jdbc.sql("alter table models.hidden rename to entry").update();
        }
    }

    @Test
    void a_page_that_is_full_may_be_kept_for_ever() {
        assertThat(doors.get("/v1/feed.json?after=3&limit=5").header("Cache-Control"))
                .isEqualTo("max-age=31536000, immutable");
        Answer archive = doors.get("/v1/feed/archives/0-100.cloudevents?kind=announcement");
        assertThat(archive.header("Cache-Control")).isEqualTo("max-age=31536000, immutable");
        Answer same = again("/v1/feed/archives/0-100.cloudevents?kind=announcement", archive);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("Cache-Control")).isEqualTo("max-age=31536000, immutable");
        assertThat(archive.header("Vary")).isEmpty();
    }

    @Test
    void who_asks_for_the_head_gets_the_same_headers() {
        Answer get = doors.get("/v1/feed.atom");
        Answer head = doors.send("HEAD", "/v1/feed.atom", BodyPublishers.noBody());
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        for (String header : List.of("ETag", "Link", "Content-Type", "Cache-Control")) {
            assertThat(head.header(header)).isEqualTo(get.header(header));
        }
    }

    // ---- bad input

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/feed?after=x                        | after   | 'x' is not a position",
                "/v1/feed?after=-2                       | after   | '-2' is not a position",
                "/v1/feed?after=99999999999999999999     | after   | is not a position",
                "/v1/feed.atom?after=100000              | after   | 100000 is beyond the newest position",
                "/v1/feed?after=0&limit=1000000          | limit   | '1000000' is not a whole number from 1 to 1000",
                "/v1/feed?after=0&limit=0                | limit   | '0' is not a whole number from 1 to 1000",
                "/v1/feed?limit=10                       | limit   | limit is of the pages that follow a position",
                "/v1/feed?kind=rumour                    | kind    | 'rumour' is none of opening",
                "/v1/feed?effect=none                    | effect  | 'none' is none of changed",
                "/v1/feed?verdict=true                   | verdict | 'true' is none of upheld",
                "/v1/feed?agreement=No                   | agreement | No",
                "/v1/feed?standing=all                   | standing | not known here",
                "/v1/agreements/{own}/feed?agreement=a   | agreement | not known here",
                "/v1/feed/archives/0-100.atom?after=3    | after   | not known here",
            })
    void a_question_that_cannot_be_read_is_refused(String path, String parameter, String why) {
        Answer answer = doors.get(named(path));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json()).containsEntry("parameter", parameter);
        assertThat((String) answer.json().get("detail")).contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/agreements/nobody/feed                   | There is no agreement nobody",
                "/v1/agreements/nobody/feed.atom?kind=closing | There is no agreement nobody",
                "/v1/feed.rss                                 | 'rss' is none of json, atom, cloudevents",
                "/v1/feed/archives/100-200.atom               | not all its positions are recorded yet",
                "/v1/feed/archives/0-1.atom                   | is not the span of an archive page",
                "/v1/feed/archives/100-300.atom               | is not the span of an archive page",
                "/v1/feed/archives/-100-0.atom                | is not the span of an archive page",
                "/v1/feed/archives/0-999999999999999999999.atom | is not the span of an archive page",
                "/v1/feed/archives/first.atom                 | is not the span of an archive page",
            })
    void what_is_not_there_is_not_found(String path, String why) {
        Answer answer = doors.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        assertThat((String) answer.json().get("detail")).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "application/rss+xml", "image/*"})
    void a_form_that_there_is_not_is_refused(String accept) {
        Answer answer = doors.get("/v1/feed", "Accept", accept);
        assertThat(answer.status()).isEqualTo(406);
        assertThat((String) answer.json().get("detail")).contains("only.");
    }
}
