package org.agreementledger.agreement;

import java.util.Locale;

/** The kinds of entries. */
public enum Kind {
    OPENING,
    ANNOUNCEMENT,
    FUNDING_ROUND,
    PARTNERSHIP,
    AMENDMENT,
    CLOSING,
    CORRECTION,
    WITHDRAWAL,
    CONFIRMATION;

    private final String slug = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As written in JSON and on the command line: {@code funding-round}. */
    public String slug() {
        return slug;
    }
}
