package org.agreementledger.cli;

import java.util.List;
import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.tokens.Role;

/** Where tokens are made, listed and revoked: the ledger itself, or a server that holds it. */
interface TokenDesk {

    /**
     * @param expires as somebody writes it
     */
    TokenAnswer create(String name, Role role, String expires);

    List<TokenAnswer> all();

    void revoke(String name);
}
