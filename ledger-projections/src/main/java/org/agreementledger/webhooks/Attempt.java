package org.agreementledger.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to a receiver, and what came of it.
 *
 * @param number counts up for each receiver; null until it is stored
 * @param position of the entry; null for a test
 * @param status of HTTP; null where no answer came
 * @param failure null where it was acknowledged
 */
public record Attempt(
        @Nullable Long number,
        String messageId,
        @Nullable Long position,
        Instant attemptedAt,
        long tookMillis,
        @Nullable Integer status,
        @Nullable String failure) {

    Attempt numbered(long number) {
        return new Attempt(number, messageId, position, attemptedAt, tookMillis, status, failure);
    }
}
