package org.agreementledger.verify;

import java.util.Optional;
import java.util.function.LongFunction;
import org.agreementledger.proof.Hash;

/**
 * A tree that was gone through.
 *
 * @param size how many leaves it has
 * @param root empty where it has none that is sound
 * @param bySize those of its beginnings; empty where there is none of that size
 */
record Roots(long size, Optional<Hash> root, LongFunction<Optional<Hash>> bySize) {

    static Roots of(TreeCheck tree) {
        return new Roots(tree.size(), Optional.of(tree.root()), tree::root);
    }

    static Roots of(long size, LongFunction<Optional<Hash>> bySize) {
        return new Roots(size, bySize.apply(size), bySize);
    }
}
