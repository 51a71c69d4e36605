package org.agreementledger.log;

import java.util.List;
import org.agreementledger.agreement.AgreementEvent;

/** Reads the log. */
public class Log {

    public record Logged(LogEntry log, AgreementEvent event) {}

    public List<Logged> read(long after, int limit) {
        throw new UnsupportedOperationException();
    }

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
