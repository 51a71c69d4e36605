package org.agreementledger.cli;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "constancy",
        description =
                "Answers whether the terms changed between two days: per term what became of it, the entries between with what they did, and the fingerprints at both ends.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger constancy microsoft-openai --demo --from 2025-10-28 --to 2026-04-26",
            "  ./ledger constancy microsoft-openai --demo --from 2025-10-28 --to 2026-04-27 --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no term changed",
            "1:a term, or a party, changed",
            "2:wrong usage, or no such agreement",
            "3:cannot run"
        })
final class ConstancyCommand extends Task {

    @Parameters(index = "0", paramLabel = "ID", description = "The agreement.")
    AgreementId agreementId;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DAY",
            description = "The first day; what holds on it is compared.")
    LocalDate from;

    @Option(names = "--to", required = true, paramLabel = "DAY", description = "The last day.")
    LocalDate to;

    @Mixin final RecordTime recordTime = new RecordTime();

    ConstancyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (from.isAfter(to)) {
            throw Failure.usage("--from " + from + " is after --to " + to + "; swap them.");
        }
    }

    @Override
    int run(LedgerNode node) {
        Moment moment = recordTime.moment(node);
        ConstancyAnswer answer =
                known(
                        node.constancy()
                                .between(agreementId, from, to, moment, recordTime.standing),
                        agreementId,
                        node);
        if (place.json) {
            terminal.json(answer);
        } else {
            new ConstancyReport(terminal.page(), answer)
                    .print(
                            node.terms().asOf(agreementId, to, moment, recordTime.standing),
                            place.asGiven());
        }
        return answer.unchanged() ? ExitCode.FINE : ExitCode.DIFFERENCE;
    }
}
