package org.agreementledger.tokens;

import java.time.Instant;
import org.agreementledger.axon.Actor;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a token; not the token itself.
 *
 * @param name under which whoever comes with it records; no other token ever has it
 * @param expiresAt the first moment at which it no longer holds; null where it has no end
 * @param revokedAt null where it is not
 */
public record Token(
        String name,
        Role role,
        Instant createdAt,
        Actor createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt) {

    /** Who vouches for the names of tokens, as entries say. */
    public static final String ISSUER = "token";

    public Actor actor() {
        return new Actor(name, ISSUER);
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    public boolean holds(Instant now) {
        return !isRevoked() && !isExpired(now);
    }
}
