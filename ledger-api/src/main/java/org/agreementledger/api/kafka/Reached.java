package org.agreementledger.api.kafka;

/**
 * How far a ledger has been sent.
 *
 * @param position of the last entry; -1 before the first
 * @param eventId of that entry, by which another ledger's position is told from ours
 */
record Reached(long position, String eventId) {

    static final Reached NOTHING = new Reached(-1, "");
}
