package org.agreementledger.cli;

/** What a script reads from a command's end. */
final class ExitCode {

    static final int FINE = 0;

    /** A term changed, or the read models differ from the fold. */
    static final int DIFFERENCE = 1;

    static final int USAGE = 2;
    static final int CANNOT_RUN = 3;

    private ExitCode() {}
}
