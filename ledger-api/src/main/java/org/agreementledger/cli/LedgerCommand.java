package org.agreementledger.cli;

/** The command line. */
public final class LedgerCommand {

    private LedgerCommand() {}

    public static void main(String[] args) {
        throw new UnsupportedOperationException();
    }
}
