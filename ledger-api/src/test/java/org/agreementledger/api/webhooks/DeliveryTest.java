package org.agreementledger.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agreementledger.api.webhooks.Receiver.Received;
import org.agreementledger.api.webhooks.Receiver.Reply;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.webhooks.Attempt;
import org.agreementledger.webhooks.DeadLetter;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.Deliveries;
import org.agreementledger.webhooks.RetrySchedule;
import org.agreementledger.webhooks.Webhook;
import org.agreementledger.webhooks.WebhookFilter;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers are told of entries: all that concern them, in order, at least once. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(60)
class DeliveryTest {

    /** Four attempts, at once. */
    private static final RetrySchedule AT_ONCE =
            new RetrySchedule(Duration.ofMillis(2), Duration.ofMillis(10), 4, 3);

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir static Path folder;
    private static Location location;
    private static LedgerNode node;

    @Parameter TestDatabase database;

    private final SettableClock clock = new SettableClock();
    private final Receiver receiver = new Receiver();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private Deliverer deliverer;

    /** The newest position before a test; it counts from there. */
    private long before;

    private String agreement = "";

    /** Runs, and can be set forward. */
    private static final class SettableClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        void setForward(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeParameterizedClassInvocation
    static void open(TestDatabase database) {
        location = database.fresh(folder);
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    @AfterParameterizedClassInvocation
    static void close() {
        node.close();
    }

    @BeforeEach
    void start() {
        deliverer = deliverer(node, AT_ONCE);
        before = node.log().newest();
        agreement = "agreement-" + (before + 1);
    }

    @AfterEach
    void end() {
        deliverer.close();
        node.webhooks().all().forEach(webhook -> node.webhooks().remove(webhook.id()));
        receiver.close();
    }

    private Deliverer deliverer(LedgerNode node, RetrySchedule schedule) {
        return deliverer(node, schedule, LIMIT);
    }

    private Deliverer deliverer(LedgerNode node, RetrySchedule schedule, Duration limit) {
        Deliverer deliverer =
                new Deliverer(
                        node.deliveries(),
                        node.entries(),
                        node.readModels(),
                        new HttpSender(
                                Receiver.ALLOWED,
                                Names.ofThisMachine(Duration.ofSeconds(5)),
                                limit,
                                clock,
                                null),
                        new WebhookBodies(),
                        schedule,
                        clock);
        deliverer.start();
        return deliverer;
    }

    private void restartWith(RetrySchedule schedule) {
        deliverer.close();
        deliverer = deliverer(node, schedule);
    }

    /**
     * @param after counted from where the test began
     */
    private UUID subscribe(Receiver to, WebhookFilter filter, long after) {
        return node.webhooks()
                .add(to.url(), filter, before + 1 + after, null, Drafts.ADA, clock.instant())
                .orElseThrow()
                .id();
    }

    private UUID subscribe() {
        return subscribe(receiver, WebhookFilter.ANY, -1);
    }

    private Webhook webhook(UUID id) {
        return node.webhooks().find(id).orElseThrow();
    }

    /** So many entries of an agreement of the test's own, the first of which opens it. */
    private void record(int entries) {
        boolean isNew = node.log().newest() == before;
        node.ledger()
                .recordAll(
                        IntStream.range(0, entries)
                                .mapToObj(i ->
                                        i == 0 && isNew
                                                ? Drafts.opening(agreement)
                                                : Drafts.announcement(agreement, "Number " + i))
                                .toList());
        soon().until(() -> node.log().holdsNewestEvent());
    }

    /** Counted from where the test began. */
    private long position(Received told) {
        return told.position() - before - 1;
    }

    private List<Long> positions(List<Received> told) {
        return told.stream().map(this::position).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private long position(UUID id) {
        return webhook(id).position() - before - 1;
    }

    private void awaitPosition(UUID id, long position) {
        soon().untilAsserted(() -> assertThat(position(id)).isEqualTo(position));
    }

    private List<Long> deadLetters(UUID id) {
        return node.deliveries().deadLetters(id, -1, 100).stream()
                .map(letter -> letter.position() - before - 1)
                .toList();
    }

    private void awaitDead(UUID id, Long... positions) {
        soon().untilAsserted(() -> assertThat(deadLetters(id)).containsExactly(positions));
    }

    /** Answers only when the test says so. */
    private Reply onceTold(int status) {
        try {
            waiting.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(status);
    }

    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    // ---- what is told

    @Test
    void a_receiver_is_told_of_an_entry_as_it_was_recorded_and_can_tell_who_says_so()
            throws Exception {
        String secret = webhook(subscribe()).secrets().current().text();
        record(1);

        Received told = receiver.next();

        assertThat(told.isSignedWith(secret)).isTrue();
        assertThat(told.isSignedWith("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isFalse();
        assertThat(told.id()).isEqualTo(told.json().at("/data/eventId").asString());
        assertThat(told.json().propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(told.json().get("type").asString()).isEqualTo("entry.recorded");
        assertThat(told.json().get("timestamp")).isEqualTo(told.json().at("/data/recordedAt"));
        assertThat(told.json().get("data").propertyNames())
                .contains("agreementId", "position", "entry", "salt", "effect", "verdicts")
                .doesNotContain("correctedBy", "withdrawnBy", "confirmedBy");
        assertThat(told.json().at("/data/entry/kind").asString()).isEqualTo("opening");
    }

    @Test
    void entries_come_in_order_each_once_from_where_the_subscription_starts() throws Exception {
        record(6);
        UUID id = subscribe(receiver, WebhookFilter.ANY, 2);
        record(14);

        assertThat(positions(receiver.next(17))).isEqualTo(range(3, 20));
        awaitPosition(id, 19);
        assertThat(receiver.rest()).isEmpty();
        assertThat(deliverer.delivered()).isEqualTo(17);
    }

    @Test
    void a_filter_lets_through_what_the_feed_would_and_the_position_passes_the_rest()
            throws Exception {
        record(3);
        node.ledger().record(Drafts.introduction(agreement, "cloud.price"));
        record(2);
        UUID id = subscribe(receiver, new WebhookFilter(agreement, null, "changed", null), -1);

        assertThat(positions(receiver.next(2))).containsExactly(0L, 3L);
        awaitPosition(id, 5);

        node.webhooks().filter(id, new WebhookFilter(null, "announcement", null, "upheld"));
        record(1);

        assertThat(positions(receiver.next(1))).containsExactly(6L);
        awaitPosition(id, 6);
        assertThat(receiver.rest()).isEmpty();
    }

    @Test
    void while_a_secret_is_rotated_both_sign_and_then_the_new_one_alone() throws Exception {
        UUID id = subscribe();
        String former = webhook(id).secrets().current().text();
        node.webhooks().rotate(id, Duration.ofHours(1), clock.instant());
        String present = webhook(id).secrets().current().text();
        record(1);

        Received told = receiver.next();
        assertThat(told.isSignedWith(former)).isTrue();
        assertThat(told.isSignedWith(present)).isTrue();
        assertThat(told.header("webhook-signature")).matches("v1,\\S+ v1,\\S+");

        clock.setForward(Duration.ofHours(1));
        record(1);
        assertThat(receiver.next().header("webhook-signature")).matches("v1,\\S+");

        node.webhooks().rotate(id, Duration.ZERO, clock.instant());
        record(1);
        assertThat(receiver.next().header("webhook-signature")).matches("v1,\\S+");
        assertThat(webhook(id).secrets().current().text()).isNotEqualTo(present);
    }

    // ---- failures

    @Test
    void a_failed_entry_is_tried_again_under_the_same_id_before_the_next_one() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        receiver.answers(_ -> Reply.of(requests.incrementAndGet() % 3 == 0 ? 200 : 500));
        UUID id = subscribe();
        record(3);

        List<Received> told = receiver.next(9);

        assertThat(positions(told)).containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 2L, 2L, 2L);
        assertThat(told.stream().map(Received::id).distinct()).hasSize(3);
        awaitPosition(id, 2);
        assertThat(deliverer.failed()).isEqualTo(6);
        List<Attempt> attempts = node.deliveries().attempts(id);
        assertThat(attempts.stream().map(Attempt::number))
                .containsExactly(9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(attempts.stream().map(Attempt::status))
                .containsExactly(200, 500, 500, 200, 500, 500, 200, 500, 500);
        assertThat(attempts.getFirst().failure()).isNull();
        assertThat(attempts.getFirst().position()).isEqualTo(before + 3);
        assertThat(attempts.getLast().failure()).isEqualTo("answered 500");
    }

    @Test
    void of_the_attempts_the_newest_are_kept() throws Exception {
        UUID id = subscribe();
        record(Deliveries.ATTEMPTS_KEPT + 5);
        receiver.next(Deliveries.ATTEMPTS_KEPT + 5);
        awaitPosition(id, Deliveries.ATTEMPTS_KEPT + 4);

        assertThat(node.deliveries().attempts(id))
                .hasSize(Deliveries.ATTEMPTS_KEPT)
                .first()
                .extracting(Attempt::number)
                .isEqualTo(Deliveries.ATTEMPTS_KEPT + 5L);
    }

    @Test
    void what_cannot_be_told_becomes_a_dead_letter_and_the_next_one_follows() throws Exception {
        receiver.answers(told -> Reply.of(position(told) == 1 ? 400 : 200));
        UUID id = subscribe();
        record(3);

        assertThat(positions(receiver.next(6))).containsExactly(0L, 1L, 1L, 1L, 1L, 2L);

        awaitPosition(id, 2);
        assertThat(node.deliveries().deadLetters(id, -1, 100))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.position()).isEqualTo(before + 2);
                    assertThat(letter.attempts()).isEqualTo(4);
                    assertThat(letter.failure()).isEqualTo("answered 400");
                    assertThat(letter.replay()).isFalse();
                });
        assertThat(webhook(id).deadLetters()).isEqualTo(1);
        assertThat(deliverer.givenUp()).isEqualTo(1);
    }

    @Test
    void a_receiver_that_fails_for_long_is_disabled_and_goes_on_where_it_stopped()
            throws Exception {
        receiver.answers(500);
        UUID id = subscribe();
        record(6);

        soon().until(() -> !webhook(id).enabled());
        assertThat(webhook(id).disabledBecause())
                .isEqualTo("3 entries in a row were given up; at last the receiver answered 500");
        assertThat(position(id)).isEqualTo(2);
        assertThat(positions(receiver.rest()).stream().distinct()).containsExactly(0L, 1L, 2L);

        receiver.answers(200);
        node.webhooks().enable(id);
        assertThat(positions(receiver.next(3))).containsExactly(3L, 4L, 5L);
        awaitDead(id, 0L, 1L, 2L);

        assertThat(node.deliveries().replayAll(id)).isEqualTo(3);
        assertThat(positions(receiver.next(3))).containsExactly(0L, 1L, 2L);
        awaitDead(id);
    }

    @Test
    void a_replay_stops_at_the_first_letter_that_fails_and_holds_nothing_up() throws Exception {
        receiver.answers(told -> Reply.of(position(told) < 2 ? 400 : 200));
        UUID id = subscribe();
        record(3);
        awaitPosition(id, 2);
        awaitDead(id, 0L, 1L);
        receiver.rest();

        receiver.answers(told -> Reply.of(position(told) == 0 ? 422 : 200));
        node.deliveries().replayAll(id);
        assertThat(position(receiver.next())).isZero();
        record(1);

        assertThat(position(receiver.next())).isEqualTo(3);
        awaitPosition(id, 3);
        assertThat(node.deliveries().deadLetters(id, -1, 100))
                .extracting(DeadLetter::failure, DeadLetter::attempts, DeadLetter::replay)
                .containsExactly(tuple("answered 422", 5, false), tuple("answered 400", 4, false));

        assertThat(node.deliveries().replay(id, before + 2)).isTrue();
        assertThat(node.deliveries().replay(id, before + 3)).isFalse();
        assertThat(position(receiver.next())).isEqualTo(1);
        awaitDead(id, 0L);
    }

    @Test
    void a_replay_does_not_wait_for_what_is_due_and_then_that_does_not_wait_either()
            throws Exception {
        receiver.answers(told -> Reply.of(position(told) == 0 ? 400 : 200));
        UUID id = subscribe();
        record(1);
        awaitDead(id, 0L);
        deliverer.close();
        deliverer = deliverer(node, RetrySchedule.OF_A_DAY);
        receiver.answers(_ -> new Reply(503, Map.of("Retry-After", "7200")));
        record(1);
        soon().until(() -> webhook(id).failures() == 1);
        receiver.rest();

        receiver.answers(200);
        node.deliveries().replayAll(id);

        assertThat(positions(receiver.next(2))).containsExactly(0L, 1L);
        awaitPosition(id, 1);
    }

    @Test
    void gone_disables_a_receiver_at_once() throws Exception {
        receiver.answers(410);
        UUID id = subscribe();
        record(1);

        soon().until(() -> !webhook(id).enabled());

        assertThat(webhook(id).disabledBecause()).isEqualTo("the receiver answered 410 Gone");
        assertThat(position(id)).isEqualTo(-1);
        assertThat(receiver.rest()).hasSize(1);
        assertThat(deadLetters(id)).isEmpty();

        receiver.answers(200);
        node.webhooks().enable(id);
        assertThat(position(receiver.next())).isZero();
    }

    @Test
    void a_receiver_is_left_alone_for_as_long_as_it_asks() throws Exception {
        deliverer.close();
        deliverer = deliverer(node, RetrySchedule.OF_A_DAY);
        receiver.answers(_ -> new Reply(503, Map.of("Retry-After", "7200")));
        UUID id = subscribe();
        Instant start = clock.instant();
        record(1);
        receiver.next();
        soon().until(() -> webhook(id).failures() == 1);

        assertThat(webhook(id).nextAttemptAt())
                .isBetween(
                        start.plus(Duration.ofHours(2)).minusMillis(1),
                        clock.instant().plus(Duration.ofHours(2)));

        receiver.answers(200);
        clock.setForward(Duration.ofHours(2));
        assertThat(position(receiver.next())).isZero();
        awaitPosition(id, 0);
    }

    @Test
    void a_receiver_that_hangs_is_given_up_and_keeps_no_other_waiting() throws Exception {
        deliverer.close();
        deliverer = deliverer(node, AT_ONCE, Duration.ofSeconds(1));
        try (Receiver hanging = new Receiver()) {
            hanging.answers(_ -> onceTold(200));
            List<UUID> stuck =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> subscribe(hanging, WebhookFilter.ANY, -1))
                            .toList();
            UUID well = subscribe();
            record(10);

            awaitPosition(well, 9);
            assertThat(positions(receiver.rest())).containsAll(range(0, 10)).isSorted();
            soon().untilAsserted(() ->
                    assertThat(stuck)
                            .allSatisfy(id ->
                                    assertThat(node.deliveries().attempts(id))
                                            .isNotEmpty()
                                            .extracting(Attempt::failure)
                                            .containsOnly("did not answer within 1 s")));
            waiting.countDown();
        }
    }

    @Test
    void disabled_nothing_is_sent_and_removed_nothing_is_left() throws Exception {
        UUID id = subscribe();
        node.webhooks().disable(id, "asked for by ada");
        UUID other = subscribe();
        record(1);
        awaitPosition(other, 0);

        assertThat(receiver.rest()).hasSize(1);
        assertThat(position(id)).isEqualTo(-1);
        assertThat(node.webhooks().remove(other)).isTrue();
        assertThat(node.webhooks().remove(other)).isFalse();
        assertThat(node.deliveries().attempts(other)).isEmpty();
        assertThat(node.webhooks().all()).extracting(Webhook::id).containsExactly(id);
    }

    @Test
    void what_is_removed_or_filtered_anew_while_it_is_told_keeps_no_trace_of_it() throws Exception {
        receiver.answers(_ -> onceTold(200));
        UUID removed = subscribe();
        UUID filtered = subscribe();
        record(1);
        soon().until(() -> receiver.underWay() == 2);

        node.webhooks().remove(removed);
        node.webhooks().filter(filtered, new WebhookFilter(null, "opening", null, null));
        receiver.answers(200);
        waiting.countDown();

        assertThat(positions(receiver.next(3))).containsExactly(0L, 0L, 0L);
        awaitPosition(filtered, 0);
        assertThat(node.webhooks().find(removed)).isEmpty();
        assertThat(node.deliveries().attempts(removed)).isEmpty();
    }

    @Test
    void a_test_is_told_of_without_an_entry() throws Exception {
        UUID id = subscribe();
        receiver.answers(410);

        Attempt attempt = deliverer.test(webhook(id));

        Received told = receiver.next();
        assertThat(told.isSignedWith(webhook(id).secrets().current().text())).isTrue();
        assertThat(told.json().get("type").asString()).isEqualTo("webhook.test");
        assertThat(told.json().at("/data/webhookId").asString()).isEqualTo(id.toString());
        assertThat(attempt.status()).isEqualTo(410);
        assertThat(node.deliveries().attempts(id))
                .singleElement()
                .satisfies(stored -> assertThat(stored.position()).isNull());
        assertThat(webhook(id).enabled()).isTrue();
    }

    // ---- restarts and several nodes

    @Test
    void delivery_goes_on_after_a_restart_with_the_entry_that_was_not_acknowledged()
            throws Exception {
        receiver.answers(told -> position(told) == 3 ? onceTold(200) : Reply.of(200));
        UUID id = subscribe();
        record(6);
        assertThat(positions(receiver.next(3))).containsExactly(0L, 1L, 2L);
        soon().until(() -> receiver.underWay() == 1);

        deliverer.close();
        node.close();
        waiting.countDown();
        node = LedgerNode.open(location, Clock.systemUTC());
        assertThat(position(id)).isEqualTo(2);
        assertThat(webhook(id).failures()).isZero();
        deliverer = deliverer(node, AT_ONCE);

        assertThat(positions(receiver.next(4))).containsExactly(3L, 3L, 4L, 5L);
        awaitPosition(id, 5);
    }

    @Test
    void of_two_nodes_one_tells_a_receiver_at_a_time_and_the_other_goes_on_when_it_closes()
            throws Exception {
        assumeThat(database).isEqualTo(TestDatabase.POSTGRESQL);
        try (LedgerNode other = LedgerNode.open(location, Clock.systemUTC());
                Deliverer second = deliverer(other, AT_ONCE)) {
            UUID id = subscribe();
            record(40);

            assertThat(positions(receiver.next(40))).isEqualTo(range(0, 40));
            assertThat(receiver.atOnce()).isEqualTo(1);
            awaitPosition(id, 39);
            assertThat(deliverer.delivered() + second.delivered()).isEqualTo(40);

            deliverer.close();
            record(5);
            assertThat(positions(receiver.next(5))).isEqualTo(range(40, 45));
        }
    }

    @Test
    void the_lease_of_a_node_that_died_runs_out() throws Exception {
        UUID id = subscribe();
        lease(id, "interval '1' day");
        UUID other = subscribe();
        record(1);
        awaitPosition(other, 0);
        assertThat(receiver.rest()).hasSize(1);

        lease(id, "interval '0' second");

        assertThat(position(receiver.next())).isZero();
        awaitPosition(id, 0);
    }

    private static void lease(UUID id, String time) {
        node.database()
                .jdbc()
                .sql(
                        "update webhook set lease_owner = 'dead', lease_until = current_timestamp + %s where id = :id"
                                .formatted(time))
                .param("id", id)
                .update();
    }
}
