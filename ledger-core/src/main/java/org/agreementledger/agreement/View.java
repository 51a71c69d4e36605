package org.agreementledger.agreement;

import java.util.Locale;

/** Which entries of one history count: what parties confirmed, or also what was only reported. */
public enum View {
    CONFIRMED,
    ALL;

    /** As in {@code standing=confirmed}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
