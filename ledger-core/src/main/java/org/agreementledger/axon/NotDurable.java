package org.agreementledger.axon;

/**
 * The disk failed to take what was written. What it holds is not known from then on, so this
 * process acknowledges nothing any more: a second try may succeed without the first one's bytes.
 */
public final class NotDurable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public NotDurable(String reason, Throwable cause) {
        super(
                "The disk did not take what was written (%s); nothing is recorded until the ledger is started again."
                        .formatted(reason),
                cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
