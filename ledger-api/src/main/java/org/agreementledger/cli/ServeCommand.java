package org.agreementledger.cli;

import org.agreementledger.node.LedgerNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        description = "Serves the ledger over HTTP until Ctrl-C or SIGTERM.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  ./ledger serve", "  ./ledger serve --demo --port 9090"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended",
            "2:wrong usage, or nobody could be told apart there: see --access",
            "3:cannot run: the database is in use or cannot be opened, the port is taken"
        })
final class ServeCommand extends RecordingTask {

    @Mixin final Server server = new Server();

    ServeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        server.check();
    }

    @Override
    int run(LedgerNode node) {
        server.check(node, place, terminal.clock());
        sayWhatItIsACopyOf(node);
        return server.serve(terminal, node, place.actor());
    }
}
