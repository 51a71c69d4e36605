package org.agreementledger.api.access;

import java.security.Principal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.agreementledger.axon.Actor;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.TokenText;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param actor as whom something is recorded
 * @param until the first moment at which what was shown no longer holds; null for no end
 * @param token with which the caller came, where it is one of this ledger's
 */
public record Caller(
        Actor actor, Set<Role> roles, @Nullable Instant until, @Nullable TokenText token)
        implements Principal {

    /** The name of a caller, unlike that of anybody whom another vouches for. */
    @Override
    public String getName() {
        return actor.issuer() + " " + actor.id();
    }

    public boolean may(Role least) {
        return roles.stream().anyMatch(role -> role.includes(least));
    }

    /** For the pages. */
    public boolean mayRecord() {
        return may(Role.RECORDER);
    }

    /** Whether somebody vouches for the caller. */
    public boolean remote() {
        return !actor.issuer().equals(Actor.LOCAL);
    }

    /** For a sentence. */
    public String rolesInWords() {
        return roles.isEmpty()
                ? "no role"
                : Arrays.stream(Role.values())
                        .filter(roles::contains)
                        .map(Role::slug)
                        .collect(Collectors.joining(" and "));
    }
}
