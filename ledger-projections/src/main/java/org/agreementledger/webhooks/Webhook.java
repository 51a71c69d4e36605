package org.agreementledger.webhooks;

import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.agreementledger.axon.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told of entries, and how far they were told.
 *
 * @param disabledBecause null while it is enabled
 * @param position whatever the filter lets through up to here was acknowledged, or is a dead letter
 * @param failures attempts that failed for the first entry after it
 * @param nextAttemptAt not before
 * @param deadInARow entries given up since one was last acknowledged
 * @param deadLetters how many there are
 */
public record Webhook(
        UUID id,
        URI url,
        WebhookFilter filter,
        Instant createdAt,
        Actor createdBy,
        @Nullable String disabledBecause,
        Secrets secrets,
        long position,
        int failures,
        Instant nextAttemptAt,
        int deadInARow,
        int deadLetters) {

    public boolean enabled() {
        return disabledBecause == null;
    }
}
