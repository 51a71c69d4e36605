package org.agreementledger.api.webhooks;

import java.io.IOException;

/** The rules do not let us connect there. */
final class AddressRefused extends IOException {

    private static final long serialVersionUID = 1L;

    AddressRefused(String why) {
        super(why);
    }
}
