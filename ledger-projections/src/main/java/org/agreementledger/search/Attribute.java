package org.agreementledger.search;

import java.util.Locale;

/** What an entry can be asked for by name; all of it is of the moment it was recorded. */
public enum Attribute {
    AGREEMENT,
    KIND,
    PARTY,
    ACTOR,
    EFFECT,
    VERDICT,
    TERM,
    CATEGORY,
    STANDING,
    REF;

    String field() {
        return name().toLowerCase(Locale.ROOT);
    }
}
