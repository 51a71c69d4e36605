package org.agreementledger.node;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * H2 writes its file map by map (tables, indexes, undo log) while transactions go on; of one that
 * is under way then, a process that is killed may leave half. So the file is written between them.
 */
final class TransactionGate {

    /** Nobody's acknowledgement waits longer for a transaction that takes long. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    void enter() {
        lock.readLock().lock();
    }

    void leave() {
        lock.readLock().unlock();
    }

    /** Runs it while no transaction is under way, unless one takes long. */
    <T> T between(Supplier<T> writing) throws InterruptedException {
        boolean alone = lock.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return writing.get();
        } finally {
            if (alone) {
                lock.writeLock().unlock();
            }
        }
    }
}
