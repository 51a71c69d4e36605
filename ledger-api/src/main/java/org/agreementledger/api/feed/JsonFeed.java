package org.agreementledger.api.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.jspecify.annotations.Nullable;

/** A page as JSON Feed 1.1. What is ours is under names with an underscore, as it asks for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JsonFeed(
        String version,
        String title,
        @JsonProperty("home_page_url") String homePageUrl,
        @JsonProperty("feed_url") String feedUrl,
        @JsonProperty("next_url") @Nullable String nextUrl,
        String language,
        @JsonProperty("_ledger") Ledger ledger,
        List<Item> items) {

    /**
     * @param checkpoint a signed note
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ledger(String id, @Nullable String checkpoint) {}

    record Author(String name) {}

    /**
     * @param entry as everywhere in the ledger's answers
     */
    record Item(
            String id,
            String url,
            String title,
            @JsonProperty("content_text") String contentText,
            @JsonProperty("date_published") Instant datePublished,
            List<Author> authors,
            List<String> tags,
            @JsonProperty("_entry") EntryAnswer entry) {}

    static byte[] write(FeedDocument document) {
        return AnswerJson.AS_RECORDED.writeValueAsBytes(
                new JsonFeed(
                        "https://jsonfeed.org/version/1.1",
                        document.links().title(),
                        document.links().home(),
                        document.self(),
                        document.next(),
                        "en",
                        new Ledger("urn:uuid:" + document.ledger(), document.checkpoint()),
                        document.entries().stream().map(entry -> item(document, entry)).toList()));
    }

    private static Item item(FeedDocument document, EntryAnswer entry) {
        return new Item(
                EntryText.id(entry),
                document.address(entry),
                entry.title(),
                EntryText.of(entry),
                Objects.requireNonNull(entry.recordedAt()),
                List.of(new Author(Objects.requireNonNull(entry.recordedBy()).id())),
                tags(entry).toList(),
                entry);
    }

    /** What feeds can be narrowed by. */
    static Stream<String> tags(EntryAnswer entry) {
        return Stream.concat(
                        Stream.of(entry.agreementId(), entry.kind(), entry.effect().sum()),
                        entry.verdicts().stream().map(VerdictAnswer::verdict))
                .distinct();
    }
}
