package org.agreementledger.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with one sentence that a person can act on. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** What was asked for, or given, is wrong. */
    static Failure usage(String sentence) {
        return new Failure(ExitCode.USAGE, sentence, null);
    }

    static Failure usage(String sentence, Throwable cause) {
        return new Failure(ExitCode.USAGE, sentence, cause);
    }

    /** The machine or its state does not allow it. */
    static Failure cannotRun(String sentence) {
        return new Failure(ExitCode.CANNOT_RUN, sentence, null);
    }

    static Failure cannotRun(String sentence, Throwable cause) {
        return new Failure(ExitCode.CANNOT_RUN, sentence, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
