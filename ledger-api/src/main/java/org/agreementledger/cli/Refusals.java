package org.agreementledger.cli;

import org.agreementledger.agreement.Refused;

/** What a person is told when a rule says no. */
final class Refusals {

    private Refusals() {}

    static String sentence(Refused refused) {
        String message = String.valueOf(refused.getMessage());
        return (message.endsWith(".") ? message.substring(0, message.length() - 1) : message)
                + " (rule "
                + refused.rule().slug()
                + ").";
    }
}
