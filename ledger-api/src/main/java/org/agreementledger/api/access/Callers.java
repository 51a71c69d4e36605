package org.agreementledger.api.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.time.Rfc3339;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.Token;
import org.agreementledger.tokens.TokenText;
import org.agreementledger.tokens.Tokens;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/** Says who asks: by the token that comes along, or because none is needed. */
public final class Callers {

    /** How long another node, or a command beside a server, may wait for a revocation to count. */
    private static final Duration SEEN_ANEW_AFTER = Duration.ofSeconds(1);

    private record Seen(Token token, long at) {}

    private final Access access;
    private final Tokens tokens;
    private final Clock clock;
    private final Caller local;
    private final TokenText console;
    private final AccessCookie cookie;
    private final BearerTokenResolver header = new DefaultBearerTokenResolver();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    /**
     * @param local as whom is recorded what comes without a token, where none is needed
     */
    Callers(Access access, LedgerNode node, Actor local, Clock clock) {
        this.access = access;
        this.tokens = node.tokens();
        this.clock = clock;
        this.local = new Caller(local, Set.of(Role.ADMIN), null, null);
        String ledger = tokens.ledger();
        this.console = TokenText.random(ledger);
        this.cookie = new AccessCookie(ledger);
    }

    /**
     * For who can read what this server leaves beside its data, and so could open the data itself.
     * It ends with the server.
     */
    public TokenText console() {
        return console;
    }

    public boolean tokenNeeded() {
        return access.tokenNeeded();
    }

    public AccessCookie cookie() {
        return cookie;
    }

    boolean hasHeader(HttpServletRequest request) {
        return request.getHeader("Authorization") != null;
    }

    /**
     * Empty where a token is needed, and none came. A token in the header counts in any case; who
     * needs none is not asked for what a browser still keeps.
     *
     * @throws Rejected for a token that does not hold
     */
    Optional<Caller> of(HttpServletRequest request) {
        Optional<String> token = inHeader(request);
        if (token.isPresent()) {
            return token.map(this::withToken);
        }
        return access.tokenNeeded()
                ? cookie.token(request).map(this::withToken)
                : Optional.of(local);
    }

    private Optional<String> inHeader(HttpServletRequest request) {
        try {
            return Optional.ofNullable(header.resolve(request));
        } catch (OAuth2AuthenticationException _) {
            throw refused("The header Authorization takes Bearer, a blank, and the token.");
        }
    }

    /**
     * @throws Rejected for one that does not hold, saying why, without repeating it
     */
    public Caller withToken(String text) {
        Optional<TokenText> own = TokenText.parse(text);
        if (own.isPresent()) {
            return withOwn(own.get());
        }
        if (access.issuer() == null || text.startsWith(TokenText.PREFIX)) {
            throw refused(
                    "This is no token of a ledger; one begins with %s%s_, and is 77 characters long."
                            .formatted(TokenText.PREFIX, console.ledger()));
        }
        return access.issuer().caller(text);
    }

    private Caller withOwn(TokenText text) {
        if (!text.ledger().equals(console.ledger())) {
            throw rejected(
                    ProblemType.TOKEN_OF_ANOTHER_LEDGER,
                    "The token is for the ledger %s; this one is %s."
                            .formatted(text.ledger(), console.ledger()));
        }
        if (isConsole(text)) {
            return local;
        }
        Token token = known(text).orElseThrow(() -> refused("The ledger knows no such token."));
        if (token.isRevoked()) {
            throw rejected(
                    ProblemType.TOKEN_REVOKED,
                    "The token %s was revoked at %s."
                            .formatted(
                                    token.name(),
                                    Rfc3339.text(Objects.requireNonNull(token.revokedAt()))));
        }
        if (token.isExpired(clock.instant())) {
            throw rejected(
                    ProblemType.TOKEN_EXPIRED,
                    "The token %s expired at %s."
                            .formatted(
                                    token.name(),
                                    Rfc3339.text(Objects.requireNonNull(token.expiresAt()))));
        }
        return new Caller(token.actor(), Set.of(token.role()), token.expiresAt(), text);
    }

    /** What is compared are hashes, so that the time it takes tells nothing of the token. */
    private boolean isConsole(TokenText text) {
        return text.sha256().equals(console.sha256());
    }

    private Optional<Token> known(TokenText text) {
        long now = System.nanoTime();
        Seen last = seen.get(text.sha256());
        if (last != null && now - last.at() < SEEN_ANEW_AFTER.toNanos()) {
            return Optional.of(last.token());
        }
        Optional<Token> found = tokens.find(text);
        found.ifPresent(token -> seen.put(text.sha256(), new Seen(token, now)));
        return found;
    }

    /** From now on this server has seen what became of the tokens. */
    public void lookAnew() {
        seen.clear();
    }

    /** Whether somebody who listens may go on. */
    public boolean mayStay(Caller caller) {
        return (caller.until() == null || clock.instant().isBefore(caller.until()))
                && (caller.token() == null
                        || known(caller.token()).filter(token -> !token.isRevoked()).isPresent());
    }

    private static Rejected refused(String why) {
        return rejected(ProblemType.TOKEN_REFUSED, why);
    }

    private static Rejected rejected(ProblemType type, String why) {
        return new Rejected(Problem.of(type, why));
    }
}
