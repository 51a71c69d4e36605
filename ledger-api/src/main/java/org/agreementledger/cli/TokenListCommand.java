package org.agreementledger.cli;

import java.util.List;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.time.Rfc3339;
import picocli.CommandLine.Command;

@Command(
        name = "list",
        description =
                "Lists the tokens, with those that expired or were revoked; never the tokens themselves.",
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger token list"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage", "3:cannot run"})
final class TokenListCommand extends TokenTask {

    TokenListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void run(TokenDesk desk) {
        List<TokenAnswer> tokens = desk.all();
        if (place.json) {
            terminal.json(new Items<>(tokens));
        } else if (tokens.isEmpty()) {
            terminal.say("There is no token yet in " + place.describe(terminal) + ".");
        } else {
            print(tokens);
        }
    }

    private void print(List<TokenAnswer> tokens) {
        Table table = new Table("NAME", "ROLE", "STANDING", "MADE");
        for (TokenAnswer token : tokens) {
            table.row(
                    Text.of(token.name(), Style.STRONG),
                    Text.of(token.role()),
                    Text.of(
                            standing(token),
                            token.standing().equals("holds") ? Style.GOOD : Style.QUIET),
                    Text.of(Rfc3339.text(token.createdAt()) + " by " + token.createdBy().id()));
        }
        table.print(terminal.page());
    }

    private static String standing(TokenAnswer token) {
        if (token.revokedAt() != null) {
            return "revoked " + Rfc3339.text(token.revokedAt());
        }
        if (token.expiresAt() == null) {
            return "holds";
        }
        return (token.standing().equals("holds") ? "expires " : "expired ")
                + Rfc3339.text(token.expiresAt());
    }
}
