package org.agreementledger.upcoming;

/** What becomes of a term on a day. */
public enum What {
    /** In force from that day on, and not the day before. */
    STARTS,
    /** Another version from that day on. */
    CHANGES,
    /** A disclosure tells what holds from that day on. */
    DISCLOSED,
    /** No longer in force, without an entry that says so. */
    LAPSES,
    RETIRES,
    CLOSES,
    /** In force, but not set or upheld for longer than asked. */
    STALE
}
