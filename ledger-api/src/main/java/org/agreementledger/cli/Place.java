package org.agreementledger.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.node.Damage;
import org.agreementledger.node.DatabaseSettings;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.ServerAddress;
import org.agreementledger.node.Signing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command: which ledger, who, and how to answer. */
final class Place {

    private static final int NAME_LENGTH_MAX = 200;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 900,
            description = "The folder of the embedded database (default: ~/.agreement-ledger).")
    @Nullable Path data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            order = 901,
            description =
                    "A PostgreSQL database instead: postgresql://user:password@host/name, or a jdbc:postgresql: address.")
    @Nullable String database;

    @Option(
            names = "--demo",
            order = 902,
            description =
                    "The demo's own ledger (default: ~/.agreement-ledger-demo); the shipped example is loaded into it when it is not there yet.")
    boolean demo;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            order = 903,
            description = "Who records (default: the operating system's user).")
    @Nullable String as;

    @Option(
            names = "--json",
            order = 904,
            description = "Answer as JSON, for programs: the same as over HTTP.")
    boolean json;

    @Option(
            names = "--debug",
            order = 905,
            description = "After an error, show where in the program it arose.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            order = 906,
            usageHelp = true,
            description = "This help.")
    boolean help;

    Actor actor() {
        String name = as == null ? System.getProperty("user.name") : as;
        if (name == null || name.isBlank()) {
            throw Failure.usage("Nobody to record as: name yourself with --as NAME.");
        }
        if (name.strip().length() > NAME_LENGTH_MAX) {
            throw Failure.usage("--as takes a name of at most " + NAME_LENGTH_MAX + " characters.");
        }
        return Actor.local(name.strip());
    }

    Location location(Terminal terminal) {
        return location(terminal, null);
    }

    private Location location(Terminal terminal, @Nullable AxonServer axonServer) {
        return new Location(folder(terminal), database, axonServer);
    }

    LedgerNode openToWrite(
            Terminal terminal, @Nullable AxonServer axonServer, Signing signing, boolean fsync) {
        return open(
                terminal,
                location(terminal, axonServer),
                (location, clock) -> LedgerNode.open(location, clock, signing, fsync));
    }

    LedgerNode openToRead(Terminal terminal) {
        return open(terminal, location(terminal), LedgerNode::openToRead);
    }

    LedgerNode openToVerify(Terminal terminal) {
        return open(terminal, location(terminal), LedgerNode::openToVerify);
    }

    private LedgerNode open(
            Terminal terminal, Location location, BiFunction<Location, Clock, LedgerNode> opened) {
        try {
            LedgerNode node = opened.apply(location, terminal.clock());
            if (database == null) {
                ServerAddress.remove(location.data());
            }
            return node;
        } catch (LedgerNode.DatabaseInUse | IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Failure.cannotRun(
                    "Cannot open "
                            + describe(terminal)
                            + ": "
                            + damage(e).orElseGet(() -> Reasons.first(e))
                            + ".",
                    e);
        }
    }

    private Optional<String> damage(RuntimeException e) {
        return database == null ? Damage.whileOpening(e) : Damage.of(e);
    }

    /** For a sentence. */
    String describe(Terminal terminal) {
        return database == null
                ? "the ledger in " + folder(terminal)
                : "the ledger at " + DatabaseSettings.server(database);
    }

    Path folder(Terminal terminal) {
        Path folder =
                data != null
                        ? data
                        : terminal.home()
                                .resolve(demo ? ".agreement-ledger-demo" : ".agreement-ledger");
        return folder.toAbsolutePath().normalize();
    }

    /** The options that lead to this ledger again, for a hint that can be pasted. */
    String asGiven() {
        return (demo ? " --demo" : "")
                + (data != null ? " --data " + data : "")
                + (database != null ? " --database …" : "");
    }
}
