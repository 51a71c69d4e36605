package org.agreementledger.webhooks;

import org.agreementledger.entries.EntryFilter;
import org.jspecify.annotations.Nullable;

/** Of which entries a receiver is told: those of the feed with the same filter; null means any. */
public record WebhookFilter(
        @Nullable String agreement,
        @Nullable String kind,
        @Nullable String effect,
        @Nullable String verdict) {

    public static final WebhookFilter ANY = new WebhookFilter(null, null, null, null);

    EntryFilter entries() {
        return new EntryFilter(
                agreement, kind, null, null, effect, verdict, null, null, null, null, null, null,
                null, null, null);
    }
}
