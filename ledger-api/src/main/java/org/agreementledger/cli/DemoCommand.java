package org.agreementledger.cli;

import java.time.LocalDate;
import org.agreementledger.agreement.View;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description =
                "Loads the shipped example into a folder of its own, shows whether its terms changed, and serves it.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  ./ledger demo", "  ./ledger demo --no-serve"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "2:wrong usage",
            "3:cannot run: the database is in use or cannot be opened, the port is taken"
        })
final class DemoCommand extends Task {

    /** The second script starts at this position. */
    private static final int LATER = 28;

    @Option(names = "--no-serve", description = "End after the report.")
    boolean noServe;

    @Mixin final Server server = new Server();

    DemoCommand(Terminal terminal) {
        super(terminal);
        place.demo = true;
    }

    @Override
    void prepare() {
        server.check();
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    int run(LedgerNode node) {
        Page page = terminal.page();
        report(page, node, Example.BEFORE_AMENDMENT);
        page.blank();
        page.print(Text.of("─".repeat(Math.min(page.width(), 100)), Style.QUIET));
        page.blank();
        report(page, node, Example.AMENDED);
        page.blank();
        hint(page);
        terminal.out().flush();
        return noServe ? ExitCode.FINE : server.serve(terminal, node, place.actor());
    }

    private void report(Page page, LedgerNode node, String to) {
        Moment now = node.readModels().resolve(new KnownAt.Now());
        LocalDate last = LocalDate.parse(to);
        ConstancyAnswer answer =
                node.constancy()
                        .between(
                                Example.AGREEMENT,
                                LocalDate.parse(Example.FROM),
                                last,
                                now,
                                View.CONFIRMED)
                        .orElseThrow();
        new ConstancyReport(page, answer)
                .print(
                        node.terms().asOf(Example.AGREEMENT, last, now, View.CONFIRMED),
                        place.asGiven());
    }

    private void hint(Page page) {
        page.print(
                Text.of("What did the ledger know before? ", Style.STRONG)
                        .plus(
                                "Two entries were recorded later than the others: a correction and a confirmation. Compare"));
        String terms = "./ledger terms " + Example.AGREEMENT + place.asGiven() + " --valid-on 2026-04-30";
        page.print(2, Text.of(terms + " --known-at @" + (LATER - 1)));
        page.print(2, Text.of(terms));
    }
}
