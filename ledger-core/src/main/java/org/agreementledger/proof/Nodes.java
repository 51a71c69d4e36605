package org.agreementledger.proof;

import java.util.Collection;
import java.util.Map;

/** The hashes of complete subtrees, wherever they are kept. */
@FunctionalInterface
public interface Nodes {

    /**
     * @param nodes at least one
     * @return a hash for each of them
     * @throws RuntimeException when one is missing; which, is for the keeper to say
     */
    Map<Node, Hash> read(Collection<Node> nodes);
}
