package org.agreementledger.api.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.agreementledger.axon.Actor;
import org.agreementledger.webhooks.Webhook;
import org.agreementledger.webhooks.WebhookFilter;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as answered.
 *
 * @param position up to which everything was acknowledged, given up, or is none of its business
 * @param failures attempts that failed for the next entry
 * @param nextAttemptAt of that entry; null where it has not failed
 * @param formerSecretUntil null where the former secret has lapsed
 * @param secret told once; absent in every other answer
 */
record WebhookAnswer(
        UUID id,
        String url,
        WebhookFilter filter,
        boolean enabled,
        @Nullable String disabledBecause,
        Instant createdAt,
        Actor createdBy,
        long position,
        int failures,
        @Nullable Instant nextAttemptAt,
        int deadLetters,
        @Nullable Instant formerSecretUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static WebhookAnswer of(Webhook webhook, Instant now) {
        return of(webhook, now, null);
    }

    static WebhookAnswer withSecret(Webhook webhook, Instant now) {
        return of(webhook, now, webhook.secrets().current().text());
    }

    private static WebhookAnswer of(Webhook webhook, Instant now, @Nullable String secret) {
        Instant formerUntil = webhook.secrets().formerUntil();
        return new WebhookAnswer(
                webhook.id(),
                webhook.url().toString(),
                webhook.filter(),
                webhook.enabled(),
                webhook.disabledBecause(),
                webhook.createdAt(),
                webhook.createdBy(),
                webhook.position(),
                webhook.failures(),
                webhook.failures() == 0 ? null : webhook.nextAttemptAt(),
                webhook.deadLetters(),
                formerUntil.isAfter(now) ? formerUntil : null,
                secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "webhook " + id;
    }
}
