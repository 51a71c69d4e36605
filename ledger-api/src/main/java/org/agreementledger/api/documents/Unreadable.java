package org.agreementledger.api.documents;

/** The text is neither JSON nor YAML: the caller's fault. */
public final class Unreadable extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param line counted from 1
     */
    Unreadable(String message, int line) {
        super(message);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
