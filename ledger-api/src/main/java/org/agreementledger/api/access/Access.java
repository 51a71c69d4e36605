package org.agreementledger.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Whether somebody who asks must show who it is.
 *
 * @param tokenNeeded where it is not, everybody who brings none is the machine's own user, and may
 *     do everything; so that is for the loopback address alone
 * @param issuer whose tokens are taken besides the ledger's own; null for nobody's
 */
public record Access(boolean tokenNeeded, @Nullable OpenIdConnect issuer) {

    /** For who reaches the machine itself. */
    public static final Access OPEN = new Access(false, null);

    public static final Access BY_TOKEN = new Access(true, null);
}
