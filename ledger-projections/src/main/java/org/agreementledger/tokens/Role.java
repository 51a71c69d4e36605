package org.agreementledger.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody may do. */
public enum Role {
    /** Read what was recorded, and what proves it. */
    READER,
    /** Read and record. */
    RECORDER,
    /** Read, and look at how the ledger fares: figures, verification, who is told of what. */
    AUDITOR,
    /** Everything. */
    ADMIN;

    /** Of that name. */
    public static Optional<Role> named(String slug) {
        return Arrays.stream(values()).filter(role -> role.slug().equals(slug)).findFirst();
    }

    /**
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Role parse(String slug) {
        return named(slug)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'"
                                        + slug
                                        + "' is no role; there are "
                                        + Arrays.stream(values())
                                                .map(Role::slug)
                                                .collect(Collectors.joining(", "))));
    }

    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether whoever has this role may do what that one allows. */
    public boolean includes(Role other) {
        return this == other || this == ADMIN || other == READER;
    }
}
