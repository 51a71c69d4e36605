package org.agreementledger.feed;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.feed.Heads.Head;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.readmodels.ReadModels;
import org.jspecify.annotations.Nullable;

/**
 * The entries in the order of their positions, each as it was answered when it was recorded: the
 * links to what was recorded about it later are left out, as that is an entry of its own further
 * on. So what a reader was given never changes.
 *
 * <p>The newest page holds at least {@link Span#SHORTEST} entries, if there are so many. The ones
 * before it are in archive pages: each holds what a feed carries within one {@link Span}, as long a
 * one as holds no more than that many. A page depends on the entries of the feed alone, not on how
 * far the rest of the ledger has come.
 */
public final class Feed {

    /**
     * @param entries in ascending position
     * @param before where the ones before them are; null when there are none
     */
    public record Page(List<EntryAnswer> entries, @Nullable Span before) {}

    /**
     * @param entries in ascending position
     * @param next the position after which there are more; null when these are the last
     */
    public record Following(List<EntryAnswer> entries, @Nullable Long next) {}

    private static final int LOOKED_AT_ONCE = 1_000;

    private final Log log;
    private final LogTree tree;
    private final Entries entries;
    private final ReadModels readModels;
    private final Heads heads = new Heads();
    private volatile @Nullable String ledger;

    public Feed(Log log, LogTree tree, Entries entries, ReadModels readModels) {
        this.log = log;
        this.tree = tree;
        this.entries = entries;
        this.readModels = readModels;
    }

    /**
     * The name of this ledger, wherever it is served and in every copy of it: the id of its first
     * event. Empty before that.
     */
    public Optional<String> ledger() {
        if (ledger == null) {
            ledger = log.at(0).map(LogEntry::eventId).orElse(null);
        }
        return Optional.ofNullable(ledger);
    }

    /**
     * The first checkpoint that covers that position, so that every subscriber is a witness of what
     * it was told; empty where nothing is signed.
     */
    public Optional<StoredCheckpoint> checkpoint(long position) {
        return tree.checkpointsAfter(position, 1).stream().findFirst();
    }

    /**
     * The position of the newest entry in a feed; -1 when there is none. Everything but an archive
     * page is a function of it. Asked again, it looks at no entry but those recorded since.
     */
    public long newest(FeedFilter filter) {
        long now = readModels.position();
        if (filter.equals(FeedFilter.ANY)) {
            return now;
        }
        Head known = heads.of(filter);
        if (known != null && known.through() == now) {
            return known.newest();
        }
        long newest =
                known == null || known.through() > now
                        ? search(filter, now)
                        : newestAfter(filter, known, now);
        heads.put(filter, new Head(now, newest));
        return newest;
    }

    private long newestAfter(FeedFilter filter, Head known, long now) {
        long newest = known.newest();
        long after = known.through();
        List<Long> found;
        do {
            found = entries.positions(filter.entries(), after, LOOKED_AT_ONCE);
            for (long position : found) {
                if (position <= now) {
                    newest = position;
                }
                after = position;
            }
        } while (found.size() == LOOKED_AT_ONCE && after < now);
        return newest;
    }

    private long search(FeedFilter filter, long now) {
        long from = startOfLast(now);
        List<Long> found = positions(filter, from, now + 1);
        while (found.isEmpty() && from > 0 && isAnyBefore(filter, from)) {
            Span span = endingAt(filter, from);
            found = positions(filter, span.from(), span.to());
            from = span.from();
        }
        return found.isEmpty() ? -1 : found.getLast();
    }

    /**
     * @param newest of the feed, as {@link #newest(FeedFilter)} told
     */
    public Page newest(FeedFilter filter, long newest) {
        long from = startOfLast(newest);
        int count = positions(filter, from, newest + 1).size();
        while (count < Span.SHORTEST && from > 0) {
            Span span = endingAt(filter, from);
            count += positions(filter, span.from(), span.to()).size();
            from = span.from();
        }
        return new Page(read(filter, from, newest + 1), lastBefore(filter, from));
    }

