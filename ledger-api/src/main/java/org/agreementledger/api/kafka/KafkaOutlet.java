package org.agreementledger.api.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.node.LedgerNode;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the entries and sends them to a topic, in the order of their positions, in a thread of
 * its own: nothing in the ledger waits for it. Where several nodes of one ledger send, the one that
 * came last does; the others stand by, and one of them takes over when the topic stays behind.
 */
final class KafkaOutlet implements AutoCloseable {

    enum State {
        STARTING,
        SENDING,
        STANDING_BY,
        RETRYING
    }

    /**
     * @param first how long after a failure it tries again; doubled each time
     * @param most how long at most
     * @param look how often who stands by looks at the topic
     * @param patience how long the topic may stay where it is, though the ledger is further, until
     *     who stands by takes over
     */
    record Pace(Duration first, Duration most, Duration look, Duration patience) {

        static final Pace USUAL =
                new Pace(
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30));
    }

    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);

    /** Entries in one transaction. */
    private static final int BATCH_MAX = 200;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final LedgerNode node;
    private final KafkaTopic topic;
    private final Pace pace;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread sender = new Thread(this::run, "kafka-outlet");

    private volatile State state = State.STARTING;
    private volatile @Nullable Throwable failure;
    private volatile long position = -1;
    private Duration delay;

    KafkaOutlet(LedgerNode node, KafkaTopic topic, Pace pace) {
        this.node = node;
        this.topic = topic;
        this.pace = pace;
        this.delay = pace.first();
        sender.setDaemon(true);
    }

    void start() {
        sender.start();
    }

    State state() {
        return state;
    }

    /** Why it does not send; it tries again by itself. Empty while all is well. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The last position known to be in the topic; -1 before the first. */
    long position() {
        return position;
    }

    /** How many positions the topic is behind the log. */
    long lag() {
        long sent = position;
        return Math.max(0, node.log().newest() - sent);
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean pause(Duration duration) throws InterruptedException {
        return !closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            String ledger = ledger();
            while (ledger != null && !isClosing()) {
                attempt(ledger);
            }
        } catch (InterruptedException _) {
            // That is how closing ends a wait that would take too long.
        }
    }

    /** The id of the first event, which copies and other nodes have too; null when closing. */
    private @Nullable String ledger() throws InterruptedException {
        while (!isClosing()) {
            try {
                if (node.readModels().awaitPosition(0, POLL)) {
                    return node.feed().ledger().orElseThrow();
                }
            } catch (RuntimeException e) {
                retryLater(e);
            }
        }
        return null;
    }

    private void attempt(String ledger) throws InterruptedException {
        try (TopicWriter writer = TopicWriter.open(topic, ledger)) {
            follow(writer);
        } catch (RuntimeException | LinkageError e) {
            if (isClosing()) {
                LOG.debug("Closed while it was busy; it goes on from what the topic holds.", e);
            } else if (isFenced(e)) {
                standBy(new Positions(topic, ledger));
            } else {
                retryLater(e);
            }
        }
    }

    private void follow(TopicWriter writer) {
        check(writer.start());
        position = writer.start().position();
        running(State.SENDING);
        while (!isClosing()) {
            List<EntryAnswer> next =
                    node.entries().page(EntryFilter.ANY, position, BATCH_MAX).items();
            if (next.isEmpty()) {
                node.readModels().awaitPosition(position + 1, POLL);
            } else {
                writer.write(next);
                position = Objects.requireNonNull(next.getLast().position());
            }
        }
    }

    /** A ledger restored from an older backup must not go on as if the topic followed it. */
    private void check(Reached reached) {
        boolean ours =
                reached.equals(Reached.NOTHING)
                        || node.log()
                                .at(reached.position())
                                .filter(entry -> entry.eventId().equals(reached.eventId()))
                                .isPresent();
        if (!ours) {
            throw new IllegalStateException(
                    "The topic %s holds this ledger up to position %d (event %s), which is not what stands there in the ledger; nothing is sent. Was the ledger restored from an older backup? Then take another topic."
                            .formatted(topic.name(), reached.position(), reached.eventId()));
        }
    }

    private void running(State now) {
        if (failure != null) {
            LOG.warn("Entries are sent to the Kafka topic {} again.", topic.name());
        }
        state = now;
        failure = null;
        delay = pace.first();
    }

    private void retryLater(Throwable e) throws InterruptedException {
        if (failure == null) {
            LOG.warn(
                    "Entries cannot be sent to the Kafka topic {}; trying again by and by.",
                    topic.name(),
                    e);
        }
        state = State.RETRYING;
        failure = e;
        if (pause(delay)) {
            Duration doubled = delay.multipliedBy(2);
            delay = doubled.compareTo(pace.most()) < 0 ? doubled : pace.most();
        }
    }

    private static boolean isFenced(Throwable e) {
        return e instanceof ProducerFencedException
                || e instanceof InvalidProducerEpochException
                || e.getCause() != null && isFenced(e.getCause());
    }

    /** Returns when it is time to take over. */
    private void standBy(Positions positions) throws InterruptedException {
        LOG.warn(
                "Another node of this ledger sends to the Kafka topic {}; standing by.",
                topic.name());
        running(State.STANDING_BY);
        long movedAt = System.nanoTime();
        while (System.nanoTime() - movedAt < pace.patience().toNanos() && pause(pace.look())) {
            try {
                long now = positions.read().position();
                if (now != position || now >= node.readModels().position()) {
                    position = now;
                    movedAt = System.nanoTime();
                }
                failure = null;
            } catch (RuntimeException e) {
                failure = e;
                movedAt = System.nanoTime();
            }
        }
    }

    /** A transaction is brought to its end; what waits for a broker is given up. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (state != State.SENDING || !sender.join(CLOSE_MAX)) {
                sender.interrupt();
                sender.join(CLOSE_MAX);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
