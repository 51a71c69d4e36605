package org.agreementledger.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description =
                "Takes a token back, for good and at once: who comes with it is refused, and streams that it opened end.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger token revoke ci"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or there is no such token", "3:cannot run"})
final class TokenRevokeCommand extends TokenTask {

    @Parameters(paramLabel = "NAME", description = "Of the token, as token list shows it.")
    String name = "";

    TokenRevokeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(TokenDesk desk) {
        desk.revoke(name);
        terminal.say("The token " + name + " is revoked.");
    }
}
