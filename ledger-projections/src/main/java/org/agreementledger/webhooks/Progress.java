package org.agreementledger.webhooks;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How far a receiver is after an attempt.
 *
 * @param dead why the entry is given up; null where it is not
 * @param disabled why the receiver is; null where it is not
 */
record Progress(
        long position,
        int failures,
        Instant nextAttemptAt,
        int deadInARow,
        @Nullable String dead,
        @Nullable String disabled) {

    /** After an attempt at the entry at that position, the first that is due. */
    static Progress after(
            Webhook webhook,
            long entry,
            Outcome outcome,
            Instant now,
            RetrySchedule schedule,
            RandomGenerator random) {
        if (outcome.isDelivered()) {
            return new Progress(entry, 0, now, 0, null, null);
        }
        String failure = String.valueOf(outcome.failure());
        int failures = webhook.failures() + 1;
        if (outcome.isGone()) {
            return new Progress(
                    webhook.position(), failures, now, webhook.deadInARow(), null, gone(failure));
        }
        if (failures < schedule.attemptsMax()) {
            Instant next = now.plus(schedule.waitAfter(failures, outcome.retryAfter(), random));
            return new Progress(
                    webhook.position(), failures, next, webhook.deadInARow(), null, null);
        }
        int dead = webhook.deadInARow() + 1;
        return new Progress(
                entry,
                0,
                now.plus(schedule.waitAfter(1, outcome.retryAfter(), random)),
                dead,
                failure,
                dead < schedule.deadMax()
                        ? null
                        : "%d entries in a row were given up; at last the receiver %s"
                                .formatted(dead, failure));
    }

    /**
     * After a dead letter was sent again, which does not stand in the way of what is due; if it was
     * acknowledged, that need not wait any longer.
     */
    static Progress afterReplay(Webhook webhook, Outcome outcome, Instant now) {
        return new Progress(
                webhook.position(),
                webhook.failures(),
                outcome.isDelivered() ? now : webhook.nextAttemptAt(),
                outcome.isDelivered() ? 0 : webhook.deadInARow(),
                null,
                outcome.isGone() ? gone(String.valueOf(outcome.failure())) : null);
    }

    private static String gone(String failure) {
        return "the receiver " + failure;
    }
}
