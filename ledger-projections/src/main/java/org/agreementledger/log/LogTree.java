package org.agreementledger.log;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.VerifierKey;

/**
 * The Merkle tree over the log, for readers: what was signed, proofs, leaves. A proof costs O(log
 * n), and is given only when it fits what was signed.
 *
 * <p>What is not on the disk yet is not seen, as in {@link Log}.
 */
public final class LogTree {

    private static final int READ_AT_ONCE = 500;

    private final TreeTable table;
    private final Growth growth;
    private final Distrust distrust;

    public LogTree(TreeTable table, Growth growth, Distrust distrust) {
        this.table = table;
        this.growth = growth;
        this.distrust = distrust;
    }

    /** Whose signature the checkpoints bear; empty before the first start, and in older copies. */
    public Optional<VerifierKey> key() {
        return table.key();
    }

    /** How many leaves there are; in a ledger that takes entries, all of them are signed. */
    public long size() {
        return table.leafCount(growth.visible());
    }

    /** The newest; empty where nothing was signed. */
    public Optional<StoredCheckpoint> checkpoint() {
        return table.newestCheckpoint(growth.visible());
    }

    /** Of exactly that size. One is signed whenever entries were recorded, not for every entry. */
    public Optional<StoredCheckpoint> checkpoint(long size) {
        return size - 1 > growth.visible() ? Optional.empty() : table.checkpoint(size);
    }

    /** Every one that was signed, those of more than {@code size} leaves, in ascending order. */
    public List<StoredCheckpoint> checkpointsAfter(long size, int limit) {
        return table.checkpointsAfter(size, growth.visible(), limit);
    }

    /**
     * @throws IllegalArgumentException for a size beyond {@link #size()}, or a position beyond the
     *     size
     * @throws TreeMismatch when the leaf, the stored tree and what was signed do not fit together
     */
    public Inclusion inclusion(long position, long size) {
        requireThere(size);
        List<Hash> hashes = MerkleTree.inclusionProof(position, size, table::nodes);
        Hash root = root(size);
        Hash leafHash = leaf(position).hash();
        if (!MerkleTree.provesInclusion(hashes, position, leafHash, size, root)) {
            throw new TreeMismatch(
                    "leaf %d and the nodes beside it do not come to the root of %d leaves"
                            .formatted(position, size));
        }
        return new Inclusion(position, size, leafHash, hashes, root);
    }

    /**
     * @throws IllegalArgumentException for a size beyond {@link #size()}, and unless 0 &lt; from ≤
     *     to
     * @throws TreeMismatch when the stored tree and what was signed do not fit together
     */
    public Consistency consistency(long from, long to) {
        requireThere(to);
        List<Hash> hashes = MerkleTree.consistencyProof(from, to, table::nodes);
        Hash fromRoot = root(from);
        Hash toRoot = root(to);
        if (!MerkleTree.provesConsistency(hashes, from, fromRoot, to, toRoot)) {
            throw new TreeMismatch(
                    "the nodes of the tree do not lead from %d leaves to %d".formatted(from, to));
        }
        return new Consistency(from, to, fromRoot, toRoot, hashes);
    }

    private void requireThere(long size) {
        if (size > size()) {
            throw new IllegalArgumentException(
                    "the tree has %d leaves, not %d".formatted(size(), size));
        }
    }

    /**
     * Of the first {@code size} leaves.
     *
     * @throws TreeMismatch when it does not lead to what was signed
     */
    public Hash root(long size) {
        Hash root = MerkleTree.root(size, table::nodes);
        checkpointFrom(size)
                .filter(signed -> !leadsTo(signed, size, root))
                .ifPresent(signed -> {
                    throw new TreeMismatch(
                            "the nodes of the tree do not lead from %d leaves to the checkpoint of %d"
                                    .formatted(size, signed.size()));
                });
        return root;
    }

    private boolean leadsTo(Checkpoint signed, long size, Hash root) {
        return size == 0
                || MerkleTree.provesConsistency(
                        MerkleTree.consistencyProof(size, signed.size(), table::nodes),
                        size,
                        root,
                        signed.size(),
                        signed.root());
    }

    /** The one of that size, else the newest, if it is larger. */
    private Optional<Checkpoint> checkpointFrom(long size) {
        return checkpoint(size)
                .or(() -> checkpoint().filter(newest -> newest.size() > size))
                .map(StoredCheckpoint::checkpoint);
    }

    /**
     * @throws TreeMismatch when it is missing
     */
    public Leaf leaf(long position) {
        return table.leaves(position, 1).stream()
                .filter(leaf -> leaf.position() == position)
                .findFirst()
                .orElseThrow(() -> new TreeMismatch("leaf " + position + " is missing"));
    }

    /**
     * Those from {@code from} up to, not including, {@code to}; read page by page while they are
     * used.
     *
     * @throws TreeMismatch while it is read, when one is missing
     */
    public Iterable<Leaf> leaves(long from, long to) {
        return () -> new Leaves(from, to);
    }

    private final class Leaves implements Iterator<Leaf> {
        private final long to;
        private long next;
        private Iterator<Leaf> page = List.<Leaf>of().iterator();

        Leaves(long from, long to) {
            this.next = from;
            this.to = to;
        }

        @Override
        public boolean hasNext() {
            return next < to;
        }

        @Override
        public Leaf next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!page.hasNext()) {
                page = table.leaves(next, (int) Math.min(READ_AT_ONCE, to - next)).iterator();
            }
            Leaf leaf = page.hasNext() ? page.next() : null;
            if (leaf == null || leaf.position() != next) {
                throw new TreeMismatch("leaf " + next + " is missing");
            }
            next++;
            return leaf;
        }
    }

    /** The leaves from {@code from} on as the table has them, for who checks them all. */
    public List<Leaf> storedLeaves(long from, int limit) {
        return table.leaves(from, limit);
    }

    /** The nodes from that number on as the table has them, for who checks them all. */
    public List<StoredNode> storedNodes(long fromNumber, int limit) {
        return table.nodes(fromNumber, limit);
    }

    /**
     * How many entries of the log no checkpoint covers. In a ledger that takes entries there are
     * none, unless the tree does not match, or its key was missing.
     */
    public long lag() {
        return table.lag();
    }

    /** Why the tree is not signed any more, as far as this process knows. */
    public Optional<String> failure() {
        return distrust.why();
    }

    /**
     * From now on this process does not sign the tree, which stays as it is; entries are recorded
     * all the same. For who went through all of it and found a difference.
     */
    public void distrust(String why) {
        distrust.tell(why);
    }

    /** For who went through all of it and found nothing. */
    public void trust() {
        distrust.lift();
    }
}
