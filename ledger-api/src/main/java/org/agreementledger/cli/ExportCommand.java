package org.agreementledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.audit.Selection;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description =
                "Writes the entries as they were recorded, in the order of the log, in a form that import reads; or, with --bundle, together with all that proves them, in one file.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger export --demo --agreement microsoft-openai -o microsoft-openai.yaml",
            "  ./ledger export --format ndjson | wc -l",
            "  ./ledger export --demo --agreement microsoft-openai --bundle audit.zip && ./ledger verify --bundle audit.zip"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "2:wrong usage, no such agreement, or no such entry",
            "3:cannot run, or cannot write the file; or what is stored does not fit what was signed"
        })
final class ExportCommand extends Task {

    private static final int SHOWN_EVERY = 500;

    @Option(names = "--agreement", paramLabel = "ID", description = "Only this one (default: all).")
    @Nullable AgreementId agreementId;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "yaml (documents), ndjson (one entry a line) or json (an array); default: yaml, with --json json.")
    @Nullable ExportFormat format;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Into this file (default: standard output).")
    @Nullable Path file;

    @ArgGroup(
            exclusive = false,
            heading =
                    "%nAn audit bundle: entries, leaves, proofs, the signed checkpoint and the terms that follow, to be checked without the ledger:%n")
    @Nullable Bundled bundled;

    static final class Bundled {
        @Option(
                names = "--bundle",
                paramLabel = "FILE",
                required = true,
                description =
                        "Into this zip file: the whole ledger, or --agreement ID with its whole history.")
        Path bundle = Path.of("");

        @Option(
                names = "--from",
                paramLabel = "DAY",
                description =
                        "Only what occurred on that day or later. A part of a history claims no terms.")
        @Nullable LocalDate from;

        @Option(
                names = "--to",
                paramLabel = "DAY",
                description = "Only what occurred on that day or earlier.")
        @Nullable LocalDate to;

        @Option(
                names = "--all-leaves",
                description =
                        "With --agreement: also the leaves of all other entries, which hold digests only; so it proves that no entry of the agreement is left out.")
        boolean allLeaves;

        @Option(
                names = "--valid-on",
                paramLabel = "DAY",
                description =
                        "The day of the terms claimed (default: that on which the newest entry was recorded).")
        @Nullable LocalDate validOn;
    }

    ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (bundled != null) {
            if (format != null || file != null) {
                throw Failure.usage(
                        "--bundle FILE says where and in which form; leave out --out and --format.");
            }
            selection(bundled).scope(terminal.today());
        }
    }

    private Selection selection(Bundled asked) {
        return new Selection(agreementId, asked.from, asked.to, asked.allLeaves, asked.validOn);
    }

    @Override
    int run(LedgerNode node) {
        if (agreementId != null) {
            known(
                    node.terms()
                            .asOf(
                                    agreementId,
                                    terminal.today(),
                                    node.readModels().resolve(new KnownAt.Now()),
                                    View.ALL),
                    agreementId,
                    node);
        }
        if (bundled != null) {
            return new BundleExport(terminal, place.json)
                    .write(node, selection(bundled), bundled.bundle);
        }
        if (file == null) {
            write(node, terminal.out());
            return ExitCode.FINE;
        }
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            long entries = write(node, out);
            if (out.checkError()) {
                throw new IOException("it could not be written whole");
            }
            terminal.say(
                    "Wrote " + Phrases.count(entries, "entry", "entries") + " to " + file + ".");
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot write " + file + ": " + Reasons.first(e) + ".", e);
        }
        return ExitCode.FINE;
    }

    private long write(LedgerNode node, PrintWriter out) {
        ExportFormat chosen =
                format != null ? format : place.json ? ExportFormat.JSON : ExportFormat.YAML;
        EntryFilter filter =
                agreementId == null
                        ? EntryFilter.ANY
                        : EntryFilter.ofAgreement(agreementId.value());
        long last = node.readModels().resolve(new KnownAt.Now()).position();
        long written = 0;
        out.print(chosen.start());
        try (Progress progress = terminal.progress("Exporting", "entries", last + 1)) {
            for (EntryAnswer entry : node.entries().all(filter, -1, last)) {
                out.print(chosen.entry(entry.entry(), written == 0));
                written++;
                if (written % SHOWN_EVERY == 0) {
                    progress.to(written);
                }
            }
            progress.to(written);
        }
        out.print(chosen.end());
        return written;
    }
}
