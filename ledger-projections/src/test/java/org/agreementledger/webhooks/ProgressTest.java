package org.agreementledger.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.agreementledger.axon.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver's answer comes to. */
class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final RetrySchedule SCHEDULE = RetrySchedule.OF_A_DAY;

    private static Webhook webhook(int failures, int deadInARow) {
        return new Webhook(
                new UUID(0, 1),
                URI.create("https://example.org/"),
                WebhookFilter.ANY,
                NOW,
                Actor.local("ada"),
                null,
                new Secrets(Secret.random(), null, Instant.EPOCH),
                16,
                failures,
                Instant.EPOCH,
                deadInARow,
                0);
    }

    private static Progress after(Webhook webhook, Outcome outcome) {
        return Progress.after(webhook, 20, outcome, NOW, SCHEDULE, new Random(42));
    }

    private static Outcome answered(int status) {
        return Outcome.answered(status, null, NOW);
    }

    @ParameterizedTest
    @CsvSource({"200", "201", "204", "299"})
    void acknowledged_it_goes_on_behind_the_entry_with_all_attempts(int status) {
        assertThat(after(webhook(7, 2), answered(status)))
                .isEqualTo(new Progress(20, 0, NOW, 0, null, null));
    }

    @ParameterizedTest
    @CsvSource({"101", "301", "302", "400", "404", "429", "500", "503"})
    void anything_else_leaves_it_where_it_is_for_another_attempt(int status) {
        Progress progress = after(webhook(7, 2), answered(status));

        assertThat(progress.position()).isEqualTo(16);
        assertThat(progress.failures()).isEqualTo(8);
        assertThat(progress.deadInARow()).isEqualTo(2);
        assertThat(progress.nextAttemptAt()).isAfterOrEqualTo(NOW);
        assertThat(progress.dead()).isNull();
        assertThat(progress.disabled()).isNull();
    }

    @Test
    void after_the_last_attempt_the_entry_is_given_up() {
        Progress progress = after(webhook(19, 0), Outcome.noAnswer("did not answer"));

        assertThat(progress.position()).isEqualTo(20);
        assertThat(progress.failures()).isZero();
        assertThat(progress.deadInARow()).isEqualTo(1);
        assertThat(progress.dead()).isEqualTo("did not answer");
        assertThat(progress.disabled()).isNull();
    }

    @Test
    void after_the_third_entry_in_a_row_the_receiver_is_given_up() {
        assertThat(after(webhook(19, 2), answered(500)).disabled())
                .isEqualTo("3 entries in a row were given up; at last the receiver answered 500");
    }

    @Test
    void gone_disables_it_and_keeps_the_entry_for_when_it_is_enabled_again() {
        Progress progress = after(webhook(0, 0), answered(410));

        assertThat(progress.position()).isEqualTo(16);
        assertThat(progress.dead()).isNull();
        assertThat(progress.disabled()).isEqualTo("the receiver answered 410 Gone");
    }

    @Test
    void a_replay_leaves_what_is_due_as_it_is_unless_the_receiver_answers_again() {
        Webhook waiting = webhook(7, 2);

        assertThat(Progress.afterReplay(waiting, answered(500), NOW))
                .isEqualTo(new Progress(16, 7, Instant.EPOCH, 2, null, null));
        assertThat(Progress.afterReplay(waiting, answered(200), NOW))
                .isEqualTo(new Progress(16, 7, NOW, 0, null, null));
        assertThat(Progress.afterReplay(waiting, answered(410), NOW).disabled())
                .isEqualTo("the receiver answered 410 Gone");
    }

    @Test
    void a_redirect_says_that_it_is_not_followed() {
        assertThat(answered(302).failure()).contains("302", "redirects are not followed");
    }

    // ---- waiting

    @Test
    void the_bound_doubles_up_to_the_longest_wait() {
        assertThat(IntStream.of(1, 2, 3, 10, 13, 14, 20, 1_000).mapToObj(SCHEDULE::boundAfter))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2_560),
                        Duration.ofSeconds(20_480),
                        Duration.ofHours(6),
                        Duration.ofHours(6),
                        Duration.ofHours(6));
    }

    @Test
    void the_wait_is_anything_up_to_the_bound() {
        Random random = new Random(42);
        var waits =
                IntStream.range(0, 10_000)
                        .mapToLong(_ -> SCHEDULE.waitAfter(4, Duration.ZERO, random).toMillis())
                        .summaryStatistics();

        assertThat(waits.getMin()).isBetween(0L, 400L);
        assertThat(waits.getMax()).isBetween(39_600L, 40_000L);
        assertThat(waits.getAverage()).isBetween(19_000.0, 21_000.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                           | PT2M",
                "0                             | PT0S",
                "Sun, 01 Mar 2026 09:31:30 GMT | PT1M30S",
                "Sun, 01 Mar 2026 09:29:30 GMT | PT0S",
                "999999999                     | PT6H",
                "99999999999999999999999999    | PT6H",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT6H",
                "-5                            | PT0S",
                "soon                          | PT0S",
                "1.5                           | PT0S"
            })
    void retry_after_is_heeded_up_to_the_longest_wait(String header, Duration least) {
        Outcome outcome = Outcome.answered(503, header, NOW);
        Duration wait = SCHEDULE.waitAfter(1, outcome.retryAfter(), new Random(42));

        assertThat(wait).isBetween(least, least.plus(SCHEDULE.first()));
    }
}
