package org.agreementledger.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Leads to the commands about tokens. */
@Command(
        name = "token",
        description = {
            "Makes, lists and revokes tokens: who shows one to the server is let in, with the role of the token, and what is recorded with it is recorded under its name.",
            "",
            "While a server holds the embedded database, it is asked to do so, with what it left beside its data for those who may read it."
        },
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger token create --name ci --role recorder --expires P1Y",
            "  ./ledger token list",
            "  ./ledger token revoke ci"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class TokenCommand implements Runnable {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This help.")
    boolean help;

    @Spec CommandSpec spec;

    static CommandLine line(Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(terminal))
                .addSubcommand(new TokenListCommand(terminal))
                .addSubcommand(new TokenRevokeCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: " + String.join(", ", spec.subcommands().keySet()));
    }
}
