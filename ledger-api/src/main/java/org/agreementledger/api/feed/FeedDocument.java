package org.agreementledger.api.feed;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.feed.Feed.Following;
import org.agreementledger.feed.Feed.Page;
import org.agreementledger.feed.Span;
import org.jspecify.annotations.Nullable;

/**
 * One page of a feed, whatever the form.
 *
 * @param ledger the id of its first event
 * @param archive whether it is one of RFC 5005, which never changes
 * @param pages the other pages that it leads to, by their link relation
 * @param next the page to read after this one; null on the last
 * @param checkpoint the signed note of the first checkpoint that covers them all; null in a page
 *     that may be kept for ever, and where nothing is signed
 * @param entries newest first, but ascending in what follows a position
 */
record FeedDocument(
        FeedLinks links,
        String ledger,
        String self,
        boolean archive,
        Map<String, String> pages,
        @Nullable String next,
        @Nullable String checkpoint,
        List<EntryAnswer> entries) {

    static FeedDocument newest(
            FeedLinks links, String ledger, @Nullable String checkpoint, Page page) {
        Map<String, String> pages = new LinkedHashMap<>();
        String before = before(links, page, pages);
        return new FeedDocument(
                links,
                ledger,
                links.current(),
                false,
                pages,
                before,
                checkpoint,
                page.entries().reversed());
    }

    static FeedDocument archive(FeedLinks links, String ledger, Span span, Page page) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("current", links.current());
        String before = before(links, page, pages);
        pages.put("next-archive", links.archiveAfter(span));
        return new FeedDocument(
                links,
                ledger,
                links.archive(span),
                true,
                pages,
                before,
                null,
                page.entries().reversed());
    }

    private static @Nullable String before(FeedLinks links, Page page, Map<String, String> pages) {
        if (page.before() == null) {
            return null;
        }
        String before = links.archive(page.before());
        pages.put("prev-archive", before);
        return before;
    }

    static FeedDocument following(
            FeedLinks links,
            String ledger,
            @Nullable String checkpoint,
            String self,
            int limit,
            Following page) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("current", links.current());
        String next = page.next() == null ? null : links.after(page.next(), limit);
        if (next != null) {
            pages.put("next", next);
        }
        return new FeedDocument(
                links,
                ledger,
                self,
                false,
                pages,
                next,
                next == null ? checkpoint : null,
                page.entries());
    }

    String id() {
        return links.id(ledger);
    }

    /** When its newest entry was recorded. */
    Instant updated() {
        return entries.stream()
                .map(EntryAnswer::recordedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Nothing that is recorded later changes it. */
    boolean isSettled() {
        return archive || pages.containsKey("next");
    }

    String address(EntryAnswer entry) {
        return FeedLinks.entry(links.base(), entry);
    }

    /** The same links for who reads no further than the headers (RFC 8288). */
    String linkHeader() {
        return pages.entrySet().stream()
                .map(page -> "<%s>; rel=\"%s\"".formatted(page.getValue(), page.getKey()))
                .collect(Collectors.joining(", "));
    }
}
