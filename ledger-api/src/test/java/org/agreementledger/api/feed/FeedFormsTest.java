package org.agreementledger.api.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndLink;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.SyndFeedInput;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.time.Rfc3339;
import org.jdom2.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The feeds of one ledger, as read by software that is not ours. */
@Timeout(120)
class FeedFormsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** What has to be escaped somewhere. */
    private static final String HARD = "<b>A & B</b> ]]> \"q\" 'a' é 😀 \u2028 \\ &amp;";

    private static Doors doors;
    private static String dense;
    private static String sparse;

    @BeforeAll
    static void record(@TempDir Path folder) {
        doors = Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
        sparse = doors.opened();
        dense = doors.opened();
        importing(IntStream.range(0, 218).mapToObj(n -> announcement(dense, "No. " + n)));
        Answer hard =
                doors.send(
                        "POST",
                        doors.entriesOf(sparse),
                        BodyPublishers.ofString(announcement(sparse, HARD)),
                        "Content-Type",
                        "application/json");
        assertThat(hard.status()).as(hard.body()).isEqualTo(201);
        importing(
                Stream.of(
                        """
                        {'kind': 'correction', 'agreementId': '%s', 'occurredOn': '2025-02-01', 'title': 'Corrected', 'corrects': 2, 'reason': 'wrong day', 'replacement': %s}\
                        """
                                .formatted(dense, announcement(dense, "No. zero"))));
        importing(IntStream.range(0, 230).mapToObj(n -> announcement(dense, "More " + n)));
    }

    private static String announcement(String id, String title) {
        String quoted = JSON.writeValueAsString(title);
        return """
        {"kind": "announcement", "agreementId": "%s", "title": %s, "summary": %s, "occurredOn": "2025-01-01", "speakers": [{"id": "acme", "name": "Acme"}], "terms": [{"action": "reaffirm", "key": "price.unit"}]}\
        """
                .formatted(id, quoted, quoted);
    }

    private static void importing(Stream<String> entries) {
        Answer answer = doors.importing("/v1/import", String.join("\n", entries.toList()));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    private static String named(String text) {
        return text.replace("{dense}", dense).replace("{sparse}", sparse);
    }

    private static List<Long> all() {
        return LongStream.rangeClosed(0, doors.newest()).boxed().toList();
    }

    // ---- the whole history by links

    @ParameterizedTest
    @CsvSource({
        "/v1/feed.json, */*",
        "/v1/feed.atom, application/json",
        "/v1/feed.cloudevents, */*",
        "/v1/feed, application/feed+json",
        "/v1/feed, application/atom+xml",
        "/v1/feed, application/cloudevents-batch+json",
    })
    void the_whole_history_is_reached_from_the_newest_page(String path, String accept) {
        assertThat(FeedPages.backwards(doors, path, accept)).isEqualTo(all());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "atom", "cloudevents"})
    void the_whole_history_is_reached_from_the_first_entry(String form) {
        assertThat(FeedPages.following(doors, "/v1/feed." + form + "?after=-1&limit=70"))
                .isEqualTo(all());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/agreements/{dense}/feed.atom,                 agreement={dense}",
        "/v1/agreements/{sparse}/feed.json,                agreement={sparse}",
        "/v1/agreements/{dense}/feed.json?kind=correction, agreement={dense}&kind=correction",
        "/v1/feed.cloudevents?verdict=upheld,              verdict=upheld",
        "/v1/feed.atom?effect=changed,                     effect=changed",
        "/v1/feed.json?kind=closing,                       kind=closing",
        "/v1/feed.json?agreement=not-there-yet,            agreement=not-there-yet",
    })
    void a_filter_narrows_a_feed_to_what_the_same_question_finds(String path, String question) {
        List<Long> found =
                doors.get("/v1/entries?limit=1000&" + named(question)).items().stream()
                        .map(item -> ((Number) item.get("position")).longValue())
                        .toList();
        String feed = named(path);
        assertThat(FeedPages.backwards(doors, feed, "*/*")).isEqualTo(found);
        assertThat(FeedPages.following(doors, feed + (feed.contains("?") ? "&" : "?") + "after=-1"))
                .isEqualTo(found);
    }

    // ---- archive pages

    @Test
    void an_archive_page_never_changes_whatever_is_recorded_about_its_entries() {
        Map<String, String> before = new LinkedHashMap<>();
        for (String feed :
                List.of("/v1/feed.atom", "/v1/feed.json", "/v1/agreements/{dense}/feed.atom")) {
            String page = FeedPages.link(doors.get(named(feed)), "prev-archive");
            while (!page.isEmpty()) {
                Answer archive = doors.get(page);
                assertThat(archive.header("Cache-Control"))
                        .isEqualTo("max-age=31536000, immutable");
                before.put(page, archive.body());
                page = FeedPages.link(archive, "prev-archive");
            }
        }
        assertThat(before).hasSize(9);

        Answer withdrawn =
                doors.post(
                        doors.entriesOf(dense),
                        "{'kind': 'withdrawal', 'occurredOn': '2025-03-01', 'title': 'Away', 'withdraws': 5, 'reason': 'twice'}");

        assertThat(doors.get(doors.entriesOf(dense) + "/5").json())
                .containsEntry("withdrawnBy", withdrawn.json().get("sequence"));
        before.forEach((address, body) -> assertThat(doors.get(address).body()).isEqualTo(body));
    }

    @Test
    void an_archive_page_leads_on_to_the_next_one_and_at_last_to_the_newest_page() {
        String page = "/v1/feed/archives/0-100.atom";
        List<Long> read = new ArrayList<>();
        while (page.contains("/archives/")) {
            Answer archive = doors.get(page);
            read.addAll(FeedPages.positions(archive).reversed());
            assertThat(FeedPages.link(archive, "current")).endsWith("/v1/feed.atom");
            Answer next = doors.get(FeedPages.link(archive, "next-archive"));
            assertThat(next.status()).isEqualTo(302);
            page = FeedPages.path(next.header("Location"));
        }
        assertThat(page).isEqualTo("/v1/feed.atom");
        assertThat(all()).startsWith(read.toArray(Long[]::new));
        assertThat(read).hasSize(400);
    }

    // ---- Atom, read by ROME

    @Test
    void rome_reads_the_atom_feed() throws FeedException {
        SyndFeed feed = rome("/v1/agreements/{sparse}/feed.atom");
        assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
        assertThat(feed.getTitle()).isEqualTo("Agreement ledger · " + sparse);
        assertThat(feed.getUri()).startsWith("urn:uuid:");
        assertThat(feed.getEntries()).hasSize(2);
        SyndEntry hard = feed.getEntries().getFirst();
        Map<String, Object> entry = doors.get(doors.entriesOf(sparse) + "/2").json();
        assertThat(hard.getUri()).isEqualTo("urn:uuid:" + entry.get("eventId"));
        assertThat(hard.getTitle()).isEqualTo(HARD);
        assertThat(Rfc3339.text(hard.getPublishedDate().toInstant()))
                .isEqualTo(entry.get("recordedAt"));
        assertThat(hard.getUpdatedDate()).isEqualTo(hard.getPublishedDate());
        assertThat(hard.getAuthor()).isEqualTo("ada");
        assertThat(hard.getContents().getFirst().getValue())
                .startsWith(
                        "announcement 2 of "
                                + sparse
                                + ", 2025-01-01\nTerms: unchanged\nupheld: price.unit\n\n<b>A & B</b>");
        assertThat(hard.getCategories())
                .extracting("name")
                .containsExactly(sparse, "announcement", "unchanged", "upheld");
        assertThat(doors.get(FeedPages.path(hard.getLink())).json()).isEqualTo(entry);
        Element whole =
                hard.getForeignMarkup().stream()
                        .filter(element -> element.getName().equals("entry"))
                        .findFirst()
                        .orElseThrow();
        assertThat(whole.getNamespaceURI()).isEqualTo("tag:agreementledger.org,2026:feed");
        assertThat(JSON.readTree(whole.getText()).get("eventId").asString())
                .isEqualTo(entry.get("eventId"));
    }

    @Test
    void rome_reads_the_links_of_rfc_5005() throws FeedException {
        SyndFeed newest = rome("/v1/feed.atom");
        SyndFeed archive = rome("/v1/feed/archives/0-100.atom");
        assertThat(newest.getLinks())
                .extracting(SyndLink::getRel)
                .containsExactlyInAnyOrder("self", "alternate", "prev-archive");
        assertThat(archive.getLinks())
                .extracting(SyndLink::getRel)
                .containsExactlyInAnyOrder("self", "alternate", "current", "next-archive");
        assertThat(archive.getUri()).isEqualTo(newest.getUri());
        assertThat(newest.getForeignMarkup())
                .extracting(Element::getQualifiedName, Element::getText)
                .containsExactly(tuple("ledger:checkpoint", doors.get("/v1/checkpoint").body()));
        assertThat(archive.getForeignMarkup())
                .extracting(Element::getQualifiedName)
                .containsExactly("fh:archive");
        assertThat(archive.getForeignMarkup().getFirst().getNamespaceURI())
                .isEqualTo("http://purl.org/syndication/history/1.0");
    }

    private static SyndFeed rome(String path) throws FeedException {
        Answer answer = doors.get(named(path));
        assertThat(answer.header("Content-Type")).isEqualTo("application/atom+xml;charset=UTF-8");
        SyndFeedInput input = new SyndFeedInput();
        input.setPreserveWireFeed(true);
        return input.build(new StringReader(answer.body()));
    }

    // ---- CloudEvents, read by their SDK

    @Test
    void the_cloudevents_sdk_reads_every_event_of_a_batch() {
        Answer answer = doors.get("/v1/agreements/" + sparse + "/feed.cloudevents?after=-1");
        assertThat(answer.header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
        List<CloudEvent> events = events(answer);
        assertThat(events)
                .extracting(CloudEvent::getType)
                .containsExactly(
                        "org.agreementledger.entry.opening",
                        "org.agreementledger.entry.announcement");
        assertThat(events)
                .extracting(CloudEvent::getSource)
                .containsOnly(events.getFirst().getSource());
        CloudEvent hard = events.getLast();
        Map<String, Object> entry = doors.get(doors.entriesOf(sparse) + "/2").json();
        assertThat(hard.getId()).isEqualTo(entry.get("eventId"));
        assertThat(hard.getSubject()).isEqualTo(sparse);
        assertThat(Objects.requireNonNull(hard.getTime()).toInstant())
                .isEqualTo(Instant.parse((String) entry.get("recordedAt")));
        assertThat(hard.getDataContentType()).isEqualTo("application/json");
        assertThat((String) hard.getExtension("sequence"))
                .hasSize(19)
                .satisfies(text ->
                        assertThat(Long.parseLong(text))
                                .isEqualTo(((Number) entry.get("position")).longValue()));
        assertThat((String) hard.getExtension("partitionkey")).isEqualTo(sparse);
        entry.keySet().removeAll(List.of("correctedBy", "withdrawnBy", "confirmedBy"));
        assertThat(JSON.readValue(Objects.requireNonNull(hard.getData()).toBytes(), Map.class))
                .isEqualTo(entry);
    }

    @Test
    void sequences_of_cloudevents_are_in_order_as_text() {
        List<String> sequences =
                events(doors.get("/v1/feed.cloudevents?after=-1&limit=1000")).stream()
                        .map(event -> (String) event.getExtension("sequence"))
                        .toList();
        assertThat(sequences).hasSize(all().size()).isSorted().doesNotHaveDuplicates();
    }

    /** The SDK reads one event at a time. */
    private static List<CloudEvent> events(Answer answer) {
        List<CloudEvent> events = new ArrayList<>();
        for (JsonNode event : JSON.readTree(answer.body())) {
            events.add(
                    Objects.requireNonNull(
                                    EventFormatProvider.getInstance()
                                            .resolveFormat(JsonFormat.CONTENT_TYPE))
                            .deserialize(event.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return events;
    }

    // ---- JSON Feed

    @Test
    void a_json_feed_says_what_version_1_1_asks_for() {
        Answer answer = doors.get("/v1/feed.json");
        assertThat(answer.header("Content-Type")).isEqualTo("application/feed+json");
        JsonNode feed = JSON.readTree(answer.body());
        assertThat(feed.get("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
        assertThat(feed.get("title").asString()).isEqualTo("Agreement ledger");
        String base = doors.server().address().toString();
        assertThat(feed.get("home_page_url").asString()).isEqualTo(base);
        assertThat(feed.get("feed_url").asString()).isEqualTo(base + "v1/feed.json");
        assertThat(feed.get("next_url").asString()).startsWith(base + "v1/feed/archives/");
        assertThat(feed.at("/_ledger/checkpoint").asString())
                .isEqualTo(doors.get("/v1/checkpoint").body());
        assertThat(feed.get("items")).hasSizeBetween(100, 199);
        for (JsonNode item : feed.get("items")) {
            assertThat(item.get("id").asString())
                    .isEqualTo("urn:uuid:" + item.at("/_entry/eventId").asString());
            assertThat(item.get("date_published").asString())
                    .isEqualTo(item.at("/_entry/recordedAt").asString());
            assertThat(item.get("content_text").asString()).isNotEmpty();
            assertThat(item.get("tags")).isNotEmpty();
            assertThat(item.at("/authors/0/name").asString()).isEqualTo("ada");
            assertThat(item.get("_entry").has("correctedBy")).isFalse();
        }
    }

    @Test
    void in_a_feed_an_entry_is_what_it_was_when_it_was_recorded() {
        JsonNode first =
                JSON.readTree(
                        doors.get("/v1/agreements/" + dense + "/feed.json?after=-1&limit=2")
                                .body());
        assertThat(doors.get(doors.entriesOf(dense) + "/2").json().get("correctedBy"))
                .isEqualTo(220);
        assertThat(first.at("/items/1/_entry/sequence").asInt()).isEqualTo(2);
        assertThat(first.at("/items/1/_entry").has("correctedBy")).isFalse();
    }

    // ---- which form

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                                  | application/feed+json",
                "application/json                                     | application/json",
                "text/html, application/atom+xml;q=0.5                | application/atom+xml;charset=UTF-8",
                "application/feed+json;q=0.1, application/atom+xml    | application/atom+xml;charset=UTF-8",
                "application/cloudevents-batch+json                   | application/cloudevents-batch+json",
            })
    void the_form_is_the_one_that_accept_likes_best(String accept, String type) {
        Answer answer = doors.get("/v1/feed", "Accept", accept);
        assertThat(answer.header("Content-Type")).isEqualTo(type);
        assertThat(answer.headers().allValues("Vary")).containsExactly("Accept");
    }
}
