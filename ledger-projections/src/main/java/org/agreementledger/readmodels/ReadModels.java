package org.agreementledger.readmodels;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Pace;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.WriteMeters;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Log;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the read models up to the log, in the order of positions, and says how far they are. A row
 * is locked while they move, so that of several nodes one moves them at a time.
 */
public class ReadModels implements AutoCloseable {

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
    private final Pace pace;
    private final ModelWriter writer;
    private final List<Runnable> whenReplaced = new CopyOnWriteArrayList<>();
    private final boolean replica;
    private final Timer batchTimer;
    private final Timer seenTimer;
    private final Thread follower = new Thread(this::follow, "read-models");

    /** Of this node: who waits for it holds no connection meanwhile. */
    private final ReentrantLock moving = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition modelsMoved = lock.newCondition();
    private volatile long moves;
    private volatile long generation;
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
            Pace pace,
            List<ReadModel> models,
            boolean replica,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.log = log;
        this.pace = pace;
        this.writer = new ModelWriter(jdbc, log, models);
        this.generation = generation();
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
                noticeReplacement();
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
                    tell(e);
                    failure = e;
                    awaitMoveAfter(moves, RETRY.toNanos());
                }
            }
        }
    }

    /** Once, for as long as it fails for the same reason. */
    private void tell(Throwable now) {
        Throwable before = failure;
        if (before == null || !cause(before).equals(cause(now))) {
            LOG.error("The read models cannot follow the log; trying again.", now);
        }
    }

    private static String cause(Throwable thrown) {
        return NestedExceptionUtils.getMostSpecificCause(thrown).toString();
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
        return batchTimer.record(() -> exclusively(() -> writer.step(position(), atMost)));
    }

    /**
     * Works in a transaction in which nobody else moves these read models, on whatever node, or
     * puts others in their place.
     */
    public <T> T exclusively(Supplier<T> work) {
        moving.lock();
        try {
            return transaction.execute(_ -> {
                jdbc.sql("select number from read_model_lock for update")
                        .query(Integer.class)
                        .single();
                return work.get();
            });
        } catch (RuntimeException | Error e) {
            writer.forget();
            throw e;
        } finally {
            moving.unlock();
        }
    }

    /** Why they cannot follow the log; they try again by themselves. Empty while all is well. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The last position that the read models hold; -1 before the first. */
    public long position() {
        return writer.position();
    }

    private long generation() {
        return jdbc.sql("select generation from read_model where name = 'all'")
                .query(Long.class)
                .single();
    }

    /** From now on {@code told} is called after others were put in their place, on any node. */
    public void whenReplaced(Runnable told) {
        whenReplaced.add(told);
    }

    /** Looks whether others were put in their place. */
    public void noticeReplacement() {
        long now = generation();
        if (now != generation) {
            generation = now;
            writer.forget();
            whenReplaced.forEach(Runnable::run);
            modelsMoved();
        }
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

    private record Held(Moment moment, long generation) {}

    /** Empty before they hold anything. */
    private Optional<Moment> held() {
        Optional<Held> held =
                jdbc.sql(
                                """
                                select l.position, l.recorded_at, r.generation
                                from read_model r
                                join log_entry l on l.position = r.position
                                where r.name = 'all'
                                """)
                        .query((row, _) ->
                                new Held(
                                        new Moment(
                                                row.getLong("position"),
                                                row.getObject("recorded_at", OffsetDateTime.class)
                                                        .toInstant()),
                                        row.getLong("generation")))
                        .optional();
        if (held.isPresent() && held.get().generation() != generation) {
            noticeReplacement();
        }
        return held.map(Held::moment);
    }

    /** Waits until the read models hold these writes; false when that takes longer. */
    public boolean await(List<Receipt> receipts, Duration atMost) {
        return receipts.stream()
                .filter(receipt -> !receipt.repeated())
                .reduce((_, last) -> last)
                .or(() -> receipts.stream().findFirst())
                .map(last -> seenTimer.record(() -> awaitSoon(() -> holds(last), atMost)))
                .orElse(true);
    }

    /** Waits until they hold that entry of the agreement; false when that takes longer. */
    public boolean await(AgreementId agreementId, int sequence, Duration atMost) {
        return awaitSoon(() -> holds(agreementId, sequence), atMost);
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

    /** Of what is stored already, and need not gather with others. */
    private boolean awaitSoon(Question question, Duration atMost) {
        try (Pace.Waiting _ = pace.waiting()) {
            return await(question, atMost);
        }
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
        log.endWaiting();
        modelsMoved();
        try {
            if (follower.isAlive()) {
                follower.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
