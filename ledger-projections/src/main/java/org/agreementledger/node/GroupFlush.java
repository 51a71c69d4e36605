package org.agreementledger.node;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.NotDurable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Group commit for H2, which by itself writes a commit up to half a second later and never forces
 * the disk: one thread does so for all who wait.
 *
 * <p>A flush that failed is the last one: the operating system forgets what it could not write, so
 * that the next one would succeed without it.
 */
final class GroupFlush implements Durability, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(GroupFlush.class);
    private static final Duration PATIENCE_MAX = Duration.ofMillis(2);

    private final TransactionGate gate;
    private final JdbcClient jdbc;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("group-flush").unstarted(this::flushAll);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();

    /** Those who wait for the next flush, and how many they are. */
    private CompletableFuture<Void> gathering = new CompletableFuture<>();

    private int waiting;

    /** How many would wait for it if all whom the last flush answered came again at once. */
    private int expected;

    /** How long that is waited for. */
    private long patience;

    private boolean closed;
    private volatile @Nullable NotDurable failure;

    /** With a connection of its own: those of the pool may all wait for what this acknowledges. */
    GroupFlush(DatabaseSettings settings, TransactionGate gate) {
        this.gate = gate;
        this.jdbc =
                JdbcClient.create(
                        new SingleConnectionDataSource(
                                settings.url(), settings.user(), settings.password(), true));
        thread.start();
    }

    @Override
    public void await() {
        require();
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
            waiting++;
            joined.signalAll();
            return gathering;
        } finally {
            lock.unlock();
        }
    }

    private void flushAll() {
        try {
            while (awaitWanted()) {
                long start = System.nanoTime();
                int answered = flush();
                expect(answered, System.nanoTime() - start);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Who was just answered is likely to come again soon; so a flush waits a little for them, but
     * less than it costs those who wait already to let them have one of their own.
     */
    private boolean awaitWanted() throws InterruptedException {
        lock.lock();
        try {
            while (waiting == 0 && !closed) {
                joined.await();
            }
            long left = patience;
            while (waiting < expected && !closed && left > 0) {
                left = joined.awaitNanos(left);
            }
            return waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    private void expect(int answered, long took) {
        lock.lock();
        try {
            expected = answered + waiting;
            patience = Math.min(took / 2, PATIENCE_MAX.toNanos());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who comes from now on waits for the next flush: this one may have begun before their commit.
     * Returns how many it was for.
     */
    private int flush() throws InterruptedException {
        return gate.between(() -> {
            CompletableFuture<Void> those;
            int many;
            lock.lock();
            try {
                those = gathering;
                many = waiting;
                gathering = new CompletableFuture<>();
                waiting = 0;
            } finally {
                lock.unlock();
            }
            flush(those);
            return many;
        });
    }

    private void flush(CompletableFuture<Void> those) {
        if (failure == null) {
            try {
                jdbc.sql("checkpoint sync").update();
                those.complete(null);
                return;
            } catch (RuntimeException e) {
                failure = new NotDurable(reason(e), e);
                LOGGER.error("{}", failure.getMessage(), e);
            }
        }
        those.completeExceptionally(failure);
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
