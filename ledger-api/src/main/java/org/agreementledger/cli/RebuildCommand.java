package org.agreementledger.cli;

import java.util.concurrent.atomic.AtomicLong;
import org.agreementledger.node.LedgerNode;
import picocli.CommandLine.Command;

/** Opens to write: what is behind cannot be waited for, and that may be why it is rebuilt. */
@Command(
        name = "rebuild",
        description =
                "Builds the read models and the search index again, from the log and the event store.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger rebuild --demo && ./ledger replay --demo --check"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class RebuildCommand extends RecordingTask {

    /** What was built again. */
    record Rebuilt(long entries) {}

    RebuildCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(LedgerNode node) {
        AtomicLong positions = new AtomicLong(node.log().newest() + 1);
        try (Progress progress = terminal.progress("Rebuilding", "entries", positions.get())) {
            node.readModels()
                    .rebuild((done, of) -> {
                        positions.set(of);
                        progress.max(of);
                        progress.to(done);
                    });
        }
        try (Progress progress = terminal.progress("Indexing", "entries", positions.get())) {
            node.index().rebuild(progress::to);
        }
        if (place.json) {
            terminal.json(new Rebuilt(positions.get()));
        } else {
            terminal.page()
                    .print(
                            "Built the read models and the search index again from "
                                    + Phrases.count(positions.get(), "entry", "entries")
                                    + ".");
        }
        return ExitCode.FINE;
    }
}
