package org.agreementledger.axon;

/** This ledger takes no entries, whatever they say. */
public final class ReadOnly extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReadOnly(String why) {
        super(why);
    }
}
