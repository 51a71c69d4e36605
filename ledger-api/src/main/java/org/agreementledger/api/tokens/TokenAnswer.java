package org.agreementledger.api.tokens;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.agreementledger.axon.Actor;
import org.agreementledger.tokens.Token;
import org.agreementledger.tokens.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * A token as answered.
 *
 * @param standing holds, expired or revoked
 * @param token the token itself: told once, absent in every other answer
 */
public record TokenAnswer(
        String name,
        String role,
        String standing,
        Instant createdAt,
        Actor createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {

    public static TokenAnswer of(Token token, Instant now) {
        return of(token, now, null);
    }

    public static TokenAnswer of(Tokens.New made, Instant now) {
        return of(made.token(), now, made.text().reveal());
    }

    private static TokenAnswer of(Token token, Instant now, @Nullable String text) {
        return new TokenAnswer(
                token.name(),
                token.role().slug(),
                token.isRevoked() ? "revoked" : token.isExpired(now) ? "expired" : "holds",
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.revokedAt(),
                text);
    }
}
