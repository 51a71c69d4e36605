package org.agreementledger.node;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets in who writes to an embedded H2, one after the other.
 *
 * <p>H2 writes its file map by map (tables, indexes, undo log) while transactions go on; of one
 * that is under way then, a process that is killed may leave half (<a
 * href="https://github.com/h2database/h2database/issues/2080">h2database#2080</a>). So nothing is
 * under way when a state of the file is fixed: neither by {@link GroupFlush}, nor by H2 itself,
 * which does so in the thread of a writer whose changes take too much memory.
 */
final class TransactionGate {

    private final ReentrantLock lock = new ReentrantLock(true);

    /** Again by who is inside, too. */
    void enter() {
        lock.lock();
    }

    void leave() {
        lock.unlock();
    }

    /** While nobody else writes. */
    <T> T alone(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** Whether the caller keeps all others out. */
    boolean isHeld() {
        return lock.isHeldByCurrentThread();
    }
}
