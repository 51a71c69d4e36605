package org.agreementledger.cli;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.difference.DifferenceAnswer;
import org.agreementledger.difference.DifferenceQuery.Point;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "diff",
        description =
                "Shows how parties and terms differ between any two points: two days, two moments of what the ledger knew, or both. On one day with two moments it shows what a correction changed.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger diff microsoft-openai --demo --from 2026-04-26 --to 2026-04-27",
            "  ./ledger diff microsoft-openai --demo --from 2026-04-27 --to 2026-04-27 --from-known-at @27"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:equal: the same parties, terms and quotes at both points",
            "1:not equal",
            "2:wrong usage, or no such agreement",
            "3:cannot run"
        })
final class DiffCommand extends Task {

    @Parameters(index = "0", paramLabel = "ID", description = "The agreement.")
    AgreementId agreementId;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DAY",
            description = "The day of the first point; it may be the later one.")
    LocalDate from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DAY",
            description = "The day of the second point.")
    LocalDate to;

    @Option(
            names = "--from-known-at",
            paramLabel = "K",
            description =
                    "The first point as known at that instant, like 2026-03-01T00:00:00Z, or up to that position, like @16 (default: now).")
    @Nullable KnownAt fromKnownAt;

    @Option(
            names = "--to-known-at",
            paramLabel = "K",
            description = "The same for the second point (default: now).")
    @Nullable KnownAt toKnownAt;

    @Option(
            names = "--standing",
            paramLabel = "S",
            description =
                    "confirmed, or all to count also what is only reported (default: confirmed).")
    View standing = View.CONFIRMED;

    DiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(LedgerNode node) {
        DifferenceAnswer answer =
                known(
                        node.difference()
                                .between(
                                        agreementId,
                                        new Point(from, moment(node, fromKnownAt)),
                                        new Point(to, moment(node, toKnownAt)),
                                        standing),
                        agreementId,
                        node);
        if (place.json) {
            terminal.json(answer);
        } else {
            new DifferenceReport(terminal.page(), answer).print();
        }
        return answer.nothingDiffers() ? ExitCode.FINE : ExitCode.DIFFERENCE;
    }

    private static Moment moment(LedgerNode node, @Nullable KnownAt knownAt) {
        return node.readModels().resolve(knownAt == null ? new KnownAt.Now() : knownAt);
    }
}
