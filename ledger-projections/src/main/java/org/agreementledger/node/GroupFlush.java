package org.agreementledger.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.NotDurable;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit for an embedded H2, which by itself writes a commit up to half a second later, in
 * the middle of others, and never forces the disk: one thread does so for all who wait. The state
 * of the file is fixed while nobody writes, which is quick; it is written and forced while others
 * go on.
 *
 * <p>A flush that failed is the last one: the operating system forgets what it could not write, so
 * that the next one would succeed without it.
 */
final class GroupFlush implements Durability, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupFlush.class);
    private static final Duration PATIENCE_MAX = Duration.ofMillis(2);

    /** What nobody waits for is written this much later at most. */
    private static final Duration UNSAVED_MAX = Duration.ofMillis(500);

    private static final Duration TIDIED_EVERY = Duration.ofMillis(200);

    /** So much of the file, in percent, is to be in use; H2's own figures while it is busy. */
    private static final int FILL_RATE = 81;

    private static final int TIDIED_AT_ONCE = 256 << 10;

    private final TransactionGate gate;
    private final MVStore store;
    private final boolean force;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("group-flush").unstarted(this::flushAll);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();

    /** Those who wait for the next flush. */
    private Group gathering = new Group();

    /** How many would wait for it if all whom the last flush answered came again at once. */
    private int expected;

    /** How long that is waited for. */
    private long patience;

    private boolean closed;
    private volatile @Nullable NotDurable failure;

    /** When it was tidied last, and what version of the store that led to. */
    private long tidiedAt = System.nanoTime();

    private long tidied = -1;

    private static final class Group {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int size;
    }

    GroupFlush(Database database) {
        this.gate = database.gate();
        this.store = StorageEngine.of(database.dataSource());
        this.force = database.settings().fsync();
        thread.start();
    }

    @Override
    public void await() {
        require();
        if (gate.isHeld()) {
            throw new IllegalStateException("Who keeps others from writing would wait for ever.");
        }
        try {
            join().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof NotDurable failed ? again(failed) : e;
        }
    }

    @Override
    public void require() {
        NotDurable failed = failure;
        if (failed != null) {
            throw again(failed);
        }
    }

    /** Thrown anew, so that each trace is that of who waited. */
    private static NotDurable again(NotDurable failed) {
        return new NotDurable(failed.reason(), failed);
    }

    /** Empty while all is well. */
    Optional<NotDurable> failure() {
        return Optional.ofNullable(failure);
    }

    private CompletableFuture<Void> join() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The database is closed.");
            }
            gathering.size++;
            joined.signalAll();
            return gathering.done;
        } finally {
            lock.unlock();
        }
    }

    private Group take() {
        lock.lock();
        try {
            Group those = gathering;
            gathering = new Group();
            return those;
        } finally {
            lock.unlock();
        }
    }

    private void flushAll() {
        try {
            boolean open = true;
            while (open) {
                open = awaitWanted();
                flush();
                if (System.nanoTime() - tidiedAt > TIDIED_EVERY.toNanos()) {
                    gate.alone(() -> tried(this::tidy));
                    tidiedAt = System.nanoTime();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Who was just answered is likely to come again soon; so a flush waits a little for them, but
     * less than it costs those who wait already to let them have one of their own. Returns whether
     * others may come.
     */
    private boolean awaitWanted() throws InterruptedException {
        lock.lock();
        try {
            long unsaved = UNSAVED_MAX.toNanos();
            while (gathering.size == 0 && !closed && unsaved > 0) {
                unsaved = joined.awaitNanos(unsaved);
            }
            long left = gathering.size == 0 ? 0 : patience;
            while (gathering.size < expected && !closed && left > 0) {
                left = joined.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Who comes once its state is fixed waits for the next one. */
    private void flush() {
        long start = System.nanoTime();
        Group those =
                gate.alone(() -> {
                    Group taken = take();
                    tried(this::fix);
                    return taken;
                });
        if (those.size > 0) {
            boolean done = tried(this::write);
            expect(those.size, System.nanoTime() - start);
            if (done) {
                those.done.complete(null);
            } else {
                those.done.completeExceptionally(failure);
            }
        }
    }

    private void expect(int answered, long took) {
        lock.lock();
        try {
            expected = answered + gathering.size;
            patience = Math.min(took / 2, PATIENCE_MAX.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /** From now on that is what will be written; it goes on in threads of H2. */
    private void fix() {
        if (store.tryCommit() < 0) {
            store.commit();
        }
    }

    private void write() {
        store.executeFilestoreOperation(() -> {});
        if (force) {
            store.sync();
        }
    }

    /** Brings together what is left of parts of the file that are mostly unused, if any are new. */
    private void tidy() {
        if (store.getCurrentVersion() != tidied) {
            store.compact(FILL_RATE, TIDIED_AT_ONCE);
            fix();
            tidied = store.getCurrentVersion();
        }
    }

    /** Returns whether it succeeded, as everything before. */
    private boolean tried(Runnable step) {
        if (failure == null) {
            try {
                step.run();
            } catch (RuntimeException e) {
                failure = new NotDurable(reason(e), e);
                LOGGER.error("{}", failure.getMessage(), e);
            }
        }
        return failure == null;
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** After a last flush for those who still wait. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            joined.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
