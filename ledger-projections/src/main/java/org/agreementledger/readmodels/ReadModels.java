package org.agreementledger.readmodels;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.WriteMeters;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Log;
import org.agreementledger.log.Logged;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.ReadModel.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the read models up to the log, in the order of positions, and says how far they are. The
 * row that holds their position is locked while they move, so that of several nodes one moves them
 * at a time.
 */
public class ReadModels implements AutoCloseable {

    /** Told after each batch, with positions done and positions there are. */
    public interface Progress {
        void done(long positions, long of);
    }

    /** The read models do not hold yet what was asked for; they are on their way. */
    public static final class Behind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Behind(long position, long asked) {
            super(
                    "The read models hold positions up to %d and follow; %d was asked for. Ask again in a moment."
                            .formatted(position, asked));
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReadModels.class);
    private static final int BATCH_MAX = 500;

    /** Where another node moves the read models, nobody wakes us. */
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Log log;
    private final List<ReadModel> models;
    private final AgreementFolds folds;
    private final boolean replica;
    private final Timer batchTimer;
    private final Timer seenTimer;
    private final Thread follower = new Thread(this::follow, "read-models");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition modelsMoved = lock.newCondition();
    private volatile long moves;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * @param replica whether they come with everything else from another database, so that a
     *     position that is not there yet may be there already
     */
    public ReadModels(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Log log,
            List<ReadModel> models,
            boolean replica,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.log = log;
        this.models = models;
        this.folds = new AgreementFolds(jdbc);
        this.replica = replica;
        this.batchTimer =
                WriteMeters.timer(
                                "ledger.readmodels.batch",
                                "How long it takes the read models to follow a batch of entries")
                        .register(meters);
        this.seenTimer = WriteMeters.part(meters, "seen");
    }

    public void start() {
        follower.setDaemon(true);
        follower.start();
    }

