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
import org.apache.lucene.store.Directory;
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

    /** It does not follow at every step, as who asks does not wait for it to do so. */
    private static final Duration APART = Duration.ofMillis(500);

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
    private volatile @Nullable OpenIndex replaced;
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
                pause();
                awaited.entryAfter(upToDate(ENDLESS, _ -> {}).position());
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.warn("The search index cannot follow the entries; trying again.", e);
                    awaited.entryAfter(Long.MAX_VALUE - 1);
                }
            }
        }
    }

    private synchronized void pause() {
        try {
            if (!closed) {
                wait(APART.toMillis());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The first positions after {@code after}, ascending.
     *
     * @throws SearchNotReady when the index has much to catch up with, or fails
     */
    public List<Long> positions(Criteria criteria, long after, int limit) {
        Query query = Queries.query(criteria);
        return ask(index -> index.positions(query, after, limit));
    }

    /**
     * The last positions, descending.
     *
     * @throws SearchNotReady when the index has much to catch up with, or fails
     */
    public List<Long> newest(Criteria criteria, int limit) {
        Query query = Queries.query(criteria);
        return ask(index -> index.newest(query, limit));
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
        return ask(index -> index.perDay(daily, values));
    }

    private interface Question<T> {
        T ask(OpenIndex index) throws IOException;
    }

    private <T> T ask(Question<T> question) {
        while (true) {
            OpenIndex index = upToDate(follower == null ? ENDLESS : PATIENCE, _ -> {});
            try {
                return question.ask(index);
            } catch (IOException | RuntimeException e) {
                if (!wasReplaced(index)) {
                    throw failed(index, e);
                }
            }
        }
    }

    /** Who asked it just then asks the new one. */
    private boolean wasReplaced(OpenIndex index) {
        return replaced == index;
    }

    /**
     * Builds it anew beside the one that is asked and follows the entries meanwhile, and then puts
     * it in its place.
     *
     * @param done told the number of entries that it holds so far; throws to give it up
     */
    public void rebuild(LongConsumer done) {
        OpenIndex old = upToDate(ENDLESS, _ -> {});
        try {
            Directory beside = Places.beside(old.directory());
            OpenIndex next = new OpenIndex(beside);
            try {
                while (fill(next)) {
                    done.accept(next.written() + 1);
                }
                replace(old, next);
            } catch (IOException | RuntimeException e) {
                next.abandon();
                throw e;
            }
        } catch (IOException e) {
            throw new SearchNotReady(e);
        }
        done.accept(upToDate(ENDLESS, _ -> {}).written() + 1);
    }

    /** False once it has come to the last entry. */
    private boolean fill(OpenIndex next) throws IOException {
        List<IndexedEntry> batch = entries.after(next.written(), BATCH);
        next.append(batch, batch.size() < BATCH);
        return batch.size() == BATCH;
    }

    /** Questions wait for it: it is a matter of names of files. */
    private void replace(OpenIndex old, OpenIndex next) throws IOException {
        lock.lock();
        try {
            if (open != old) {
                throw new IllegalStateException("the search index was closed, or has failed");
            }
            replaced = old;
            open = null;
            open = Places.replaced(old, next);
        } finally {
            lock.unlock();
        }
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

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    @Override
    public void close() {
        end();
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
