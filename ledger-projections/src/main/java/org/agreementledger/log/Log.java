package org.agreementledger.log;

/** Reads the log. */
public class Log {

    /**
     * @throws IllegalArgumentException for an instant later than now, or a position beyond the newest
     */
    public Moment resolve(KnownAt knownAt) {
        throw new UnsupportedOperationException();
    }

    /** The newest position; -1 before the first. */
    public long newest() {
        throw new UnsupportedOperationException();
    }
}
