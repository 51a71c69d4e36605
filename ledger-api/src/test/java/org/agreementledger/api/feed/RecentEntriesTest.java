package org.agreementledger.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.feed.FeedFilter.Traits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecentEntriesTest {

    private static final int MEGABYTE = 1 << 20;

    private final RecentEntries recent = new RecentEntries();

    private static List<StreamedEntry> entries(long from, long to, int bytes) {
        byte[] text = new byte[bytes];
        return LongStream.range(from, to)
                .mapToObj(position ->
                        new StreamedEntry(
                                position,
                                new Traits(
                                        position % 10 == 0 ? "rare" : "frequent",
                                        "announcement",
                                        "unchanged",
                                        Set.of()),
                                text))
                .toList();
    }

    /** From that position on, as a reader takes it. */
    private List<Long> read(long after, FeedFilter filter) {
        List<Long> read = new ArrayList<>();
        Optional<Stretch> stretch = recent.after(after, filter);
        while (stretch.isPresent() && stretch.get().through() > after) {
            stretch.get().entries().forEach(entry -> read.add(entry.position()));
            after = stretch.get().through();
            stretch = recent.after(after, filter);
        }
        return read;
    }

    @Test
    void a_reader_takes_what_is_held_once_and_in_order_some_at_a_time() {
        recent.startAfter(9);
        recent.append(entries(10, 700, 1_000));
        recent.append(entries(700, 1_000, 1_000));

        assertThat(read(9, FeedFilter.ANY)).isEqualTo(LongStream.range(10, 1_000).boxed().toList());
        assertThat(read(500, FeedFilter.ofAgreement("rare")))
                .isEqualTo(LongStream.range(51, 100).map(n -> 10 * n).boxed().toList());
        assertThat(recent.after(9, FeedFilter.ANY).orElseThrow().entries()).hasSizeBetween(65, 66);
        assertThat(recent.after(999, FeedFilter.ANY).orElseThrow())
                .isEqualTo(new Stretch(List.of(), 999));
    }

    @Test
    void what_is_no_longer_held_or_not_yet_has_to_be_read_elsewhere() {
        recent.startAfter(-1);
        recent.append(entries(0, 10_000, 10));

        assertThat(recent.after(0, FeedFilter.ANY)).isEmpty();
        assertThat(recent.after(10_000, FeedFilter.ANY)).isEmpty();
        assertThat(recent.after(9_000, FeedFilter.ANY)).isPresent();
    }

    @Test
    void long_entries_take_no_more_memory_than_short_ones() {
        recent.startAfter(-1);
        recent.append(entries(0, 100, MEGABYTE));

        assertThat(recent.after(82, FeedFilter.ANY)).isEmpty();
        assertThat(read(83, FeedFilter.ANY)).hasSize(16);
        assertThat(recent.after(83, FeedFilter.ANY).orElseThrow().entries()).hasSize(1);
    }

    @Test
    void who_waits_is_woken_by_an_entry_and_by_the_end() throws Exception {
        recent.startAfter(-1);
        Thread waiting = Thread.ofVirtual().start(() -> await(-1));
        recent.append(entries(0, 1, 10));
        waiting.join();
        waiting = Thread.ofVirtual().start(() -> await(0));
        recent.close();
        waiting.join();
    }

    private void await(long position) {
        try {
            recent.awaitAfter(position, Duration.ofMinutes(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