    private void follow() {
        while (!closed) {
            try {
                long position = position();
                if (log.newest() == position) {
                    log.awaitBeyond(position, POLL);
                } else if (move(BATCH_MAX) > 0) {
                    modelsMoved();
                }
                failure = null;
            } catch (InterruptedException _) {
                closed = true;
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    failure = e;
                    LOG.error("The read models cannot follow the log; trying again.", e);
                    awaitMoveAfter(moves, RETRY.toNanos());
                }
            }
        }
    }

    private void modelsMoved() {
        lock.lock();
        try {
            moves++;
            modelsMoved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int move(int atMost) {
        try {
            return batchTimer.record(() -> transaction.execute(_ -> step(lockPosition(), atMost)));
        } catch (RuntimeException | Error e) {
            folds.clear();
            throw e;
        }
    }

    /** Under the lock of the position, which an earlier step may have given up half way. */
    private int step(long position, int atMost) {
        models.forEach(ReadModel::discard);
        List<Logged> batch = log.read(position, atMost);
        for (Logged logged : batch) {
            apply(logged);
        }
        if (!batch.isEmpty()) {
            models.forEach(ReadModel::flush);
            setPosition(batch.getLast().log().position());
        }
        return batch.size();
    }

    private void apply(Logged logged) {
        AgreementId agreementId = logged.log().agreementId();
        AgreementFold before = before(agreementId, logged.log().sequence());
        AgreementFold after = before.with(logged.event().entry(), logged.log().position());
        Step step = new Step(logged.log(), logged.event(), before, after);
        models.forEach(model -> model.apply(step));
        folds.put(agreementId, after);
    }

    /** Another node may have moved the read models since this one saw the agreement. */
    private AgreementFold before(AgreementId agreementId, int sequence) {
        AgreementFold before = folds.newest(agreementId);
        if (before.history().size() < sequence - 1) {
            models.forEach(ReadModel::flush);
            before = folds.at(agreementId, Long.MAX_VALUE);
        }
        if (before.history().size() != sequence - 1) {
            throw new IllegalStateException(
                    "entry %d of %s follows entry %d in the log"
                            .formatted(sequence, agreementId, before.history().size()));
        }
        return before;
    }

    private long lockPosition() {
        return jdbc.sql("select position from read_model where name = 'all' for update")
                .query(Long.class)
                .single();
    }

    private void setPosition(long position) {
        jdbc.sql("update read_model set position = :position where name = 'all'")
                .param("position", position)
                .update();
    }

    /** Why they cannot follow the log; they try again by themselves. Empty while all is well. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The last position that the read models hold; -1 before the first. */
    public long position() {
        return jdbc.sql("select position from read_model where name = 'all'")
                .query(Long.class)
                .single();
    }

    /**
     * Moves them to the end of the log in the caller's thread, a batch at a time; for a database
     * that nobody reads yet.
     *
     * @param done told the number of positions they hold so far
     */
    public void catchUp(LongConsumer done) {
        while (move(BATCH_MAX) > 0) {
            done.accept(position() + 1);
        }
    }

    /**
     * Builds every read model again from the log and the event store, in one transaction: readers
     * see the old ones until it is done.
     */
    public void rebuild(Progress progress) {
        long of = log.newest() + 1;
        try {
            transaction.executeWithoutResult(_ -> {
                lockPosition();
                folds.clear();
                models.forEach(ReadModel::clear);
                setPosition(-1);
                long done = 0;
                for (int moved = step(-1, BATCH_MAX);
                        moved > 0;
                        moved = step(done - 1, BATCH_MAX)) {
                    done += moved;
                    progress.done(done, Math.max(of, done));
                }
            });
        } finally {
            folds.clear();
        }
        modelsMoved();
    }

    /**
     * What {@code knownAt} comes to, once the read models hold it; now is what they hold already.
     *
     * @throws IllegalArgumentException for an instant later than now, or a position beyond the
     *     newest, unless this is a replica, which may not have it yet
     * @throws Behind when they do not hold it within ten seconds
     */
    public Moment resolve(KnownAt knownAt) {
        if (knownAt instanceof KnownAt.Now) {
            Optional<Moment> held = held();
            if (held.isPresent()) {
                return held.get();
            }
        }
        if (replica && knownAt instanceof KnownAt.Through(long position)) {
            require(position);
        }
        Moment moment = log.resolve(knownAt);
        require(moment.position());
        return moment;
    }

    private void require(long position) {
        if (!awaitPosition(position, Duration.ofSeconds(10))) {
            throw new Behind(position(), position);
        }
    }

    /** Empty before they hold anything. */
    private Optional<Moment> held() {
        return jdbc.sql(
                        """
                        select l.position, l.recorded_at
                        from read_model r
                        join log_entry l on l.position = r.position
                        where r.name = 'all'
                        """)
                .query((row, _) ->
                        new Moment(
                                row.getLong("position"),
                                row.getObject("recorded_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Waits until the read models hold these writes; false when that takes longer. */
    public boolean await(List<Receipt> receipts, Duration atMost) {
        return receipts.stream()
                .filter(receipt -> !receipt.repeated())
                .reduce((_, last) -> last)
                .or(() -> receipts.stream().findFirst())
                .map(last -> seenTimer.record(() -> await(() -> holds(last), atMost)))
                .orElse(true);
    }

    /** Waits until they hold that entry of the agreement; false when that takes longer. */
    public boolean await(AgreementId agreementId, int sequence, Duration atMost) {
        return await(() -> holds(agreementId, sequence), atMost);
    }

    private boolean holds(AgreementId agreementId, int sequence) {
        return jdbc.sql(
                                """
                                select count(*)
                                from entry
                                where agreement_id = :agreementId and sequence = :sequence
                                """)
                        .param("agreementId", agreementId.value())
                        .param("sequence", sequence)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private boolean holds(Receipt receipt) {
        return jdbc.sql(
                                """
                                select count(*)
                                from entry
                                where agreement_id = :agreementId
                                  and sequence = :sequence
                                  and event_id = :eventId
                                """)
                        .param("agreementId", receipt.agreementId().value())
                        .param("sequence", receipt.sequence())
                        .param("eventId", receipt.eventId())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public boolean awaitPosition(long position, Duration atMost) {
        return await(() -> position() >= position, atMost);
    }

    private interface Question {
        boolean holds();
    }

    private boolean await(Question question, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long seen = moves;
        while (!question.holds()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !awaitMoveAfter(seen, Math.min(left, POLL.toNanos()))) {
                return false;
            }
            seen = moves;
        }
        return true;
    }

    /** Also returns when another node may have moved them; false when interrupted. */
    private boolean awaitMoveAfter(long seen, long nanos) {
        lock.lock();
        try {
            if (moves == seen) {
                modelsMoved.awaitNanos(nanos);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (follower.isAlive()) {
                follower.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
