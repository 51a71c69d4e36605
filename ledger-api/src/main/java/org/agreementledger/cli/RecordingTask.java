package org.agreementledger.cli;

import org.agreementledger.node.Signing;
import picocli.CommandLine.Mixin;

/** A command that lets entries into the log, and so signs it. */
abstract class RecordingTask extends Task {

    @Mixin final LogKey logKey = new LogKey();

    RecordingTask(Terminal terminal) {
        super(terminal);
    }

    @Override
    final boolean writes() {
        return true;
    }

    @Override
    final Signing signing() {
        return logKey.signing(terminal);
    }
}
