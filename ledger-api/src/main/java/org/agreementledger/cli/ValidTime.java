package org.agreementledger.cli;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of reads for one day. */
final class ValidTime {

    @Option(
            names = "--valid-on",
            paramLabel = "D",
            order = 100,
            description = "As it holds on that day, like 2026-02-27 (default: today, UTC).")
    @Nullable LocalDate validOn;

    LocalDate day(Terminal terminal) {
        return validOn == null ? terminal.today() : validOn;
    }
}
