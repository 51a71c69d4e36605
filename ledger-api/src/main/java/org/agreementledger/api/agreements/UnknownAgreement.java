package org.agreementledger.api.agreements;

import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Rule;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.Moment;

/** Says that an agreement is not known. */
public final class UnknownAgreement {

    private UnknownAgreement() {}

    public static Rejected at(AgreementId id, Moment knownAt) {
        return new Rejected(
                Problem.of(
                        ProblemType.of(Rule.AGREEMENT_UNKNOWN),
                        "There is no agreement "
                                + id
                                + ", as known at "
                                + knownAt.knownAt()
                                + "."));
    }
}
