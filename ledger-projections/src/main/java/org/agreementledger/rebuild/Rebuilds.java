package org.agreementledger.rebuild;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.log.Log;
import org.agreementledger.log.Slices;
import org.agreementledger.readmodels.ModelWriter;
import org.agreementledger.readmodels.ReadModel;
import org.agreementledger.readmodels.ReadModels;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.agreementledger.search.EntryIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds the read models and the search index again, from the log and the event store, beside those
 * that are read; these go on following the log until the new ones take their place at once. A
 * rebuild that does not come to its end leaves them as they are. One at a time, on whatever node.
 */
public final class Rebuilds implements AutoCloseable {

    public static final int SEGMENTS_MAX = 64;

    /** The read models are being built again already. */
    public static final class UnderWay extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnderWay(RebuildStatus status) {
            super(
                    "The read models are being built again already; %d of %d entries are done"
                            .formatted(status.position(), status.entries()));
        }
    }

    /** It was given up by who asked for it, or somebody else has begun another one. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GivenUp(String why) {
            super(why);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Rebuilds.class);
    private static final int ENTRIES_PER_SLICE = 1_000;
    private static final int BATCH = 500;

    /** Much more often than the lease runs out. */
    private static final Duration REPORT_EVERY = Duration.ofMillis(500);

    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(30);

    private static final int ATTEMPTS = 100;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final JdbcClient jdbc;
    private final TransactionTemplate reading;
    private final Log log;
    private final ReadModels readModels;
    private final EntryIndex index;
    private final Workshop workshop;
    private final Function<NamedParameterJdbcTemplate, List<ReadModel>> models;
    private final RebuildTable table;
    private final boolean replica;
    private final AtomicBoolean here = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread background;

    /**
     * @param node names this one among those that share the database
     * @param models those of this ledger, as they write elsewhere
     * @param replica whether the database is one, which takes nothing
     */
    public Rebuilds(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Log log,
            ReadModels readModels,
            EntryIndex index,
            Workshop workshop,
            Function<NamedParameterJdbcTemplate, List<ReadModel>> models,
            String node,
            boolean replica) {
        this.jdbc = jdbc;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
        this.log = log;
        this.readModels = readModels;
        this.index = index;
        this.workshop = workshop;
        this.models = models;
        this.table = new RebuildTable(jdbc, node);
        this.replica = replica;
    }

    /** Of the newest one, on whatever node. */
    public RebuildStatus status() {
        return table.status(here.get());
    }

    /**
     * Begins one in a thread of its own.
     *
     * @throws UnderWay while there is one already
     */
    public void start(int segments) {
        Run run = begin(segments, _ -> {});
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                run.all();
                            } catch (GivenUp e) {
                                LOG.info("The rebuild was given up: {}", e.getMessage());
                            } catch (RuntimeException e) {
                                LOG.error("The read models cannot be built again.", e);
                            }
                        },
                        "rebuild");
        thread.setDaemon(true);
        background = thread;
        thread.start();
    }

    /**
     * Does one in the caller's thread.
     *
     * @param progress told now and then
     * @throws UnderWay while there is one already
     */
    public RebuildStatus run(int segments, Consumer<RebuildStatus> progress) {
        begin(segments, progress).all();
        return status();
    }

    private Run begin(int segments, Consumer<RebuildStatus> progress) {
        if (replica) {
            throw new ReadOnly(
                    "This node reads from a replica of the ledger's database; build its read models again at a node of its primary.");
        }
        if (segments < 1 || segments > SEGMENTS_MAX) {
            throw new IllegalArgumentException(
                    "segments is a number from 1 to " + SEGMENTS_MAX + ", not " + segments);
        }
        if (!here.compareAndSet(false, true)) {
            throw new UnderWay(status());
        }
        try {
            long through = log.newest();
            long number =
                    table.begin(segments, through + 1).orElseThrow(() -> new UnderWay(status()));
            return new Run(number, segments, through, progress);
        } catch (RuntimeException e) {
            here.set(false);
            throw e;
        }
    }

    private final class Run {
        private final long number;
        private final int segments;
        private final long through;
        private final Consumer<RebuildStatus> progress;
        private final AtomicLong built = new AtomicLong();
        private volatile State state = State.BUILDING;
        private volatile long entries;
        private volatile boolean lost;
        private volatile boolean ended;

        Run(long number, int segments, long through, Consumer<RebuildStatus> progress) {
            this.number = number;
            this.segments = segments;
            this.through = through;
            this.progress = progress;
            this.entries = through + 1;
        }

        void all() {
            Thread reports =
                    Thread.ofPlatform().daemon().name("rebuild-reports").start(this::report);
            try {
                buildModels();
                state = State.INDEXING;
                built.set(0);
                index.rebuild(this::at);
                state = State.DONE;
                end("");
            } catch (RuntimeException | InterruptedException e) {
                state = State.FAILED;
                end(reason(e));
                throw e instanceof RuntimeException r ? r : new IllegalStateException(e);
            } finally {
                ended = true;
                LockSupport.unpark(reports);
                here.set(false);
            }
        }

        /** The old ones are read until the last line of this, and are as they were before it. */
        private void buildModels() throws InterruptedException {
            workshop.clear();
            try (Beside beside = workshop.begin(number, segments)) {
                new Segments(
                                log,
                                reading,
                                new Slices(jdbc, ENTRIES_PER_SLICE),
                                beside,
                                models,
                                through,
                                this::more)
                        .build(segments);
                putInPlace(beside, new Following(beside));
            }
            readModels.noticeReplacement();
            clear();
        }

        private void more(long entries) {
            built.addAndGet(entries);
            requireGoOn();
        }

        private void at(long position) {
            built.set(position);
            requireGoOn();
        }

        private void requireGoOn() {
            if (closed) {
                throw new GivenUp("the ledger was closed");
            }
            if (lost) {
                throw new GivenUp("another node has begun another one");
            }
        }

        /** Carries the new read models on by what was recorded since. */
        private final class Following {
            private final ModelWriter writer;
            private final TransactionTemplate writing;
            private long position = through;

            Following(Beside beside) {
                this.writer =
                        new ModelWriter(
                                JdbcClient.create(beside.jdbc()), log, models.apply(beside.jdbc()));
                this.writing = new TransactionTemplate(beside.transactions());
                writing.executeWithoutResult(_ -> writer.startAt(through, number));
            }

            void through(long last) {
                int taken = BATCH;
                while (position < last && taken > 0) {
                    taken = writing.execute(_ -> writer.step(position, BATCH));
                    position += taken;
                    at(position + 1);
                }
            }
        }

        private void putInPlace(Beside beside, Following following) {
            following.through(log.newest());
            beside.analyze();
            for (int i = 0; i < ATTEMPTS; i++) {
                following.through(log.newest());
                if (attempt(beside, following)) {
                    return;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
            throw new IllegalStateException("the read models were read without a pause");
        }

        /** Nothing is reported meanwhile: that would wait for this, and this for that. */
        private synchronized boolean attempt(Beside beside, Following following) {
            return readModels.exclusively(() -> {
                following.through(readModels.position());
                lost = !table.report(number, state, built.get(), entries);
                requireGoOn();
                return beside.putInPlace();
            });
        }

        /** What is left is in nobody's way, and is removed by the next one at the latest. */
        private void clear() {
            try {
                workshop.clear();
            } catch (RuntimeException e) {
                LOG.warn("The former read models cannot be removed yet.", e);
            }
        }

        private void report() {
            while (!ended) {
                reportOnce();
                LockSupport.parkNanos(REPORT_EVERY.toNanos());
            }
        }

        private synchronized void reportOnce() {
            if (ended) {
                return;
            }
            try {
                entries = Math.max(entries, built.get());
                lost = !table.report(number, state, built.get(), entries);
                progress.accept(status());
            } catch (RuntimeException e) {
                LOG.warn("How far the rebuild is cannot be told; trying again.", e);
            }
        }

        private synchronized void end(String failure) {
            ended = true;
            entries = Math.max(entries, built.get());
            table.end(number, state, built.get(), entries, failure);
            progress.accept(status());
        }

        private static String reason(Throwable e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    /** Comes back when none is under way here any more. */
    @Override
    public void close() {
        closed = true;
        Thread thread = background;
        try {
            if (thread != null) {
                thread.join(CLOSES_WITHIN);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
