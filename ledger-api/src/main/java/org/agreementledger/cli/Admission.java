package org.agreementledger.cli;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import org.agreementledger.api.access.Access;
import org.agreementledger.api.access.OpenIdConnect;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a server answers. */
final class Admission {

    private static final String OPEN = "open";
    private static final String TOKENS = "tokens";

    @Option(
            names = "--access",
            paramLabel = "open|tokens",
            description =
                    "tokens: only who shows a token, see ./ledger token. open: everybody on this machine, who may do everything. Default: open on a loopback address, tokens on all others.")
    @Nullable String access;

    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description =
                    "Take tokens of this OpenID Connect issuer too: JWTs that it signed. Default: none.")
    @Nullable URI issuer;

    @Option(
            names = "--oidc-audience",
            paramLabel = "NAME",
            description =
                    "For whom such a token must have been made (claim aud); required with --oidc-issuer.")
    @Nullable String audience;

    @Option(
            names = "--oidc-role-claim",
            paramLabel = "CLAIM",
            description =
                    "Where it says reader, recorder, auditor or admin; dots lead into objects, as in realm_access.roles. Default: ${DEFAULT-VALUE}.")
    String roleClaim = "roles";

    @Option(
            names = "--oidc-name-claim",
            paramLabel = "CLAIM",
            description =
                    "What its owner is called in entries; sub is never given to another. Default: ${DEFAULT-VALUE}.")
    String nameClaim = "sub";

    /** What is wrong whatever the ledger holds. */
    void check(InetAddress address) {
        if (access != null && !access.equals(OPEN) && !access.equals(TOKENS)) {
            throw Failure.usage("--access takes open or tokens, not '" + access + "'.");
        }
        if (OPEN.equals(access) && !address.isLoopbackAddress()) {
            throw Failure.usage(
                    "--access open is for this machine alone: "
                            + address.getHostAddress()
                            + " can be reached from elsewhere. Leave it out, or leave out --address.");
        }
        if (OPEN.equals(access) && issuer != null) {
            throw Failure.usage("--oidc-issuer has no meaning with --access open.");
        }
        if (issuer == null && audience != null) {
            throw Failure.usage("--oidc-audience needs --oidc-issuer: whose tokens?");
        }
        settings();
    }

    private OpenIdConnect.@Nullable Settings settings() {
        if (issuer == null) {
            return null;
        }
        if (audience == null) {
            throw Failure.usage(
                    "--oidc-issuer needs --oidc-audience: a token that the issuer made for another service must open nothing here.");
        }
        try {
            return new OpenIdConnect.Settings(issuer, audience, roleClaim, nameClaim);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("--oidc-issuer: " + e.getMessage() + ".", e);
        }
    }

    /** Where nobody could show anything, nobody is served. */
    void check(InetAddress address, LedgerNode node, Place place, Clock clock) {
        if (tokenNeeded(address) && issuer == null && !node.tokens().anyHolds(clock.instant())) {
            throw Failure.usage(
                    "%s, and there is no token yet that holds. Make one first, ./ledger token create --name NAME --role admin%s, or name who gives them out with --oidc-issuer."
                            .formatted(
                                    address.isLoopbackAddress()
                                            ? "--access tokens asks everybody for a token"
                                            : address.getHostAddress()
                                                    + " can be reached from elsewhere, so that everybody is asked for a token",
                                    place.asGiven()));
        }
    }

    private boolean tokenNeeded(InetAddress address) {
        return TOKENS.equals(access) || issuer != null || !address.isLoopbackAddress();
    }

    Access access(InetAddress address, Clock clock) {
        OpenIdConnect.Settings settings = settings();
        try {
            return new Access(
                    tokenNeeded(address),
                    settings == null ? null : OpenIdConnect.discover(settings, clock));
        } catch (OpenIdConnect.Unreachable e) {
            throw Failure.cannotRun(e.getMessage() + ": " + Reasons.first(e) + ".", e);
        }
    }
}
