package org.agreementledger.axon;

/**
 * The event store did not say how a write ended, so whether it is stored is not known. Sent again
 * under the same key it is stored once.
 */
public final class Unconfirmed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public Unconfirmed(String reason, Throwable cause) {
        super(
                "The event store did not confirm this (%s), so it may or may not be recorded; send it again with the same key, and it is recorded once."
                        .formatted(reason),
                cause);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
