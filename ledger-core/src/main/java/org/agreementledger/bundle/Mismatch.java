package org.agreementledger.bundle;

/** Something in a bundle does not fit. */
public final class Mismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String where;

    /**
     * @param where which file of the bundle, and which line of it
     * @param what does not fit there, in a sentence without a full stop
     */
    Mismatch(String where, String what) {
        super(what);
        this.where = where;
    }

    public String where() {
        return where;
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}
