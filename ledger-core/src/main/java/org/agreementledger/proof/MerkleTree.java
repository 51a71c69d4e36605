package org.agreementledger.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The Merkle tree of RFC 6962 and RFC 9162, section 2.1, over SHA-256: hashes, proofs, and their
 * verification. Making a proof reads O(log n) complete subtrees, in one go.
 */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final Hash EMPTY_ROOT = Hash.sha256("".getBytes(StandardCharsets.UTF_8));

    private MerkleTree() {}

    /** SHA-256 of nothing. */
    public static Hash emptyRoot() {
        return EMPTY_ROOT;
    }

    /** SHA-256(0x00 ‖ leaf). */
    public static Hash leafHash(byte[] leaf) {
        return Hash.sha256(LEAF, leaf);
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static Hash nodeHash(Hash left, Hash right) {
        return Hash.sha256(NODE, left.sharedBytes(), right.sharedBytes());
    }

    /** The root over complete subtrees that stand side by side, the largest first. */
    static Hash joined(List<Hash> peaks) {
        if (peaks.isEmpty()) {
            return EMPTY_ROOT;
        }
        Hash root = peaks.getLast();
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = nodeHash(peaks.get(i), root);
        }
        return root;
    }

    /** Of the first {@code size} leaves. */
    public static Hash root(long size, Nodes nodes) {
        return hashes(List.of(new Range(0, size)), nodes).getFirst();
    }

    /**
     * PATH of RFC 9162, section 2.1.3.1: the hashes from the leaf's sibling up to the root's child.
     *
     * @throws IllegalArgumentException for a leaf outside the tree
     */
    public static List<Hash> inclusionProof(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf %d is not in a tree of %d leaves".formatted(index, size));
        }
        List<Range> path = new ArrayList<>();
        Range tree = new Range(0, size);
        while (!tree.isOneLeaf()) {
            Range left = new Range(tree.from(), tree.split());
            Range right = new Range(tree.split(), tree.to());
            boolean isLeft = index < tree.split();
            path.add(isLeft ? right : left);
            tree = isLeft ? left : right;
        }
        return hashes(path.reversed(), nodes);
    }

    /**
     * PROOF of RFC 9162, section 2.1.4.1: that the tree of {@code to} leaves begins with that of
     * {@code from}; empty where they are one.
     *
     * @throws IllegalArgumentException unless 0 &lt; from ≤ to
     */
    public static List<Hash> consistencyProof(long from, long to, Nodes nodes) {
        if (from <= 0 || from > to) {
            throw new IllegalArgumentException(
                    "no proof leads from a tree of %d leaves to one of %d".formatted(from, to));
        }
        List<Range> path = new ArrayList<>();
        Range tree = new Range(0, to);
        while (from != tree.to()) {
            Range left = new Range(tree.from(), tree.split());
            Range right = new Range(tree.split(), tree.to());
            boolean endsLeft = from <= tree.split();
            path.add(endsLeft ? right : left);
            tree = endsLeft ? left : right;
        }
        // What begins at the first leaf is the old tree itself, whose root the verifier knows.
        if (tree.from() > 0) {
            path.add(tree);
        }
        return hashes(path.reversed(), nodes);
    }

    private static List<Hash> hashes(List<Range> ranges, Nodes nodes) {
        Set<Node> needed = new LinkedHashSet<>();
        ranges.forEach(range -> needed.addAll(range.nodes()));
        Map<Node, Hash> read = needed.isEmpty() ? Map.of() : nodes.read(needed);
        return ranges.stream()
                .map(range -> joined(range.nodes().stream().map(read::get).toList()))
                .toList();
    }

    /** RFC 9162, section 2.1.3.2. */
    public static boolean provesInclusion(
            List<Hash> proof, long index, Hash leafHash, long size, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Hash hash = leafHash;
        for (Hash sibling : proof) {
            if (sn == 0) {
                return false;
            }
            if (isRight(fn, sn)) {
                hash = nodeHash(sibling, hash);
                int levels = levelsToRight(fn);
                fn >>= levels;
                sn >>= levels;
            } else {
                hash = nodeHash(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /**
     * RFC 9162, section 2.1.4.2. Nothing is proved of an empty tree: whatever there is begins with
     * it.
     */
    public static boolean provesConsistency(
            List<Hash> proof, long from, Hash fromRoot, long to, Hash toRoot) {
        if (from <= 0 || from > to) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && fromRoot.equals(toRoot);
        }
        List<Hash> path = new ArrayList<>(proof);
        if (Long.bitCount(from) == 1) {
            path.addFirst(fromRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        long fn = from - 1;
        long sn = to - 1;
        int complete = Long.numberOfTrailingZeros(~fn);
        fn >>= complete;
        sn >>= complete;
        Hash old = path.getFirst();
        Hash grown = path.getFirst();
        for (Hash sibling : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if (isRight(fn, sn)) {
                old = nodeHash(sibling, old);
                grown = nodeHash(sibling, grown);
                int levels = levelsToRight(fn);
                fn >>= levels;
                sn >>= levels;
            } else {
                grown = nodeHash(grown, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && old.equals(fromRoot) && grown.equals(toRoot);
    }

    /** Whether a node is its parent's right child, or the last of its level without a sibling. */
    private static boolean isRight(long fn, long sn) {
        return (fn & 1) == 1 || fn == sn;
    }

    /** How far up the last node of a level has no sibling, until it is a right child or first. */
    private static int levelsToRight(long fn) {
        return fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
    }
}
