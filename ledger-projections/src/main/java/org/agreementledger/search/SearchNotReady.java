package org.agreementledger.search;

/** The search index does not hold all entries yet, or has failed; it is tried again. */
public final class SearchNotReady extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SearchNotReady(long position) {
        super(
                "The search index holds positions up to %d and follows. Ask again in a moment."
                        .formatted(position));
    }

    SearchNotReady(Exception cause) {
        super(
                "The search index has failed and is opened anew: %s. Ask again in a moment."
                        .formatted(cause.getMessage()),
                cause);
    }
}
