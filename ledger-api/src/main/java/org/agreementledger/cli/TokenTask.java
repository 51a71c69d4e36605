package org.agreementledger.cli;

import java.util.concurrent.Callable;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.Signing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command about tokens: it opens the ledger, or asks the server that has it open. */
abstract class TokenTask implements Callable<Integer> {

    @Mixin final Place place = new Place();

    final Terminal terminal;

    TokenTask(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        prepare();
        try (LedgerNode node =
                needsKey()
                        ? place.openToWrite(terminal, axonServer(), signing(), true)
                        : place.openToRead(terminal)) {
            run(new OwnTokens(node.tokens(), place.actor(), terminal.clock()));
        } catch (LedgerNode.DatabaseInUse e) {
            run(new ServedTokens(HoldingServer.of(place, terminal, e)));
        }
        return ExitCode.FINE;
    }

    /** What can be refused before the database is taken. */
    void prepare() {}

    /** Whether the ledger must have a name by then, and so a key. */
    boolean needsKey() {
        return false;
    }

    /** What keeps the events, if not the database. */
    @Nullable AxonServer axonServer() {
        return null;
    }

    Signing signing() {
        return Signing.BESIDE_DATA;
    }

    abstract void run(TokenDesk desk);
}
