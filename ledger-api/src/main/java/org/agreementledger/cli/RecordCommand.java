package org.agreementledger.cli;

import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.cli.EntryFiles.Found;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "record",
        description =
                "Records one entry, in JSON or YAML, and shows what it did to the terms and what became of its claims.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger record statement.yaml --dry-run",
            "  ./ledger record --as ada - < statement.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:recorded, or with --dry-run it would be",
            "2:malformed, or refused by a rule; nothing was recorded",
            "3:cannot run"
        })
final class RecordCommand extends RecordingTask {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file, or - for standard input (default: -).")
    String file = EntryFiles.STANDARD_INPUT;

    @Option(
            names = "--agreement",
            paramLabel = "ID",
            description = "The agreement, for an entry that does not name it.")
    @Nullable AgreementId agreementId;

    @Option(names = "--dry-run", description = "Only show what it would do.")
    boolean dryRun;

    private @Nullable Found found;
    private @Nullable RecordEntry command;

    RecordCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        List<Found> all = EntryFiles.read(terminal, file);
        if (all.size() != 1) {
            throw Failure.usage(
                    (file.equals(EntryFiles.STANDARD_INPUT) ? "Standard input" : file)
                            + (all.isEmpty()
                                    ? " holds no entry."
                                    : " holds %s entries; record takes one, import takes many."
                                            .formatted(all.size())));
        }
        found = all.getFirst();
        command = new RecordEntry(found.entry(agreementId), null);
    }

    @Override
    int run(LedgerNode node) {
        EntryAnswer answer;
        try {
            answer = dryRun ? tried(node) : recorded(node);
        } catch (Refused e) {
            throw found.refused(e);
        }
        if (place.json) {
            terminal.json(answer);
        } else {
            new EntryReport(terminal.page(), answer).print();
        }
        return ExitCode.FINE;
    }

    private EntryAnswer tried(LedgerNode node) {
        return Entries.tried(command.entry(), node.ledger().tryOut(command));
    }

    private EntryAnswer recorded(LedgerNode node) {
        Receipt receipt = node.ledger().record(new Submission(command, place.actor(), null));
        ReadModelsFollow.await(node, List.of(receipt));
        return node.entries().entry(receipt.agreementId(), receipt.sequence()).orElseThrow();
    }
}
