package org.agreementledger.constancy;

import java.time.LocalDate;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;

/** Answers whether the terms of an agreement changed between two days, both included. */
public class ConstancyQuery {

    /**
     * Empty where the agreement is not known at that moment.
     *
     * @throws IllegalArgumentException when {@code from} is after {@code to}
     */
    public Optional<ConstancyAnswer> between(
            AgreementId agreementId, LocalDate from, LocalDate to, Moment knownAt, View view) {
        throw new UnsupportedOperationException();
    }
}
