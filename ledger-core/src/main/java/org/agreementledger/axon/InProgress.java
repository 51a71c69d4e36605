package org.agreementledger.axon;

/**
 * A request with that key is under way on the node that decides on it; ask again when it is done.
 */
public final class InProgress extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String key;

    public InProgress(String key) {
        super("A request with the key '" + key + "' is under way; ask again when it is done.");
        this.key = key;
    }

    public String key() {
        return key;
    }
}
