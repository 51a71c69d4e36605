package org.agreementledger.cli;

import org.agreementledger.agreement.Refused;

/** What a person is told when a rule says no. */
final class Refusals {

    private Refusals() {}

    static String sentence(Refused refused) {
        return refused.getMessage() + " (rule " + refused.rule().slug() + ")";
    }
}
