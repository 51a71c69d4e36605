package org.agreementledger.agreement;

import java.util.Locale;

/** Which entries of one history count: what parties confirmed, or also what was only reported. */
public enum View {
    CONFIRMED,
    ALL;

    /** The view in which an entry of that standing is judged. */
    static View of(Standing standing) {
        return standing == Standing.CONFIRMED ? CONFIRMED : ALL;
    }

    /** As in {@code standing=confirmed}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
