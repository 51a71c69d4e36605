package org.agreementledger.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.axon.Durability;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Group commit for H2, which by itself never forces the disk: whoever comes first flushes for all
 * who came by then, the others find it done.
 */
final class GroupFlush implements Durability {

    private final JdbcClient jdbc;
    private final AtomicLong arrivals = new AtomicLong();
    private final ReentrantLock turn = new ReentrantLock();
    private long flushedThrough;

    GroupFlush(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
