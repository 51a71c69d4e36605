package org.agreementledger.proof;

/**
 * A complete subtree of a Merkle tree, which never changes once its leaves are there: the one over
 * the leaves from {@code index * 2^level} on, {@code 2^level} of them.
 *
 * @param level 0 for a leaf
 */
public record Node(int level, long index) {

    public Node {
        if (level < 0 || index < 0) {
            throw new IllegalArgumentException(
                    "a node has a level and an index from 0, not %d and %d"
                            .formatted(level, index));
        }
    }

    /**
     * Its place among all nodes in the order in which appending leaves completes them: 0, 1, 2 …
     * without a gap, a parent right after its right child.
     */
    public long number() {
        long lastLeaf = ((index + 1) << level) - 1;
        return countOf(lastLeaf) + level;
    }

    /** How many nodes a tree of that many leaves has. */
    public static long countOf(long size) {
        return 2 * size - Long.bitCount(size);
    }

    Node parent() {
        return new Node(level + 1, index / 2);
    }
}