    /** Where the span begins that is not full yet, after that position was recorded. */
    private static long startOfLast(long position) {
        return position + 1 - (position + 1) % Span.SHORTEST;
    }

    /** Empty while not all its positions are recorded, and where a shorter one holds enough. */
    public Optional<Page> archive(FeedFilter filter, Span span) {
        if (span.to() > readModels.position() + 1
                || positions(filter, span.from(), span.to()).size() > Span.SHORTEST) {
            return Optional.empty();
        }
        return Optional.of(
                new Page(read(filter, span.from(), span.to()), lastBefore(filter, span.from())));
    }

    /** The archive page that follows another; empty while it is not full. */
    public Optional<Span> archiveAfter(FeedFilter filter, Span span) {
        long end = readModels.position() + 1;
        long from = span.to();
        while (from + Span.SHORTEST <= end) {
            Span next = startingAt(filter, from, end);
            if (!positions(filter, next.from(), next.to()).isEmpty()) {
                return Optional.of(next);
            }
            from = next.to();
        }
        return Optional.empty();
    }

    /**
     * Those after {@code position} and up to {@code newest}, at most {@code limit}.
     *
     * @param newest of the feed, as {@link #newest(FeedFilter)} told
     */
    public Following after(FeedFilter filter, long position, int limit, long newest) {
        Entries.Page page = entries.page(filter.entries(), position, limit);
        Long next = page.next();
        return new Following(
                page.items().stream()
                        .takeWhile(entry -> position(entry) <= newest)
                        .map(Feed::asRecorded)
                        .toList(),
                next != null && next < newest ? next : null);
    }

    /** The longest span with that end that holds no more entries than a page. */
    private Span endingAt(FeedFilter filter, long to) {
        Span span = Span.endingAt(to);
        Optional<Span> longer = span.backwards();
        while (longer.isPresent() && fits(filter, longer.get())) {
            span = longer.get();
            longer = span.backwards();
        }
        return span;
    }

    private Span startingAt(FeedFilter filter, long from, long end) {
        Span span = Span.startingAt(from);
        Optional<Span> longer = span.forwards();
        while (longer.isPresent() && longer.get().to() <= end && fits(filter, longer.get())) {
            span = longer.get();
            longer = span.forwards();
        }
        return span;
    }

    private boolean fits(FeedFilter filter, Span span) {
        return positions(filter, span.from(), span.to()).size() <= Span.SHORTEST;
    }

    private @Nullable Span lastBefore(FeedFilter filter, long end) {
        if (!isAnyBefore(filter, end)) {
            return null;
        }
        Span span = endingAt(filter, end);
        while (positions(filter, span.from(), span.to()).isEmpty()) {
            span = endingAt(filter, span.from());
        }
        return span;
    }

    private boolean isAnyBefore(FeedFilter filter, long end) {
        return !positions(filter, 0, end, 1).isEmpty();
    }

    /** Of those within these bounds; one more than a page holds where there are more. */
    private List<Long> positions(FeedFilter filter, long from, long to) {
        return positions(filter, from, to, Span.SHORTEST + 1);
    }

    private List<Long> positions(FeedFilter filter, long from, long to, int limit) {
        if (filter.equals(FeedFilter.ANY)) {
            return LongStream.range(from, Math.min(to, from + limit)).boxed().toList();
        }
        return entries.positions(filter.entries(), from - 1, limit).stream()
                .takeWhile(position -> position < to)
                .toList();
    }

    /** A newest page holds less than two full ones. */
    private List<EntryAnswer> read(FeedFilter filter, long from, long to) {
        return entries.page(filter.entries(), from - 1, 2 * Span.SHORTEST).items().stream()
                .takeWhile(entry -> position(entry) < to)
                .map(Feed::asRecorded)
                .toList();
    }

    private static EntryAnswer asRecorded(EntryAnswer entry) {
        return entry.withLinks(null, null, null);
    }

    private static long position(EntryAnswer entry) {
        return Objects.requireNonNull(entry.position());
    }
}
