package org.agreementledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A Merkle tree that only grows, reduced to what growing takes: the complete subtrees that stand
 * side by side, at most one of each height. Appending and the root cost O(log n).
 */
public final class Frontier {

    private long size;
    private final List<Hash> peaks;

    private Frontier(long size, List<Hash> peaks) {
        this.size = size;
        this.peaks = peaks;
    }

    public static Frontier empty() {
        return new Frontier(0, new ArrayList<>());
    }

    /**
     * @param peaks the hashes of {@link #nodes(long)}, in that order
     * @throws IllegalArgumentException when there are too many or too few
     */
    public static Frontier of(long size, List<Hash> peaks) {
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    "a tree of %d leaves has %d peaks, not %d"
                            .formatted(size, Long.bitCount(size), peaks.size()));
        }
        return new Frontier(size, new ArrayList<>(peaks));
    }

    /** The complete subtrees of a tree of that size, from the first leaf on. */
    public static List<Node> nodes(long size) {
        return new Range(0, size).nodes();
    }

    /** The same for one who does not keep the nodes. */
    public void append(Hash leafHash) {
        append(leafHash, (_, _) -> {});
    }

    /**
     * @param completed told the leaf's node and those it completes, in the order of their numbers
     */
    public void append(Hash leafHash, BiConsumer<Node, Hash> completed) {
        Node node = new Node(0, size);
        Hash hash = leafHash;
        completed.accept(node, hash);
        for (int merge = Long.numberOfTrailingZeros(~size); merge > 0; merge--) {
            node = node.parent();
            hash = MerkleTree.nodeHash(peaks.removeLast(), hash);
            completed.accept(node, hash);
        }
        peaks.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public Hash root() {
        return MerkleTree.joined(peaks);
    }
}
