package org.agreementledger.node;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.agreementledger.axon.Durability;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Group commit for H2, which by itself writes a commit up to half a second later and never forces
 * the disk: one thread does so for all who wait.
 */
final class GroupFlush implements Durability, AutoCloseable {

    private final JdbcClient jdbc;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("group-flush").unstarted(this::flushAll);
    private CompletableFuture<Void> gathering = new CompletableFuture<>();
    private boolean wanted;
    private boolean closed;

    /** With a connection of its own: those of the pool may all wait for what this acknowledges. */
    GroupFlush(DatabaseSettings settings) {
        this.jdbc =
                JdbcClient.create(
                        new SingleConnectionDataSource(
                                settings.url(), settings.user(), settings.password(), true));
        thread.start();
    }

    @Override
    public void await() {
        try {
            join().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "What was written may not be on the disk: " + e.getCause().getMessage(),
                    e.getCause());
        }
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

    private void flush(CompletableFuture<Void> waiting) {
        try {
            jdbc.sql("checkpoint sync").update();
            waiting.complete(null);
        } catch (RuntimeException e) {
            waiting.completeExceptionally(e);
        }
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
