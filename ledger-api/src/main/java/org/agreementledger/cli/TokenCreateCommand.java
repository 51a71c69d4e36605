package org.agreementledger.cli;

import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.node.Signing;
import org.agreementledger.time.Rfc3339;
import org.agreementledger.tokens.Expiry;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.Tokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Makes a token, and prints it: now, and never again, as only its hash is kept.",
            "",
            "reader: reads, listens, checks proofs. recorder: records too. auditor: reads, and sees figures, verification and subscriptions. admin: everything."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger token create --name ci --role recorder --expires P1Y",
            "  ./ledger token create --name ada --role admin --expires 2027-01-31"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fine", "2:wrong usage, or the name is taken", "3:cannot run"})
final class TokenCreateCommand extends TokenTask {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description =
                    "What its owner is called in entries; 1 to 64 letters, digits and . _ @ + -; given once, for ever.")
    String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "reader, recorder, auditor or admin.")
    Role role = Role.READER;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description =
                    "A time from now like P90D or PT12H, the first day (UTC) on which it no longer holds, or never. Default: ${DEFAULT-VALUE}.")
    String expires = Expiry.DEFAULT;

    @Mixin final LogKey logKey = new LogKey();

    @Mixin final AxonServerOptions axonServer = new AxonServerOptions();

    TokenCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        try {
            Tokens.requireName(name);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--name: " + e.getMessage() + ".", e);
        }
        try {
            Expiry.parse(expires, terminal.clock().instant());
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--expires: " + e.getMessage() + ".", e);
        }
    }

    @Override
    boolean needsKey() {
        return true;
    }

    @Override
    @Nullable AxonServer axonServer() {
        return axonServer.server(terminal);
    }

    @Override
    Signing signing() {
        return logKey.signing(terminal);
    }

    /** The token alone is data, so that a script may take it as it comes. */
    @Override
    void run(TokenDesk desk) {
        TokenAnswer made = desk.create(name, role, expires);
        if (place.json) {
            terminal.json(made);
        } else {
            terminal.out().println(made.token());
        }
        terminal.out().flush();
        terminal.say(
                "The token %s, %s, %s. It is shown this once; keep it where secrets are kept."
                        .formatted(
                                made.name(),
                                made.role(),
                                made.expiresAt() == null
                                        ? "holds until it is revoked"
                                        : "expires at " + Rfc3339.text(made.expiresAt())));
    }
}
