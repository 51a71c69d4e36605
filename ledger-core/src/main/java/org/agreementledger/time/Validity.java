package org.agreementledger.time;

import java.time.LocalDate;

/** When something holds in the world: the half-open interval {@code [from, to)} of days. */
public record Validity(LocalDate from, LocalDate to) {

    /** Stored instead of null, so that one predicate serves all. */
    public static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    /** Before every day that a ledger can name. */
    public static final LocalDate ALWAYS = LocalDate.of(0, 1, 1);

    public Validity {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "validity must start before it ends: " + from + " to " + to);
        }
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(to);
    }
}
