package org.agreementledger.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.axon.Actor;
import org.agreementledger.tokens.Expiry;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.Tokens;

/** The tokens of a ledger that this process has open. */
record OwnTokens(Tokens tokens, Actor by, Clock clock) implements TokenDesk {

    @Override
    public TokenAnswer create(String name, Role role, String expires) {
        Instant now = clock.instant();
        try {
            return TokenAnswer.of(
                    tokens.add(name, role, Expiry.parse(expires, now).orElse(null), by, now), now);
        } catch (Tokens.NameTaken e) {
            throw Failure.usage(e.getMessage() + ".", e);
        }
    }

    @Override
    public List<TokenAnswer> all() {
        Instant now = clock.instant();
        return tokens.all().stream().map(token -> TokenAnswer.of(token, now)).toList();
    }

    @Override
    public void revoke(String name) {
        if (tokens.revoke(name, clock.instant()).isEmpty()) {
            throw Failure.usage(
                    "There is no token named " + name + "; ./ledger token list shows all.");
        }
    }
}
