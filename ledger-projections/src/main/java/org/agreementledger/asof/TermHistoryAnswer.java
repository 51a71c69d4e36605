package org.agreementledger.asof;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/** Every version of one term on both axes, in the order of record time, then of valid time. */
public record TermHistoryAnswer(
        String agreementId, String key, String standing, List<Version> versions) {

    /**
     * One version, as it was held between two moments of record time.
     *
     * @param action {@code introduce}, {@code change}, {@code disclose}, {@code retire} or {@code
     *     close}
     * @param heldFrom the first day on which it prevails; null where it never did, being overridden
     *     from its first day
     * @param heldTo the first day on which it no longer prevails; null where there is none
     * @param knownTo when the ledger stopped to know it so; null where it still does
     */
    public record Version(
            String action,
            @Nullable String statement,
            @Nullable String quote,
            @Nullable Map<String, Object> value,
            @Nullable String condition,
            String validFrom,
            @Nullable String validTo,
            @Nullable LocalDate heldFrom,
            @Nullable LocalDate heldTo,
            Known knownFrom,
            @Nullable Known knownTo,
            EntryLink setBy) {}

    public record Known(long position, Instant recordedAt) {}
}
