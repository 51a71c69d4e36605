package org.agreementledger.log;

/**
 * The stored tree is not the one that was signed: somebody went past the guards of the database, or
 * its files are damaged. The message names the row.
 */
public final class TreeMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TreeMismatch(String message) {
        super(message);
    }
}
