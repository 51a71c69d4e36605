package org.agreementledger.api.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.feed.FeedFilter;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries, as they are written to streams: each is there once, for all readers. How much
 * is held does not depend on how many read, nor on how slowly; who falls behind what is held finds
 * the rest in the database.
 */
final class RecentEntries {

    private static final int ENTRIES_MAX = 8_192;
    private static final long BYTES_MAX = 16 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final @Nullable StreamedEntry[] ring = new StreamedEntry[ENTRIES_MAX];
    private long first;
    private long next;
    private long bytes;
    private boolean closed;

    /** Forgets what it holds: the next entry is the one after that position. */
    void startAfter(long position) {
        lock.lock();
        try {
            while (first < next) {
                forgetFirst();
            }
            first = position + 1;
            next = first;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** In the order of positions, without a gap. */
    void append(List<StreamedEntry> entries) {
        lock.lock();
        try {
            for (StreamedEntry entry : entries) {
                if (entry.position() != next) {
                    throw new IllegalStateException(
                            "position %d follows %d".formatted(entry.position(), next - 1));
                }
                if (next - first == ENTRIES_MAX) {
                    forgetFirst();
                }
                ring[slot(next)] = entry;
                bytes += entry.text().length;
                next++;
                while (bytes > BYTES_MAX) {
                    forgetFirst();
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void forgetFirst() {
        StreamedEntry entry = at(first);
        bytes -= entry.text().length;
        ring[slot(first)] = null;
        first++;
    }

    private StreamedEntry at(long position) {
        StreamedEntry entry = ring[slot(position)];
        if (entry == null) {
            throw new IllegalStateException("position " + position + " is not held");
        }
        return entry;
    }

    private static int slot(long position) {
        return (int) (position % ENTRIES_MAX);
    }

    /** What comes after that position; empty when it is no longer held, or not yet. */
    Optional<Stretch> after(long position, FeedFilter filter) {
        lock.lock();
        try {
            if (position + 1 < first || position >= next) {
                return Optional.empty();
            }
            List<StreamedEntry> entries = new ArrayList<>();
            int length = 0;
            long at = position + 1;
            while (at < next && length < Stretch.BYTES_ENOUGH) {
                StreamedEntry entry = at(at);
                if (filter.carries(entry.traits())) {
                    entries.add(entry);
                    length += entry.text().length;
                }
                at++;
            }
            return Optional.of(new Stretch(entries, at - 1));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns as soon as there is something after that position; at the latest after {@code
     * atMost}.
     */
    void awaitAfter(long position, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (next - 1 <= position && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** From now on nobody waits. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
