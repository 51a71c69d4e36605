package org.agreementledger.api.access;

import org.agreementledger.tokens.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One thing that can be asked for.
 *
 * @param method GET stands for HEAD too
 * @param least the role it takes; null where it is open to everybody
 */
record Door(String method, PathPattern path, @Nullable Role least) {

    boolean isOpen() {
        return least == null;
    }
}
