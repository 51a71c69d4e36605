package org.agreementledger.agreement;

/** The business said no. The ledger is as it was. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final String pointer;

    /**
     * @param message for a person, naming the values at odds
     * @param pointer RFC 6901, into the entry; empty for the entry as a whole
     */
    public Refused(Rule rule, String message, String pointer) {
        super(message);
        this.rule = rule;
        this.pointer = pointer;
    }

    public Rule rule() {
        return rule;
    }

    public String pointer() {
        return pointer;
    }
}
