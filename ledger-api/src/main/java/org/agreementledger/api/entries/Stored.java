package org.agreementledger.api.entries;

import org.agreementledger.axon.Receipt;

/** A stored entry that the read models do not hold yet. */
record Stored(String agreementId, int sequence, String eventId) {

    static Stored of(Receipt receipt) {
        return new Stored(receipt.agreementId().value(), receipt.sequence(), receipt.eventId());
    }
}
