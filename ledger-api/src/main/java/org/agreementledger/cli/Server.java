package org.agreementledger.cli;

import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import picocli.CommandLine.Option;

/** Where to serve, and serving until somebody ends it. */
final class Server {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; 0 for any free one.")
    int port = 8080;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "Default: ${DEFAULT-VALUE}, this machine only; 0.0.0.0 for every network it is on.")
    String address = "127.0.0.1";

    /** The web application, running. */
    interface Running extends AutoCloseable {
        int port();

        @Override
        void close();
    }

    void check() {
        if (port < 0 || port > 65_535) {
            throw Failure.usage("--port takes a number from 0 to 65535, not " + port + ".");
        }
    }

    /** Returns when the thread is interrupted; Ctrl-C and SIGTERM end the process, cleanly. */
    int serve(Terminal terminal, LedgerNode node, Actor actor) {
        try (Running running = start(node, actor)) {
            Thread onExit =
                    new Thread(
                            () -> {
                                running.close();
                                node.close();
                            },
                            "ledger-stop");
            Runtime.getRuntime().addShutdownHook(onExit);
            terminal.out()
                    .println(
                            "Serving at http://%s:%d/ — Ctrl-C ends it."
                                    .formatted(
                                            address.contains(":") ? "[" + address + "]" : address,
                                            running.port()));
            terminal.out().flush();
            awaitInterrupt();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
        return ExitCode.FINE;
    }

    private static void awaitInterrupt() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException _) {
            // That is how a caller in the same process ends it.
        }
    }

    private Running start(LedgerNode node, Actor actor) {
        try {
            return application(node, actor);
        } catch (Failure e) {
            throw e;
        } catch (RuntimeException e) {
            if (Reasons.has(e, "PortInUseException") || Reasons.has(e, "BindException")) {
                throw Failure.cannotRun(
                        "Port %d on %s is taken; give another with --port, or stop what listens there."
                                .formatted(port, address),
                        e);
            }
            throw Failure.cannotRun("The server cannot start: " + Reasons.first(e) + ".", e);
        }
    }

    /** The one place where the command line meets Spring. */
    private Running application(LedgerNode node, Actor actor) {
        throw Failure.cannotRun("The web server is not built in.", null);
    }
}
