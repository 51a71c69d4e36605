package org.agreementledger.api;

import org.agreementledger.api.http.Origins;

/**
 * Where else what is recorded may go, besides to who asks.
 *
 * @param origins whose pages may read
 */
public record Outlets(Origins origins) {

    /** Nowhere. */
    public static final Outlets NONE = new Outlets(Origins.NONE);
}
