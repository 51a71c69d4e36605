package org.agreementledger.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the positions of entries. It follows the entries by itself: a question is answered from all
 * that are there when it is asked. It can be thrown away at any time, and is then built anew.
 */
public final class EntryIndex implements AutoCloseable {

    /** The entries to be found, in the order of their positions. */
    public interface Source {
        List<IndexedEntry> after(long position, int atMost);

        Optional<String> eventId(long position);
    }

    /** Returns when there may be an entry after that position, or after a while. */
    public interface Awaited {
        void entryAfter(long position);
    }

    private static final Logger LOG = LoggerFactory.getLogger(EntryIndex.class);
    private static final int BATCH = 500;

    /** Of a question, where somebody else brings the index up to date as well. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration ENDLESS = Duration.ofDays(365);

    /** Kept, or its level would be forgotten: it warns of a faster way that is still incubating. */
    private static final java.util.logging.Logger HINTS =
            java.util.logging.Logger.getLogger(
                    "org.apache.lucene.internal.vectorization.VectorizationProvider");

    static {
        HINTS.setLevel(java.util.logging.Level.SEVERE);
    }

    private final List<Path> folders;
    private final Source entries;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable OpenIndex open;
    private volatile @Nullable Thread follower;
    private volatile boolean closed;
    private boolean damaged;

    /**
     * @param folders the first that no other process uses is taken; it is opened when first needed
     */
    public EntryIndex(List<Path> folders, Source entries) {
        this.folders = folders;
        this.entries = entries;
    }

    /**
     * Whether it has been used; what was never used would be built when it is first asked, for
     * nothing if nobody asks again.
     */
    public boolean isThere() {
        return open != null || folders.size() == 1 && Files.exists(folders.getFirst());
    }

    /** The last position that it holds, as far as it has been opened; -1 before the first. */
    public long position() {
        OpenIndex index = open;
        return index == null ? -1 : index.position();
    }

    /** From now on it follows without being asked, so that questions seldom wait for it. */
    public synchronized void keepUp(Awaited awaited) {
        if (follower == null) {
            Thread thread = new Thread(() -> follow(awaited), "search-index");
            thread.setDaemon(true);
            follower = thread;
            thread.start();
        }
    }

    private void follow(Awaited awaited) {
        while (!closed) {
            try {
                awaited.entryAfter(upToDate(ENDLESS, _ -> {}).position());
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.warn("The search index cannot follow the entries; trying again.", e);
                    awaited.entryAfter(Long.MAX_VALUE - 1);
                }
            }
        }
    }

    /**
     * The first positions after {@code after}, ascending.
     *
     * @throws SearchNotReady when the index has much to catch up with, or fails
     */
    public List<Long> positions(Criteria criteria, long after, int limit) {
        Query query = Queries.query(criteria);
        OpenIndex index = upToDate(follower == null ? ENDLESS : PATIENCE, _ -> {});
        try {
            return index.positions(query, after, limit);
        } catch (IOException | RuntimeException e) {
            throw failed(index, e);
        }
    }

    /**
     * The last positions, descending.
     *
     * @throws SearchNotReady when the index has much to catch up with, or fails
     */
    public List<Long> newest(Criteria criteria, int limit) {
        Query query = Queries.query(criteria);
        OpenIndex index = upToDate(follower == null ? ENDLESS : PATIENCE, _ -> {});
        try {
            return index.newest(query, limit);
        } catch (IOException | RuntimeException e) {
            throw failed(index, e);
        }
    }

    /**
     * How many entries fall on each day.
     *
     * @param values the values of the attribute they are counted by; an entry that has several
     *     counts for each
     * @return for each value in order, or once for all together, a number for each day
     * @throws SearchNotReady when the index has much to catch up with, or fails
     */
    public List<int[]> perDay(Daily daily, List<String> values) {
        OpenIndex index = upToDate(follower == null ? ENDLESS : PATIENCE, _ -> {});
        try {
            return index.perDay(daily, values);
        } catch (IOException | RuntimeException e) {
            throw failed(index, e);
        }
    }

    /**
     * Builds it anew; questions are answered from the old one until it is done.
     *
     * @param done told the number of entries that it holds so far
     */
    public void rebuild(LongConsumer done) {
        lock.lock();
        try {
            OpenIndex index = opened();
            attempt(index, index::clear);
        } finally {
            lock.unlock();
        }
        upToDate(ENDLESS, done);
    }

    private OpenIndex upToDate(Duration patience, LongConsumer done) {
        OpenIndex index = open;
        if (index != null && !index.isBeingBuilt() && !isThereMoreThan(index)) {
            return index;
        }
        long start = System.nanoTime();
        do {
            index = step();
            done.accept(index.written() + 1);
            if (index.isBeingBuilt() && System.nanoTime() - start > patience.toNanos()) {
                throw new SearchNotReady(index.written());
            }
        } while (index.isBeingBuilt());
        return index;
    }

    private boolean isThereMoreThan(OpenIndex index) {
        return !entries.after(index.position(), 1).isEmpty();
    }

    /** Who asks and who follows take turns. */
    private OpenIndex step() {
        lock.lock();
        try {
            OpenIndex index = opened();
            List<IndexedEntry> next = entries.after(index.written(), BATCH);
            attempt(index, () -> index.append(next, next.size() < BATCH));
            return index;
        } finally {
            lock.unlock();
        }
    }

    private OpenIndex opened() {
        if (closed) {
            throw new IllegalStateException("The search index is closed.");
        }
        OpenIndex index = open;
        if (index == null) {
            try {
                index = Places.open(folders, entries, damaged);
            } catch (IOException e) {
                throw new SearchNotReady(e);
            }
            damaged = false;
            open = index;
        }
        return index;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(OpenIndex index, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            throw failed(index, e);
        }
    }

    /** It is opened again when next needed, and then built anew. */
    private SearchNotReady failed(OpenIndex index, Exception cause) {
        lock.lock();
        try {
            if (open == index) {
                LOG.warn("The search index has failed; building it anew.", cause);
                damaged = true;
                open = null;
                index.abandon();
            }
        } finally {
            lock.unlock();
        }
        return new SearchNotReady(cause);
    }

    @Override
    public void close() {
        closed = true;
        try {
            Thread following = follower;
            if (following != null) {
                following.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        lock.lock();
        try {
            OpenIndex index = open;
            open = null;
            if (index != null) {
                index.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The search index was not closed well; it will catch up.", e);
        } finally {
            lock.unlock();
        }
    }
}
