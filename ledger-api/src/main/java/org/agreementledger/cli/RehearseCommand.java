package org.agreementledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.agreementledger.api.LedgerApplication;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.node.LedgerNode;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "rehearse",
        description =
                "Starts a server on the shipped example in a folder that is removed again, asks its doors, and ends: what a JVM has to go through once for an AOT cache, with which later starts are faster.",
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger rehearse", "", "The launcher then makes the cache, and uses it."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class RehearseCommand implements Callable<Integer> {

    private static final List<String> QUESTIONS =
            List.of(
                    "/actuator/health",
                    "/",
                    "/agreements/" + Example.AGREEMENT,
                    "/v1/agreements",
                    "/v1/agreements/" + Example.AGREEMENT,
                    "/v1/agreements/%s/constancy?from=%s&to=%s"
                            .formatted(Example.AGREEMENT, Example.FROM, Example.AMENDED),
                    "/v1/entries?limit=10",
                    "/v1/feed.json",
                    "/v1/checkpoint");

    private static final String ENTRY =
            """
            {"kind": "partnership", "occurredOn": "2026-05-04", "title": "Rehearsal",
             "partners": [{"id": "nobody", "name": "Nobody"}]}
            """;

    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This help.")
    boolean help;

    RehearseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ledger-rehearsal");
        try {
            report(folder);
            serve(folder);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        terminal.say("Rehearsed a report, a start and %d questions.".formatted(QUESTIONS.size()));
        return ExitCode.FINE;
    }

    private void report(Path folder) {
        run("--help");
        run("demo", "--no-serve", "--data", folder.toString());
    }

    private void run(String... args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int code =
                new LedgerCommand(terminal.clock(), terminal.environment())
                        .run(nowhere, nowhere, terminal.in(), args);
        if (code != ExitCode.FINE) {
            throw Failure.cannotRun(
                    "'%s' could not be rehearsed: it ended with %d".formatted(args[0], code));
        }
    }

    private void serve(Path folder) throws IOException, InterruptedException {
        Logging.ofServer();
        LedgerNode node = LedgerNode.open(new LedgerNode.Location(folder, null), terminal.clock());
        try (LedgerApplication.Server server =
                        LedgerApplication.start(node, Listen.onLoopback(0), terminal.clock());
                HttpClient client = HttpClient.newHttpClient()) {
            for (String question : QUESTIONS) {
                ask(client, HttpRequest.newBuilder(server.address().resolve(question)).build());
            }
            URI entries =
                    server.address().resolve("/v1/agreements/" + Example.AGREEMENT + "/entries");
            ask(
                    client,
                    HttpRequest.newBuilder(entries)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(ENTRY))
                            .build());
        }
    }

    private static void ask(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status >= 300) {
            throw Failure.cannotRun(request.uri().getPath() + " was answered with " + status);
        }
    }
}
