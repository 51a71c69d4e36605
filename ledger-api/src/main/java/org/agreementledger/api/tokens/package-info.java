/** Tokens: made, listed and revoked by who administers the ledger. */
@NullMarked
package org.agreementledger.api.tokens;

import org.jspecify.annotations.NullMarked;
