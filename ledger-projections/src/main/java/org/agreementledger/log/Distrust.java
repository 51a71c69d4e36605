package org.agreementledger.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the tree is not signed, as far as this process knows. */
public final class Distrust {

    private volatile @Nullable String found;
    private volatile @Nullable String told;

    void found(String why) {
        found = why;
    }

    void foundNothing() {
        found = null;
    }

    /** By who looked closer. Stays until {@link #lift}. */
    void tell(String why) {
        told = why;
    }

    void lift() {
        told = null;
    }

    boolean isTold() {
        return told != null;
    }

    Optional<String> why() {
        return Optional.ofNullable(found).or(() -> Optional.ofNullable(told));
    }
}
