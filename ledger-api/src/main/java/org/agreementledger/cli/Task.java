package org.agreementledger.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.Signing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** A command that opens the ledger, does one thing and closes it. */
abstract class Task implements Callable<Integer> {

    private static final int NAMED_MAX = 5;

    @Mixin final Place place = new Place();

    final Terminal terminal;

    Task(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public final Integer call() {
        prepare();
        if (!needsLedger()) {
            return runAlone();
        }
        try (LedgerNode node = open()) {
            if (!writes()) {
                sayWhatItIsACopyOf(node);
            }
            return run(node);
        } catch (LedgerNode.DatabaseInUse held) {
            return runWhileHeld(held);
        }
    }

    /** For a command that a server which holds the ledger does when it is asked. */
    int runWhileHeld(LedgerNode.DatabaseInUse held) {
        throw held;
    }

    /** With the example in it, if that was asked for. */
    LedgerNode open() {
        LedgerNode node = opened();
        try {
            loadExample(node);
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    LedgerNode opened() {
        return writes()
                ? place.openToWrite(terminal, axonServer(), signing(), fsync())
                : place.openToRead(terminal);
    }

    private void loadExample(LedgerNode node) {
        if (place.demo) {
            new Example(terminal, place.actor()).load(node);
        }
    }

    final void sayWhatItIsACopyOf(LedgerNode node) {
        node.copy()
                .ifPresent(copy ->
                        terminal.say(
                                "This is "
                                        + copy.describe()
                                        + ": what was recorded later is not in it."));
    }

    /** Whether it writes to the database; what only reads opens and closes sooner. */
    boolean writes() {
        return false;
    }

    /** False for what is asked of files alone: {@link #runAlone} answers it. */
    boolean needsLedger() {
        return true;
    }

    /** The exit code. */
    int runAlone() {
        throw new IllegalStateException("this needs a ledger");
    }

    /** What keeps the events, if not the database. For a command that records. */
    @Nullable AxonServer axonServer() {
        return null;
    }

    /** For a command that records. */
    Signing signing() {
        return Signing.BESIDE_DATA;
    }

    /** Whether a write waits for the disk. For a command that records. */
    boolean fsync() {
        return true;
    }

    /** What can be refused, or takes long, before the database is taken. */
    void prepare() {}

    /** The exit code. */
    abstract int run(LedgerNode node);

    <T> T known(Optional<T> answer, AgreementId id, LedgerNode node) {
        return answer.orElseThrow(() -> unknown(id, node));
    }

    Failure unknown(AgreementId id, LedgerNode node) {
        List<String> there =
                node.terms().ids(terminal.today(), new RecordTime().moment(node), View.ALL);
        if (there.contains(id.value())) {
            return Failure.usage(id + " was not known then; its opening was recorded later.");
        }
        return Failure.usage(
                "There is no agreement "
                        + id
                        + " in "
                        + place.describe(terminal)
                        + (there.isEmpty()
                                ? ": it is empty. Record an opening, or try --demo."
                                : "; there is " + String.join(", ", first(there)) + "."));
    }

    private static List<String> first(List<String> ids) {
        return ids.size() <= NAMED_MAX
                ? ids
                : Stream.concat(ids.stream().limit(NAMED_MAX), Stream.of("…")).toList();
    }
}
