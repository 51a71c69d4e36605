package org.agreementledger.webhooks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure: exponential back-off with full jitter, so that receivers that
 * failed together are not all tried again together.
 *
 * @param first the longest wait after the first failure; it doubles with each
 * @param longest the longest wait of all, also where the receiver asks for more
 * @param attemptsMax after which the entry is given up
 * @param deadMax entries given up in a row, after which the receiver is
 */
public record RetrySchedule(Duration first, Duration longest, int attemptsMax, int deadMax) {

    /** About a day for each entry; two at most, unless the receiver asks for more. */
    public static final RetrySchedule OF_A_DAY =
            new RetrySchedule(Duration.ofSeconds(5), Duration.ofHours(6), 20, 3);

    /**
     * @param failures so far, at least 1
     * @param asked by the receiver
     */
    Duration waitAfter(int failures, Duration asked, RandomGenerator random) {
        Duration jittered = Duration.ofMillis(random.nextLong(boundAfter(failures).toMillis() + 1));
        Duration least = asked.compareTo(longest) < 0 ? asked : longest;
        return jittered.compareTo(least) > 0 ? jittered : least;
    }

    Duration boundAfter(int failures) {
        Duration bound = first;
        for (int i = 1; i < failures && bound.compareTo(longest) < 0; i++) {
            bound = bound.multipliedBy(2);
        }
        return bound.compareTo(longest) < 0 ? bound : longest;
    }
}
