package org.agreementledger.audit;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.bundle.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants in a bundle.
 *
 * @param agreementId null for all
 * @param from only what occurred on that day or later; null for no such limit
 * @param to only what occurred on that day or earlier; null for no such limit
 * @param allLeaves the leaves of the whole log, also where not all entries are asked for
 * @param validOn the day of the terms claimed; null for the day on which the newest entry was
 *     recorded
 */
public record Selection(
        @Nullable AgreementId agreementId,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        boolean allLeaves,
        @Nullable LocalDate validOn) {

    /**
     * @param newest the day of the terms claimed, where none is asked for
     * @throws IllegalArgumentException when this does not go together
     */
    public Scope scope(LocalDate newest) {
        boolean ranged = from != null || to != null;
        if (ranged && validOn != null) {
            throw new IllegalArgumentException(
                    "A range of days holds no whole history, so no terms of %s follow from it"
                            .formatted(validOn));
        }
        return new Scope(
                agreementId,
                from,
                to,
                allLeaves || agreementId == null && !ranged,
                ranged ? null : validOn == null ? newest : validOn);
    }
}
