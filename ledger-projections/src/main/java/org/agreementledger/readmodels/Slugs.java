package org.agreementledger.readmodels;

import java.util.Locale;

/** Enumerations as written in JSON: lower case with hyphens. */
public final class Slugs {

    private Slugs() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
