package org.agreementledger.entries;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for; null means any. Ranges include both ends.
 *
 * @param party any organisation that the entry names
 * @param actor the id of who recorded it
 * @param verdict one that was found about any of its claims
 * @param term a key that the entry names
 */
public record EntryFilter(
        @Nullable String agreement,
        @Nullable String kind,
        @Nullable String party,
        @Nullable String actor,
        @Nullable String effect,
        @Nullable String verdict,
        @Nullable String term,
        @Nullable String standing,
        @Nullable String ref,
        @Nullable LocalDate occurredFrom,
        @Nullable LocalDate occurredTo,
        @Nullable Instant recordedFrom,
        @Nullable Instant recordedTo) {

    public static final EntryFilter ANY =
            new EntryFilter(
                    null, null, null, null, null, null, null, null, null, null, null, null, null);

    public static EntryFilter ofAgreement(String agreement) {
        return new EntryFilter(
                agreement, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
