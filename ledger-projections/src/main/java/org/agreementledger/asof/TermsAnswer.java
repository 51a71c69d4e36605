package org.agreementledger.asof;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.Party;
import org.jspecify.annotations.Nullable;

/** Parties and terms of one agreement, on one day, as known at one moment, in one view. */
public record TermsAnswer(
        String agreementId,
        String title,
        List<Party> parties,
        String status,
        int sequence,
        LocalDate validOn,
        Instant knownAt,
        String standing,
        String fingerprint,
        List<HeldTerm> terms) {

    /**
     * @param validFrom as given, or the entry's {@code effectiveOn}
     * @param validTo as declared, not as cut by a successor
     * @param disclosed whether a disclosure, not an instrument, told us this version
     * @param affirmedBy the last upheld reaffirmation of this version
     */
    public record HeldTerm(
            String key,
            String statement,
            @Nullable String quote,
            @Nullable Map<String, Object> value,
            @Nullable String category,
            @Nullable String condition,
            @Nullable String withheld,
            @Nullable String characterisedAs,
            @Nullable String source,
            @Nullable String locator,
            String validFrom,
            @Nullable String validTo,
            boolean disclosed,
            EntryLink setBy,
            @Nullable EntryLink affirmedBy,
            @Nullable EntryLink notAddressedBy,
            @Nullable EntryLink contestedBy) {}

    public record EntryLink(
            int sequence, long position, String kind, String occurredOn, String title) {}
}
