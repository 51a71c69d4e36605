package org.agreementledger.api.access;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Actor;
import org.agreementledger.time.Rfc3339;
import org.agreementledger.tokens.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Tokens that somebody else gives out: OpenID Connect, JWTs signed with keys that it publishes. */
public final class OpenIdConnect {

    /**
     * Whose tokens are taken, and what is read from them.
     *
     * @param issuer as it stands in its tokens; where its discovery document is follows
     * @param audience one of those for whom a token must have been made: a token for another
     *     service opens nothing here
     * @param roleClaim where the roles stand; dots lead into objects
     * @param nameClaim what names the caller in entries
     */
    public record Settings(URI issuer, String audience, String roleClaim, String nameClaim) {

        /**
         * @throws IllegalArgumentException where somebody on the way could publish keys of their
         *     own
         */
        public Settings {
            boolean local =
                    issuer.getHost() != null
                            && issuer.getHost().matches("(?i)localhost|127\\.[0-9.]+|\\[::1]");
            if (issuer.getHost() == null
                    || !("https".equals(issuer.getScheme())
                            || local && "http".equals(issuer.getScheme()))) {
                throw new IllegalArgumentException(
                        "'" + issuer + "' is not the https address of an issuer");
            }
        }
    }

    /** The issuer does not say where its keys are. */
    public static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(URI issuer, Exception cause) {
            super("The issuer " + issuer + " does not tell of itself", cause);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(OpenIdConnect.class);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(60);
    private static final String EXPIRED = "expired";
    private static final String INVALID = "invalid_token";

    private final Settings settings;
    private final NimbusJwtDecoder decoder;

    private OpenIdConnect(Settings settings, NimbusJwtDecoder decoder) {
        this.settings = settings;
        this.decoder = decoder;
    }

    /**
     * Asks the issuer where its keys are.
     *
     * @throws Unreachable when it does not say
     */
    public static OpenIdConnect discover(Settings settings, Clock clock) {
        try {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withIssuerLocation(settings.issuer().toString())
                            .restOperations(rest())
                            .build();
            decoder.setJwtValidator(validator(settings, clock));
            return new OpenIdConnect(settings, decoder);
        } catch (RuntimeException e) {
            throw new Unreachable(settings.issuer(), e);
        }
    }

    private static RestTemplate rest() {
        JdkClientHttpRequestFactory requests =
                new JdkClientHttpRequestFactory(
                        HttpClient.newBuilder().connectTimeout(ANSWERS_WITHIN).build());
        requests.setReadTimeout(ANSWERS_WITHIN);
        return new RestTemplate(requests);
    }

    private static OAuth2TokenValidator<Jwt> validator(Settings settings, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCKS_DIFFER_BY);
        times.setClock(clock);
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        return new DelegatingOAuth2TokenValidator<>(
                jwt -> expiry(jwt, clock.instant()),
                times,
                types,
                new JwtIssuerValidator(settings.issuer().toString()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD,
                        audiences -> audiences != null && audiences.contains(settings.audience())));
    }

    /** Said apart from all other reasons; a token without an end is none of ours. */
    private static OAuth2TokenValidatorResult expiry(Jwt jwt, Instant now) {
        Instant end = jwt.getExpiresAt();
        if (end == null) {
            return OAuth2TokenValidatorResult.failure(
                    new OAuth2Error(INVALID, "It says no time at which it expires", null));
        }
        return now.isBefore(end.plus(CLOCKS_DIFFER_BY))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(EXPIRED, "It expired at " + Rfc3339.text(end), null));
    }

    /**
     * @throws Rejected for a token that does not hold, or when the issuer's keys cannot be had
     */
    Caller caller(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            return new Caller(actor(jwt), roles(jwt), jwt.getExpiresAt(), null);
        } catch (JwtValidationException e) {
            OAuth2Error first = e.getErrors().iterator().next();
            throw rejected(
                    first.getErrorCode().equals(EXPIRED)
                            ? ProblemType.TOKEN_EXPIRED
                            : ProblemType.TOKEN_REFUSED,
                    "The token of %s is not taken. %s."
                            .formatted(settings.issuer(), first.getDescription()));
        } catch (BadJwtException _) {
            throw rejected(
                    ProblemType.TOKEN_REFUSED,
                    "This is neither a token of this ledger nor one that %s signed."
                            .formatted(settings.issuer()));
        } catch (JwtException e) {
            LOG.warn("The keys of {} cannot be had: {}", settings.issuer(), e.getMessage());
            throw rejected(
                    ProblemType.ISSUER_UNREACHABLE,
                    "The keys of %s cannot be had just now.".formatted(settings.issuer()));
        }
    }

    private Actor actor(Jwt jwt) {
        if (claim(jwt, settings.nameClaim()) instanceof String name && !name.isBlank()) {
            return new Actor(name, settings.issuer().toString());
        }
        throw rejected(
                ProblemType.TOKEN_REFUSED,
                "The token of %s does not name its owner in the claim %s."
                        .formatted(settings.issuer(), settings.nameClaim()));
    }

    /** Words of the claim that are roles here; all others are somebody else's. */
    private Set<Role> roles(Jwt jwt) {
        Stream<?> words =
                switch (claim(jwt, settings.roleClaim())) {
                    case Collection<?> list -> list.stream();
                    case String text -> Arrays.stream(text.split(" "));
                    case null, default -> Stream.empty();
                };
        return words.map(String::valueOf)
                .flatMap(word -> Role.named(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** That of the whole name; else dots lead from object to object. */
    private static @Nullable Object claim(Jwt jwt, String name) {
        if (jwt.hasClaim(name)) {
            return jwt.getClaim(name);
        }
        Object found = jwt.getClaims();
        for (String step : name.split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found;
    }

    private static Rejected rejected(ProblemType type, String why) {
        return new Rejected(Problem.of(type, why));
    }
}
