package org.agreementledger.api;

import org.agreementledger.api.http.Origins;
import org.agreementledger.api.kafka.KafkaTopic;
import org.jspecify.annotations.Nullable;

/**
 * Where else what is recorded may go, besides to who asks.
 *
 * @param origins whose pages may read
 * @param kafka where entries are sent; null for nowhere
 */
public record Outlets(Origins origins, @Nullable KafkaTopic kafka) {

    /** Nowhere. */
    public static final Outlets NONE = new Outlets(Origins.NONE, null);
}
