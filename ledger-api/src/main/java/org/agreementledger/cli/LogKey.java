package org.agreementledger.cli;

import java.nio.file.Path;
import org.agreementledger.node.Signing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which key the log is signed; for the commands that record. */
final class LogKey {

    private static final String KEY_VARIABLE = "LEDGER_LOG_KEY";
    private static final String ORIGIN_VARIABLE = "LEDGER_LOG_ORIGIN";

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            order = 800,
            description =
                    "The private key that signs the log, as 'openssl genpkey -algorithm ed25519' makes it (default: the one beside the data, made at the first start; or $LEDGER_LOG_KEY).")
    @Nullable Path file;

    @Option(
            names = "--log-origin",
            paramLabel = "NAME",
            order = 801,
            description =
                    "What the log is called in what is signed, such as example.com/our-ledger; chosen at the first start and kept (default: made up; or $LEDGER_LOG_ORIGIN).")
    @Nullable String origin;

    Signing signing(Terminal terminal) {
        String variable = terminal.environment().get(KEY_VARIABLE);
        return new Signing(
                file != null || variable == null ? file : Path.of(variable),
                origin != null ? origin : terminal.environment().get(ORIGIN_VARIABLE));
    }
}
