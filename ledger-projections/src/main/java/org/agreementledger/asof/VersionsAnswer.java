package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.List;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.jspecify.annotations.Nullable;

/**
 * What prevails on every term over all days, as known at one moment in one view.
 *
 * @param versions by key, then by day; those that prevail on no day are left out
 * @param days ascending: on every other day {@link TermsAnswer} says the same as on the day before
 * @param turns ascending: those on which anything but a disclosure altered terms or parties
 */
public record VersionsAnswer(List<Version> versions, List<LocalDate> days, List<LocalDate> turns) {

    /**
     * @param state {@code in-force}, {@code retired} or {@code closed}
     * @param heldTo the first day on which it no longer prevails; null where there is none
     * @param action as in {@link TermHistoryAnswer.Version}
     * @param wordedAt the position of the entry that gave it its present words
     * @param said the same number in both views means the same words of the same entry
     */
    public record Version(
            String key,
            String state,
            LocalDate heldFrom,
            @Nullable LocalDate heldTo,
            String action,
            @Nullable String statement,
            @Nullable String category,
            EntryLink setBy,
            long wordedAt,
            long said) {

        public boolean isInForce() {
            return state.equals("in-force");
        }

        public boolean isDisclosure() {
            return action.equals("disclose");
        }
    }
}
