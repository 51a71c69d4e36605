package org.agreementledger.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.axon.Durability;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Group commit for H2, which by itself never forces the disk: whoever comes first flushes for all
 * who came by then, the others find it done.
 */
final class GroupFlush implements Durability {

    private final JdbcClient jdbc;
    private final AtomicLong arrivals = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();
    private long flushedThrough;

    /** With a connection of its own: those of the pool may all wait for what this acknowledges. */
    GroupFlush(DatabaseSettings settings) {
        this.jdbc =
                JdbcClient.create(
                        new SingleConnectionDataSource(
                                settings.url(), settings.user(), settings.password(), true));
    }

    @Override
    public void await() {
        long arrival = arrivals.incrementAndGet();
        turn.lock();
        try {
            if (flushedThrough < arrival) {
                long through = arrivals.get();
                jdbc.sql("checkpoint sync").update();
                flushedThrough = through;
            }
        } finally {
            turn.unlock();
        }
    }
}
