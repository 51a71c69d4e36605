package org.agreementledger.cli;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.asof.TermAnswer;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "terms",
        description = "Shows the terms in force on a day, as known then, or one of them whole.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger terms microsoft-openai --demo --valid-on 2026-02-27",
            "  ./ledger terms microsoft-openai cloud.api.exclusivity --demo --valid-on 2026-02-27 --known-at @20"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or no such agreement or term", "3:cannot run"})
final class TermsCommand extends Task {

    @Parameters(index = "0", paramLabel = "ID", description = "The agreement.")
    AgreementId agreementId;

    @Parameters(index = "1", arity = "0..1", paramLabel = "KEY", description = "One term of it.")
    @Nullable TermKey key;

    @Mixin final ValidTime validTime = new ValidTime();
    @Mixin final RecordTime recordTime = new RecordTime();

    TermsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(LedgerNode node) {
        LocalDate validOn = validTime.day(terminal);
        Moment moment = recordTime.moment(node);
        TermsAnswer terms =
                known(
                        node.terms().asOf(agreementId, validOn, moment, recordTime.standing),
                        agreementId,
                        node);
        if (key == null) {
            if (place.json) {
                terminal.json(terms);
            } else {
                TermsReport.print(terminal.page(), terms);
            }
        } else {
            TermAnswer term =
                    node.terms()
                            .term(agreementId, key, validOn, moment, recordTime.standing)
                            .orElseThrow(() -> UnknownTerm.of(agreementId, key, terms));
            if (place.json) {
                terminal.json(term);
            } else {
                TermsReport.print(terminal.page(), term);
            }
        }
        return ExitCode.FINE;
    }
}
