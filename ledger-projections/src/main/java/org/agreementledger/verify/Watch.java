package org.agreementledger.verify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.log.LogTree;
import org.agreementledger.verify.Verification.Progress;
import org.agreementledger.verify.Verification.Question;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the whole ledger now and then while it is in use, and rests as long as it works, so that
 * nobody waits for it. A ledger whose record does not fit is not signed by this process any more
 * until one that fits was found again.
 */
public final class Watch implements AutoCloseable {

    /**
     * A verification that ended.
     *
     * @param verified null where it could not run
     * @param failure why not
     */
    public record Last(
            Instant endedAt,
            Duration took,
            @Nullable Verified verified,
            @Nullable String failure) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(Watch.class);

    /** A server has enough to do when it starts. */
    private static final Duration FIRST_MAX = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REST_MAX = Duration.ofSeconds(1);

    private final Verification verification;
    private final LogTree tree;
    private final Clock clock;
    private final Duration every;
    private final Thread thread = new Thread(this::watch, "verification");
    private volatile @Nullable Last last;
    private volatile boolean closed;
    private long workedSince;

    /**
     * @param every from the start of one to the start of the next, at least
     */
    public Watch(Verification verification, LogTree tree, Clock clock, Duration every) {
        this.verification = verification;
        this.tree = tree;
        this.clock = clock;
        this.every = every;
    }

    public void start() {
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Empty until the first one has ended. */
    public Optional<Last> last() {
        return Optional.ofNullable(last);
    }

    private void watch() {
        Duration first = every.compareTo(FIRST_MAX) < 0 ? every : FIRST_MAX;
        long due = System.nanoTime() + first.toNanos();
        while (await(due)) {
            due = System.nanoTime() + every.toNanos();
            try {
                last = verify();
            } catch (CancellationException | InterruptedException _) {
                closed = true;
            }
        }
    }

    /** False when it is closed by then. */
    private boolean await(long due) {
        for (long left = due - System.nanoTime();
                !closed && left > 0;
                left = due - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return !closed;
    }

    private Last verify() throws InterruptedException {
        long start = System.nanoTime();
        workedSince = start;
        Verified verified = null;
        String failure = null;
        try {
            verified = verification.verify(Question.ALL, PATIENCE, Progress.NONE, this::rest);
            tell(verified);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOGGER.error("The ledger could not be verified; it is tried again in {}.", every, e);
            failure = e.toString();
        }
        return new Last(
                clock.instant(), Duration.ofNanos(System.nanoTime() - start), verified, failure);
    }

    private void tell(Verified verified) {
        if (verified.ok()) {
            tree.trust();
            return;
        }
        Difference first = verified.differences().getFirst();
        LOGGER.error(
                "The ledger is not what it was: {} differences, the first in {}. ledger verify shows them.",
                verified.found(),
                first.place());
        verified.differences().stream()
                .filter(difference -> !difference.concernsReadModels())
                .findFirst()
                .ifPresent(difference -> tree.distrust(difference.place()));
    }

    private void rest() {
        long worked = System.nanoTime() - workedSince;
        await(System.nanoTime() + Math.min(worked, REST_MAX.toNanos()));
        if (closed) {
            throw new CancellationException();
        }
        workedSince = System.nanoTime();
    }

    /** Never by interrupting it: that would close the file of an embedded database. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive()) {
                thread.join(Duration.ofSeconds(30));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
