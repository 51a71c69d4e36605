package org.agreementledger.axon;

/** This ledger takes nothing, whatever it says. */
public final class ReadOnly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReadOnly(String why) {
        super(why);
    }
}
