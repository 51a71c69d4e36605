package org.agreementledger.api.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.feed.Feed;
import org.agreementledger.feed.Feed.Following;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Follows the ledger for all who listen. While nobody does, it rests. It ends before the server
 * begins to wait for what is under way, as streams end only with it.
 */
@Component
final class Streams implements SmartLifecycle, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int READ_AT_ONCE = 50;

    /** So many of those who have fallen behind read at a time: writers need connections too. */
    private static final int READERS_AT_ONCE = 4;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final LedgerNode node;
    private final Feed feed;
    private final int most;
    private final RecentEntries recent = new RecentEntries();
    private final Semaphore database = new Semaphore(READERS_AT_ONCE, true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread follower = new Thread(this::follow, "feed-streams");
    private int open;
    private volatile @Nullable StreamedCheckpoint checkpoint;
    private volatile boolean running;
    private volatile boolean closed;

    Streams(LedgerNode node, @Value("${ledger.feed.streams-max}") int most) {
        this.node = node;
        this.feed = node.feed();
        this.most = most;
    }

    /** False when there are as many as there may be, or no more may begin. */
    boolean enter() {
        lock.lock();
        try {
            if (closed || open == most) {
                return false;
            }
            open++;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            open--;
        } finally {
            lock.unlock();
        }
    }

    int most() {
        return most;
    }

    boolean isOpen() {
        return !closed;
    }

    private int open() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Never waits for an entry; only for its turn where it has to be read from the database. */
    Stretch after(long position, FeedFilter filter) throws InterruptedException {
        Optional<Stretch> held = recent.after(position, filter);
        return held.isPresent() ? held.get() : read(position, filter);
    }

    private Stretch read(long position, FeedFilter filter) throws InterruptedException {
        database.acquire();
        try {
            long newest = feed.newest(FeedFilter.ANY);
            Following page = feed.after(filter, position, READ_AT_ONCE, newest);
            List<StreamedEntry> entries = new ArrayList<>();
            int length = 0;
            for (EntryAnswer entry : page.entries()) {
                StreamedEntry streamed = StreamedEntry.of(entry);
                entries.add(streamed);
                length += streamed.text().length;
                if (length >= Stretch.BYTES_ENOUGH) {
                    return new Stretch(entries, streamed.position());
                }
            }
            return new Stretch(
                    entries, page.next() == null ? Math.max(position, newest) : page.next());
        } finally {
            database.release();
        }
    }

    /** The newest; empty where nothing is signed. */
    Optional<StreamedCheckpoint> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }

    void awaitAfter(long position, Duration atMost) throws InterruptedException {
        recent.awaitAfter(position, atMost);
    }

    private void follow() {
        while (!closed) {
            try {
                awaitReaders();
                long last = feed.newest(FeedFilter.ANY);
                recent.startAfter(last);
                checkpoint = newestCheckpoint();
                while (!closed && open() > 0) {
                    last = followFrom(last);
                }
            } catch (InterruptedException _) {
                closed = true;
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("The streams cannot follow the ledger; trying again.", e);
                    rest();
                }
            }
        }
    }

    private long followFrom(long last) {
        node.readModels().awaitPosition(last + 1, POLL);
        List<EntryAnswer> entries =
                feed.after(FeedFilter.ANY, last, READ_AT_ONCE, feed.newest(FeedFilter.ANY))
                        .entries();
        if (entries.isEmpty()) {
            return last;
        }
        checkpoint = newestCheckpoint();
        recent.append(entries.stream().map(StreamedEntry::of).toList());
        return Objects.requireNonNull(entries.getLast().position());
    }

    private @Nullable StreamedCheckpoint newestCheckpoint() {
        return node.tree().checkpoint().map(StreamedCheckpoint::of).orElse(null);
    }

    private void awaitReaders() throws InterruptedException {
        lock.lock();
        try {
            while (open == 0 && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void rest() {
        lock.lock();
        try {
            changed.awaitNanos(RETRY.toNanos());
        } catch (InterruptedException _) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        follower.setDaemon(true);
        follower.start();
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        recent.close();
        try {
            follower.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("ledger.feed.streams", this, Streams::open)
                .description("How many listen to the stream")
                .register(registry);
    }
}
