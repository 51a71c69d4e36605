package org.agreementledger.webhooks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.readmodels.ReadModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the receivers, each in the order of positions and one entry at a time; the next one only
 * when the former was acknowledged or given up. Each has a thread of its own while there is
 * something for it, so that none waits for another.
 */
public final class Deliverer implements AutoCloseable {

    /** What a receiver is sent. */
    public interface Bodies {
        byte[] of(EntryAnswer entry);

        byte[] ofTest(Webhook webhook, Instant now);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

    /** Also how late a retry may be. */
    private static final Duration POLL = Duration.ofMillis(200);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final Deliveries deliveries;
    private final Entries entries;
    private final ReadModels readModels;
    private final Sender sender;
    private final Bodies bodies;
    private final RetrySchedule schedule;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private final Thread dispatcher =
            Thread.ofPlatform().daemon().name("webhooks").unstarted(this::dispatch);
    private final ExecutorService turns =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("webhook-", 0).factory());

    /** Whose turn it is here, and whether there may be more for it than it has seen. */
    private final ConcurrentMap<UUID, Boolean> underWay = new ConcurrentHashMap<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    /**
     * @param sender is closed with it
     */
    public Deliverer(
            Deliveries deliveries,
            Entries entries,
            ReadModels readModels,
            Sender sender,
            Bodies bodies,
            RetrySchedule schedule,
            Clock clock) {
        this.deliveries = deliveries;
        this.entries = entries;
        this.readModels = readModels;
        this.sender = sender;
        this.bodies = bodies;
        this.schedule = schedule;
        this.clock = clock;
    }

    public void start() {
        dispatcher.start();
    }

    private void dispatch() {
        while (!isClosed()) {
            try {
                long newest = readModels.position();
                deliveries.due(newest, clock.instant()).forEach(this::begin);
                readModels.awaitPosition(newest + 1, POLL);
            } catch (RuntimeException e) {
                pauseAfter(e);
            }
        }
    }

    private void begin(UUID id) {
        if (!underWay.merge(id, false, (_, _) -> true)) {
            turns.execute(() -> {
                do {
                    underWay.put(id, false);
                    turn(id);
                } while (!underWay.remove(id, false));
            });
        }
    }

    private void turn(UUID id) {
        try {
            while (!isClosed() && step(id)) {}
            deliveries.release(id);
        } catch (RuntimeException e) {
            pauseAfter(e);
        }
    }

    /** Says whether there may be more to do now. */
    private boolean step(UUID id) {
        Optional<Webhook> claimed = deliveries.claim(id);
        if (claimed.isEmpty()) {
            return false;
        }
        Webhook webhook = claimed.get();
        OptionalLong letter = deliveries.nextToReplay(id);
        if (letter.isPresent()) {
            replay(webhook, entries.at(letter.getAsLong()).orElseThrow());
            return true;
        }
        long newest = readModels.position();
        if (newest <= webhook.position() || webhook.nextAttemptAt().isAfter(clock.instant())) {
            return false;
        }
        List<EntryAnswer> next =
                entries.page(webhook.filter().entries(), webhook.position(), 1).items();
        if (next.isEmpty()) {
            deliveries.pass(webhook, newest);
        } else {
            deliver(webhook, next.getFirst());
        }
        return true;
    }

    private void deliver(Webhook webhook, EntryAnswer entry) {
        Sent sent = send(webhook, entry);
        if (isCutShort(sent)) {
            return;
        }
        Progress progress =
                Progress.after(
                        webhook,
                        position(entry),
                        sent.outcome(),
                        clock.instant(),
                        schedule,
                        random);
        deliveries.settle(webhook, sent.attempt(), progress);
        if (progress.dead() != null) {
            givenUp.increment();
        }
    }

    private void replay(Webhook webhook, EntryAnswer entry) {
        Sent sent = send(webhook, entry);
        if (!isCutShort(sent)) {
            deliveries.settleReplay(
                    webhook,
                    sent.attempt(),
                    Progress.afterReplay(webhook, sent.outcome(), clock.instant()));
        }
    }

    /** By our closing, of which the receiver knows nothing: it is as if it had not been tried. */
    private boolean isCutShort(Sent sent) {
        return isClosed() && !sent.outcome().isDelivered();
    }

    /** Sends a receiver something that is no entry, whether or not it is enabled. */
    public Attempt test(Webhook webhook) {
        Attempt attempt =
                send(
                                webhook,
                                "test_" + UUID.randomUUID(),
                                null,
                                bodies.ofTest(webhook, clock.instant()))
                        .attempt();
        return deliveries.log(webhook.id(), attempt);
    }

    private record Sent(Outcome outcome, Attempt attempt) {}

    /** An entry has the same id for every receiver, as its event has it. */
    private Sent send(Webhook webhook, EntryAnswer entry) {
        Sent sent =
                send(
                        webhook,
                        Objects.requireNonNull(entry.eventId()),
                        position(entry),
                        bodies.of(entry));
        (sent.outcome().isDelivered() ? delivered : failed).increment();
        return sent;
    }

    private Sent send(Webhook webhook, String id, @Nullable Long position, byte[] body) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        Outcome outcome = sender.send(Message.signed(webhook, id, at, body));
        return new Sent(
                outcome,
                new Attempt(
                        null,
                        id,
                        position,
                        at,
                        Duration.ofNanos(System.nanoTime() - start).toMillis(),
                        outcome.status() == 0 ? null : outcome.status(),
                        outcome.failure()));
    }

    private static long position(EntryAnswer entry) {
        return Objects.requireNonNull(entry.position());
    }

    /** Attempts at entries that were acknowledged, since this process started. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts at entries that failed. */
    public long failed() {
        return failed.sum();
    }

    /** Entries that became dead letters. */
    public long givenUp() {
        return givenUp.sum();
    }

    private void pauseAfter(RuntimeException e) {
        if (!isClosed()) {
            LOG.warn("Webhooks cannot be delivered; trying again.", e);
            await(PAUSE_AFTER_FAILURE);
        }
    }

    private void await(Duration atMost) {
        try {
            closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** What is being sent is cut short, and sent again later. */
    @Override
    public void close() {
        closed.countDown();
        turns.shutdown();
        sender.close();
        try {
            dispatcher.join(CLOSE_MAX.toMillis());
            turns.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
