package org.agreementledger.agreement;

import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * Who said it and where.
 *
 * @param id how the entry's term actions name it
 * @param quote a sentence or two, verbatim
 * @param via where the text was seen as quoted
 * @param sha256 of the document, in lower-case hexadecimal
 */
public record Source(
        @Nullable String id,
        String title,
        @Nullable String url,
        @Nullable Day publishedOn,
        @Nullable Day retrievedOn,
        @Nullable Role role,
        @Nullable String quote,
        @Nullable Via via,
        @Nullable String note,
        @Nullable String sha256) {

    public enum Role {
        PARTY,
        REGULATOR,
        COURT,
        PRESS,
        OTHER
    }

    public record Via(@Nullable String title, @Nullable String url) {}
}
