package org.agreementledger.webhooks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The key of a receiver and, for a while after it was rotated, the one before.
 *
 * @param formerUntil when the former one lapses; in the past where there is none
 */
public record Secrets(Secret current, @Nullable Secret former, Instant formerUntil) {

    /** All that hold at that moment, apart by blanks: a receiver tries each until one fits. */
    String sign(String messageId, Instant at, byte[] body) {
        String signature = current.sign(messageId, at.getEpochSecond(), body);
        return former != null && at.isBefore(formerUntil)
                ? signature + " " + former.sign(messageId, at.getEpochSecond(), body)
                : signature;
    }
}
