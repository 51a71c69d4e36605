package org.agreementledger.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description =
                "Writes the entries as they were recorded, in the order of the log, in a form that import reads.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger export --demo --agreement microsoft-openai -o microsoft-openai.yaml",
            "  ./ledger export --format ndjson | wc -l"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "2:wrong usage, or no such agreement",
            "3:cannot run, or cannot write the file"
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

    ExportCommand(Terminal terminal) {
        super(terminal);
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
