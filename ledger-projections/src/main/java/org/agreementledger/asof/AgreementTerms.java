package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;

/** Terms as of any day of valid time and any moment of record time. */
public class AgreementTerms {

    /** Empty where the agreement is not known at that moment. */
    public Optional<TermsAnswer> asOf(
            AgreementId agreementId, LocalDate validOn, Moment knownAt, View view) {
        throw new UnsupportedOperationException();
    }

    /** Empty where the agreement, or any word of that term, is not known at that moment. */
    public Optional<TermAnswer> term(
            AgreementId agreementId, TermKey key, LocalDate validOn, Moment knownAt, View view) {
        throw new UnsupportedOperationException();
    }

    public Optional<TermHistoryAnswer> history(AgreementId agreementId, TermKey key, View view) {
        throw new UnsupportedOperationException();
    }

    /**
     * All agreements by id, as they stand on {@code today} as known now.
     *
     * @param party the id of an organisation that is party today
     * @param text part of the id or title, in any case
     * @param term {@code key:value}: the term is in force today, and its statement or value is that
     */
    public List<AgreementSummary> list(
            LocalDate today,
            @Nullable String party,
            @Nullable String text,
            @Nullable String term) {
        throw new UnsupportedOperationException();
    }
}
