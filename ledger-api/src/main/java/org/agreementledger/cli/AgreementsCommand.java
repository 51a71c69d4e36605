package org.agreementledger.cli;

import java.util.List;
import org.agreementledger.api.http.Items;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "agreements",
        description =
                "Lists the agreements, each with the day since which its terms are what they are.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger agreements --demo",
            "  ./ledger agreements --party openai --term cloud.api.exclusivity:true"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class AgreementsCommand extends Task {

    @Option(
            names = "--party",
            paramLabel = "ID",
            description = "Only those to which this organisation is party.")
    @Nullable String party;

    @Option(
            names = "--q",
            paramLabel = "TEXT",
            description = "Only those whose id or title holds this text.")
    @Nullable String text;

    @Option(
            names = "--term",
            paramLabel = "KEY:VALUE",
            description = "Only those in which this term is in force and says, or comes to, that.")
    @Nullable String term;

    @Mixin final ValidTime validTime = new ValidTime();
    @Mixin final RecordTime recordTime = new RecordTime();

    AgreementsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (term != null && !term.contains(":")) {
            throw Failure.usage(
                    "'" + term + "' is not KEY:VALUE, like cloud.api.exclusivity:true.");
        }
    }

    @Override
    int run(LedgerNode node) {
        List<AgreementSummary> agreements =
                node.terms()
                        .list(
                                validTime.day(terminal),
                                recordTime.moment(node),
                                recordTime.standing,
                                party,
                                text,
                                term,
                                null,
                                Integer.MAX_VALUE);
        if (place.json) {
            terminal.json(new Items<>(agreements));
        } else {
            print(agreements);
        }
        return ExitCode.FINE;
    }

    private void print(List<AgreementSummary> agreements) {
        if (agreements.isEmpty()) {
            terminal.say(
                    party == null && text == null && term == null
                            ? "There is no agreement yet in "
                                    + place.describe(terminal)
                                    + "; record an opening, or try --demo."
                            : "No agreement fits.");
            return;
        }
        Table table =
                new Table(
                        "AGREEMENT",
                        "STATUS",
                        "TERMS",
                        "UNCHANGED SINCE",
                        "ENTRIES",
                        "TITLE, PARTIES, LAST ENTRY");
        for (AgreementSummary a : agreements) {
            table.row(
                    Text.of(a.agreementId(), Style.STRONG),
                    Text.of(a.status().replace('-', ' ')),
                    Text.of("%5s".formatted(a.termsInForce())),
                    Text.of(
                            a.unchangedSince() == null ? "—" : a.unchangedSince().toString(),
                            Style.GOOD),
                    Text.of("%7s".formatted(a.sequence())),
                    Text.of(a.title())
                            .plus(" · ", Style.QUIET)
                            .plus(Phrases.parties(a.parties()))
                            .plus(" · ", Style.QUIET)
                            .plus(
                                    "last "
                                            + a.lastEntry().occurredOn()
                                            + ": "
                                            + a.lastEntry().title())
                            .plus(
                                    a.contradictions() == 0
                                            ? ""
                                            : " · "
                                                    + Phrases.count(
                                                            a.contradictions(),
                                                            "claim contradicted",
                                                            "claims contradicted"),
                                    Style.BAD));
        }
        table.print(terminal.page());
    }
}
