package org.agreementledger.asof;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.axon.Actor;
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
     * @param setBy the entry that set it, which may have been corrected since
     * @param correctedBy the correction that gave it its present words; null where the entry itself
     *     did
     * @param recordedBy who recorded the entry that gave it its present words, then {@code
     *     recordedAt}
     * @param source the one that this entry names for it, as given there
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
            EntryLink setBy,
            @Nullable EntryLink correctedBy,
            Actor recordedBy,
            Instant recordedAt,
            @Nullable Map<String, Object> source,
            @Nullable String locator) {}

    public record Known(long position, Instant recordedAt) {}
}
