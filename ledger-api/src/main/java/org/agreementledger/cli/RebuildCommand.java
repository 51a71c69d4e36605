package org.agreementledger.cli;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.api.rebuild.RebuildAnswer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.rebuild.Rebuilds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * Opens as verify does: what is behind cannot be waited for, as that may be why it is rebuilt, and
 * no entry is let into the log, which would take its key.
 */
@Command(
        name = "rebuild",
        description = {
            "Builds the read models and the search index again, from the log and the event store: beside those that are read, which the new ones replace at once when they are complete.",
            "",
            "While a server holds the embedded database, it is asked to do so, with what it left beside its data for those who may read it; it answers and records meanwhile."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger rebuild --demo && ./ledger replay --demo --check"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class RebuildCommand extends Task {

    private static final Duration ASK_EVERY = Duration.ofMillis(300);

    @Option(
            names = "--segments",
            paramLabel = "N",
            description =
                    "In how many threads, 1 to 64 (default: as many as there are processors; in a server, half of them).")
    @Nullable Integer segments;

    RebuildCommand(Terminal terminal) {
        super(terminal);
    }

    /** What was built again. */
    record Rebuilt(long entries) {}

    @Override
    void prepare() {
        if (segments != null && (segments < 1 || segments > Rebuilds.SEGMENTS_MAX)) {
            throw Failure.usage(
                    "--segments takes a number from 1 to "
                            + Rebuilds.SEGMENTS_MAX
                            + ", not "
                            + segments
                            + ".");
        }
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    LedgerNode opened() {
        return place.openToVerify(terminal);
    }

    @Override
    int run(LedgerNode node) {
        try (Shown shown = new Shown()) {
            int count =
                    segments != null
                            ? segments
                            : Math.min(
                                    Runtime.getRuntime().availableProcessors(),
                                    Rebuilds.SEGMENTS_MAX);
            return done(
                    RebuildAnswer.of(
                            node.rebuilds()
                                    .run(count, status -> shown.at(RebuildAnswer.of(status)))));
        } catch (Rebuilds.UnderWay e) {
            throw Failure.cannotRun(e.getMessage() + ".", e);
        } catch (IllegalStateException e) {
            throw Failure.cannotRun(
                    "The read models cannot be built again: " + Reasons.first(e) + ".", e);
        }
    }

    @Override
    int runWhileHeld(LedgerNode.DatabaseInUse held) {
        HoldingServer server = HoldingServer.of(place, terminal, held);
        try (Shown shown = new Shown()) {
            RebuildAnswer answer =
                    answer(
                            server.ask(
                                    "POST",
                                    "v1/rebuild"
                                            + (segments == null ? "" : "?segments=" + segments),
                                    BodyPublishers.noBody()));
            while (answer.endedAt() == null) {
                shown.at(answer);
                LockSupport.parkNanos(ASK_EVERY.toNanos());
                answer = answer(server.ask("GET", "v1/rebuild", BodyPublishers.noBody()));
            }
            return done(answer);
        }
    }

    private static RebuildAnswer answer(JsonNode body) {
        return AnswerJson.MAPPER.treeToValue(body, RebuildAnswer.class);
    }

    private int done(RebuildAnswer answer) {
        if (answer.failure() != null) {
            throw Failure.cannotRun(answer.failure());
        }
        if (place.json) {
            terminal.json(new Rebuilt(answer.of()));
        } else {
            terminal.page()
                    .print(
                            "Built the read models and the search index again from "
                                    + Phrases.count(answer.of(), "entry", "entries")
                                    + ".");
        }
        return ExitCode.FINE;
    }

    /** A bar for each stage. */
    private final class Shown implements AutoCloseable {
        private String state = "";
        private @Nullable Progress progress;

        synchronized void at(RebuildAnswer answer) {
            if (answer.endedAt() != null) {
                return;
            }
            Progress bar = progress;
            if (bar == null || !state.equals(answer.state())) {
                close();
                state = answer.state();
                bar =
                        terminal.progress(
                                state.equals("indexing") ? "Indexing" : "Rebuilding",
                                "entries",
                                answer.of());
                progress = bar;
            }
            bar.max(answer.of());
            bar.to(answer.position());
        }

        @Override
        public synchronized void close() {
            if (progress != null) {
                progress.close();
                progress = null;
            }
        }
    }
}
