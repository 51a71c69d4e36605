package org.agreementledger.cli;

import org.agreementledger.axon.AxonServer;
import org.agreementledger.node.Signing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that lets entries into the log, and so signs it. */
abstract class RecordingTask extends Task {

    @Mixin final LogKey logKey = new LogKey();

    @Mixin final AxonServerOptions axonServer = new AxonServerOptions();

    @Option(
            names = "--no-fsync",
            order = 802,
            description =
                    "Answer a write once the operating system has it, without waiting for the disk (embedded database): it survives a killed process, but a power cut may lose what was recorded last, or damage the file.")
    boolean noFsync;

    RecordingTask(Terminal terminal) {
        super(terminal);
    }

    @Override
    final boolean writes() {
        return true;
    }

    @Override
    final boolean fsync() {
        if (noFsync && place.database != null) {
            throw Failure.usage(
                    "--no-fsync is for the embedded database; PostgreSQL waits for its disk as its synchronous_commit says.");
        }
        return !noFsync;
    }

    @Override
    final @Nullable AxonServer axonServer() {
        return axonServer.server(terminal);
    }

    @Override
    final Signing signing() {
        return logKey.signing(terminal);
    }
}
