package org.agreementledger.terms;

import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * What a version of a term says.
 *
 * @param statement in the recorder's words
 * @param quote the instrument's own words, verbatim
 * @param category a slug; those of CUAD are suggested
 * @param condition in words
 * @param validTo the first day on which it no longer holds, as declared
 * @param withheld there is more that we are not shown
 * @param characterisedAs what the speaker calls it
 * @param source the id of one of the entry's sources
 */
public record Provision(
        String statement,
        @Nullable String quote,
        @Nullable TermValue value,
        @Nullable String category,
        @Nullable String condition,
        @Nullable Day validTo,
        @Nullable Withheld withheld,
        @Nullable String characterisedAs,
        @Nullable String source,
        @Nullable String locator) {

    public enum Withheld {
        UNDISCLOSED,
        REDACTED
    }
}
