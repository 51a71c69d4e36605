package org.agreementledger.asof;

import java.time.Instant;
import java.time.LocalDate;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.jspecify.annotations.Nullable;

/**
 * One term on one day.
 *
 * @param state {@code in-force}, {@code retired}, {@code closed} or {@code absent}
 * @param term null when it is not in force
 */
public record TermAnswer(
        String agreementId,
        String key,
        LocalDate validOn,
        Instant knownAt,
        String standing,
        String state,
        @Nullable HeldTerm term) {}
