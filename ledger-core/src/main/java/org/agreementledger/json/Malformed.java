package org.agreementledger.json;

/** The text is not an entry: the caller's fault. */
public final class Malformed extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * @param message for a person, naming the rule and the value
     * @param pointer RFC 6901, to the offending place; empty for the whole
     */
    public Malformed(String message, String pointer) {
        super(message);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
