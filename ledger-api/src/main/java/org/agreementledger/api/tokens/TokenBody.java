package org.agreementledger.api.tokens;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.agreementledger.json.Fields;
import org.agreementledger.json.Gate;
import org.agreementledger.json.Malformed;
import org.agreementledger.json.Place;
import org.agreementledger.tokens.Expiry;
import org.agreementledger.tokens.Role;
import org.agreementledger.tokens.Tokens;
import org.jspecify.annotations.Nullable;

/** What somebody sends to have a token made. */
record TokenBody(String name, Role role, Optional<Instant> expiresAt) {

    /**
     * @throws Malformed naming the place and the rule
     */
    static TokenBody of(@Nullable Object tree, Instant now) {
        Fields fields =
                Fields.of(
                        Place.root(tree, "the body", Gate.SUBMITTED),
                        "a new token",
                        List.of("name", "role", "expires"));
        String name = fields.required("name").formed(Tokens::requireName);
        Role role = fields.required("role").formed(Role::parse);
        Optional<Instant> expiresAt =
                fields.optional("expires", place -> place.formed(text -> Expiry.parse(text, now)));
        return new TokenBody(
                name, role, expiresAt == null ? Expiry.parse(Expiry.DEFAULT, now) : expiresAt);
    }
}
