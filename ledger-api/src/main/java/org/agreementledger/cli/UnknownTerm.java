package org.agreementledger.cli;

import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.terms.TermKey;

/** Says that there is no such term, and which there are beside it. */
final class UnknownTerm {

    private UnknownTerm() {}

    static Failure of(AgreementId agreementId, TermKey key, TermsAnswer terms) {
        String family = key.value().split("\\.")[0] + ".";
        List<String> beside =
                terms.terms().stream()
                        .map(HeldTerm::key)
                        .filter(other -> other.startsWith(family))
                        .limit(5)
                        .toList();
        return Failure.usage(
                agreementId
                        + " never had a term "
                        + key
                        + " that was known then; "
                        + (beside.isEmpty()
                                ? "./ledger terms " + agreementId + " lists those in force."
                                : "there is " + String.join(", ", beside) + "."));
    }
}
