package org.agreementledger.api.feed;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.feed.Span;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a feed in one form. Each names its form, so that no cache and no reader has to
 * choose one.
 *
 * @param base of the server, as the reader named it
 */
record FeedLinks(String base, FeedFilter filter, FeedForm form) {

    String home() {
        return base + "/";
    }

    /** The newest page: what a reader subscribes to. */
    String current() {
        return feed(Stream.of());
    }

    String after(long position, int limit) {
        return feed(Stream.of("after=" + position, "limit=" + limit));
    }

    private String feed(Stream<String> more) {
        String path =
                filter.agreement() == null
                        ? "/v1/feed"
                        : "/v1/agreements/" + filter.agreement() + "/feed";
        return base + path + form.suffix() + query(Stream.concat(filters(), more));
    }

    String archive(Span span) {
        return archives(span.toString());
    }

    /** Leads on to the archive page that comes after that one. */
    String archiveAfter(Span span) {
        return archives(span + "/next");
    }

    private String archives(String page) {
        return base
                + "/v1/feed/archives/"
                + page
                + form.suffix()
                + query(Stream.concat(parameter("agreement", filter.agreement()), filters()));
    }

    static String entry(String base, EntryAnswer entry) {
        return base + "/v1/agreements/" + entry.agreementId() + "/entries/" + entry.sequence();
    }

    /** Of all pages of this feed in every form, wherever the ledger is served. */
    String id(String ledger) {
        String name =
                Stream.concat(
                                Stream.of(ledger),
                                Stream.concat(
                                        parameter("agreement", filter.agreement()), filters()))
                        .collect(Collectors.joining("&"));
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    String title() {
        return Stream.of(
                        "Agreement ledger",
                        filter.agreement(),
                        filter.kind(),
                        filter.effect(),
                        filter.verdict())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    private Stream<String> filters() {
        return Stream.of(
                        parameter("kind", filter.kind()),
                        parameter("effect", filter.effect()),
                        parameter("verdict", filter.verdict()))
                .flatMap(it -> it);
    }

    /** All values are slugs, which need no encoding. */
    private static Stream<String> parameter(String name, @Nullable String value) {
        return Stream.ofNullable(value).map(it -> name + "=" + it);
    }

    private static String query(Stream<String> parameters) {
        String query = parameters.collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }
}
