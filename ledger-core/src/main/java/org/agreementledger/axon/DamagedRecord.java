package org.agreementledger.axon;

/**
 * What is stored cannot be read as what it was once written as: the database is damaged, or
 * somebody wrote into it past its guards.
 */
public final class DamagedRecord extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String record;
    private final String reason;

    /**
     * @param record which one, for a sentence
     */
    public DamagedRecord(String record, Throwable cause) {
        super(record + " cannot be read: " + reason(cause), cause);
        this.record = record;
        this.reason = reason(cause);
    }

    private static String reason(Throwable cause) {
        return cause instanceof DamagedRecord inner
                ? inner.record + ", " + inner.reason
                : String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
