package org.agreementledger.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Submission;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.feed.Feed.Following;
import org.agreementledger.feed.Feed.Page;
import org.agreementledger.feed.FeedFilter.Traits;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold of every feed of a random ledger. */
@Timeout(120)
class FeedPagesLawTest {

    private static final long SEED = 4;
    private static final int ENTRIES = 650;
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;
    private final Map<String, List<EntryAnswer>> archives = new HashMap<>();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_way_through_the_pages_meets_every_entry_once_and_archives_never_change(
            TestDatabase database) {
        LedgerNode.Location location = database.fresh(folder);
        List<Submission> all =
                RandomLedger.ofCount(SEED, ENTRIES).stream()
                        .map(entry ->
                                new Submission(new RecordEntry(entry, null), Drafts.ADA, null))
                        .toList();
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            assertLaws(node);
            int recorded = 0;
            for (int until : List.of(1, 199, 450, ENTRIES)) {
                record(node, all.subList(recorded, until));
                recorded = until;
                assertLaws(node);
            }
            node.rebuilds().run(2, _ -> {});
        }
        assertThat(archives.size()).isGreaterThan(5);
        try (LedgerNode node = LedgerNode.open(location, Clock.systemUTC())) {
            assertLaws(node);
        }
    }

    private static void record(LedgerNode node, List<Submission> submissions) {
        assertThat(node.readModels().await(node.ledger().recordAll(submissions), SOON)).isTrue();
    }

    private void assertLaws(LedgerNode node) {
        List<EntryAnswer> all =
                node.entries().page(EntryFilter.ANY, -1, ENTRIES).items().stream()
                        .map(entry -> entry.withLinks(null, null, null))
                        .toList();
        for (FeedFilter filter : FILTERS) {
            List<EntryAnswer> carried =
                    all.stream().filter(entry -> filter.carries(Traits.of(entry))).toList();
            assertLaws(node.feed(), filter, carried);
        }
    }

    private static final List<FeedFilter> FILTERS =
            List.of(
                    FeedFilter.ANY,
                    FeedFilter.ofAgreement("agreement-0"),
                    FeedFilter.ofAgreement("nobody-opened-this"),
                    new FeedFilter("agreement-1", "amendment", null, null),
                    new FeedFilter(null, "announcement", null, null),
                    new FeedFilter(null, "closing", null, null),
                    new FeedFilter(null, null, "changed", null),
                    new FeedFilter(null, null, null, "upheld"),
                    new FeedFilter(null, "announcement", "disclosed", "contradicted"));

    private void assertLaws(Feed feed, FeedFilter filter, List<EntryAnswer> carried) {
        long newest = feed.newest(filter);
        assertThat(newest)
                .as("%s", filter)
                .isEqualTo(carried.isEmpty() ? -1 : position(carried.getLast()));
        Page page = feed.newest(filter, newest);
        assertThat(page.entries())
                .hasSizeLessThan(2 * Span.SHORTEST)
                .hasSizeGreaterThanOrEqualTo(Math.min(Span.SHORTEST, carried.size()));
        List<Span> spans = new ArrayList<>();
        List<Long> expected = positions(carried);
        List<Long> read = new ArrayList<>(positions(page.entries()));
        for (Span span = page.before(); span != null; span = archive(feed, filter, span).before()) {
            spans.addFirst(span);
            read.addAll(0, positions(archive(feed, filter, span).entries()));
        }
        assertThat(read).as("%s", filter).isEqualTo(expected);
        assertForward(feed, filter, spans, page, expected);
        assertThat(following(feed, filter, newest)).as("%s", filter).isEqualTo(expected);
    }

    private Page archive(Feed feed, FeedFilter filter, Span span) {
        Page page = feed.archive(filter, span).orElseThrow();
        assertThat(page.entries()).hasSizeBetween(1, Span.SHORTEST);
        List<EntryAnswer> first =
                archives.putIfAbsent(filter + " " + span + " " + page.before(), page.entries());
        assertThat(first == null || first.equals(page.entries())).as("%s", span).isTrue();
        return page;
    }

    /** Its archives may be other ones, as longer ones have become full. */
    private void assertForward(
            Feed feed, FeedFilter filter, List<Span> spans, Page page, List<Long> expected) {
        if (spans.isEmpty()) {
            return;
        }
        List<Long> read = new ArrayList<>();
        for (Optional<Span> span = Optional.of(spans.getFirst());
                span.isPresent();
                span = feed.archiveAfter(filter, span.get())) {
            read.addAll(positions(archive(feed, filter, span.get()).entries()));
        }
        positions(page.entries()).stream()
                .filter(position -> !read.contains(position))
                .forEach(read::add);
        assertThat(read).as("%s", filter).isEqualTo(expected);
    }

    private static List<Long> following(Feed feed, FeedFilter filter, long newest) {
        Random random = new Random(SEED);
        List<Long> read = new ArrayList<>();
        Long after = -1L;
        while (after != null) {
            Following page = feed.after(filter, after, 1 + random.nextInt(150), newest);
            read.addAll(positions(page.entries()));
            after = page.next();
        }
        return read;
    }

    private static List<Long> positions(List<EntryAnswer> entries) {
        return entries.stream().map(FeedPagesLawTest::position).toList();
    }

    private static long position(EntryAnswer entry) {
        return Objects.requireNonNull(entry.position());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void who_asks_again_has_no_entry_looked_at(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            record(node, List.of(Drafts.opening("alpha"), Drafts.announcement("alpha", "Hello")));
            List<FeedFilter> filters =
                    List.of(
                            FeedFilter.ANY,
                            FeedFilter.ofAgreement("alpha"),
                            new FeedFilter(null, "announcement", null, "upheld"),
                            new FeedFilter(null, "closing", null, null));
            List<Long> asked = filters.stream().map(node.feed()::newest).toList();
            assertThat(asked).containsExactly(1L, 1L, 1L, -1L);

            node.database()
                    .jdbc()
                    .sql("alter table " + database.models() + ".entry rename to hidden")
                    .update();

            assertThat(filters.stream().map(node.feed()::newest)).isEqualTo(asked);
        }
    }
}
