package org.agreementledger.cli;

import java.time.LocalDate;
import java.util.Optional;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer;
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
final class DemoCommand extends RecordingTask {

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
    int run(LedgerNode node) {
        if (!noServe) {
            server.check(node, place, terminal.clock());
        }
        Page page = terminal.page();
        ConstancyAnswer before = constancy(node, Example.BEFORE_AMENDMENT);
        new ConstancyReport(page, before).print(terms(node, before), place.asGiven());
        page.blank();
        page.print(Text.of("─".repeat(page.width()), Style.QUIET));
        page.blank();
        ConstancyAnswer amended = constancy(node, Example.AMENDED);
        new ConstancyReport(page, amended).printChanges(terms(node, amended), place.asGiven());
        page.blank();
        hint(page);
        terminal.out().flush();
        return noServe ? ExitCode.FINE : server.serve(terminal, node, place.actor());
    }

    private static ConstancyAnswer constancy(LedgerNode node, String to) {
        return node.constancy()
                .between(
                        Example.AGREEMENT,
                        LocalDate.parse(Example.FROM),
                        LocalDate.parse(to),
                        now(node),
                        View.CONFIRMED)
                .orElseThrow();
    }

    private static Optional<TermsAnswer> terms(LedgerNode node, ConstancyAnswer constancy) {
        return node.terms().asOf(Example.AGREEMENT, constancy.to(), now(node), View.CONFIRMED);
    }

    private static Moment now(LedgerNode node) {
        return node.readModels().resolve(new KnownAt.Now());
    }

    private void hint(Page page) {
        page.print(
                Text.of("What did the ledger know, and when?", Style.STRONG)
                        .plus(
                                " Two entries were recorded later than the rest, a correction and a confirmation; so these two differ:"));
        String terms =
                "./ledger terms %s %s --valid-on 2026-04-30%s"
                        .formatted(Example.AGREEMENT, Example.CORRECTED, place.asGiven());
        page.command(terms + " --known-at @" + (Example.LATER - 1));
        page.command(terms);
    }
}
