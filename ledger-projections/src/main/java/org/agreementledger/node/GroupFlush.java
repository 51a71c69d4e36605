package org.agreementledger.node;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    private final TransactionGate gate;
    private final JdbcClient jdbc;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("group-flush").unstarted(this::flushAll);
    private CompletableFuture<Void> gathering = new CompletableFuture<>();
    private boolean wanted;
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

    private synchronized CompletableFuture<Void> join() {
        if (closed) {
            throw new IllegalStateException("The database is closed.");
        }
        wanted = true;
        notifyAll();
        return gathering;
    }

    private void flushAll() {
        try {
            while (awaitWanted()) {
                flush(next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitWanted() throws InterruptedException {
        while (!wanted && !closed) {
            wait();
        }
        return wanted;
    }

    /**
     * Who comes from now on waits for the next flush: this one may have begun before their commit.
     */
    private synchronized CompletableFuture<Void> next() {
        CompletableFuture<Void> next = gathering;
        gathering = new CompletableFuture<>();
        wanted = false;
        return next;
    }

    private void flush(CompletableFuture<Void> waiting) throws InterruptedException {
        if (failure == null) {
            try {
                gate.between(() -> jdbc.sql("checkpoint sync").update());
                waiting.complete(null);
                return;
            } catch (RuntimeException e) {
                failure = new NotDurable(reason(e), e);
                LOGGER.error("{}", failure.getMessage(), e);
            }
        }
        waiting.completeExceptionally(failure);
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
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
