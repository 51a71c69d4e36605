package org.agreementledger.cli;

import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermHistoryAnswer;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description =
                "Shows every version of one term: on which days it held, since when and until when the ledger knew it so, and which entry set it.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger history microsoft-openai investment.commitment --demo"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or no such agreement or term", "3:cannot run"})
final class HistoryCommand extends Task {

    @Parameters(index = "0", paramLabel = "ID", description = "The agreement.")
    AgreementId agreementId;

    @Parameters(index = "1", paramLabel = "KEY", description = "The term.")
    TermKey key;

    @Option(
            names = "--standing",
            paramLabel = "S",
            description =
                    "confirmed, or all to count also what is only reported (default: confirmed).")
    View standing = View.CONFIRMED;

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(LedgerNode node) {
        TermsAnswer terms =
                known(
                        node.terms()
                                .asOf(
                                        agreementId,
                                        terminal.today(),
                                        node.readModels().resolve(new KnownAt.Now()),
                                        standing),
                        agreementId,
                        node);
        TermHistoryAnswer history =
                node.terms()
                        .history(agreementId, key, standing)
                        .orElseThrow(() -> UnknownTerm.of(agreementId, key, terms));
        if (place.json) {
            terminal.json(history);
        } else {
            HistoryReport.print(terminal.page(), history);
        }
        return ExitCode.FINE;
    }
}
