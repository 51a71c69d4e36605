package org.agreementledger.log;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.agreementledger.axon.DamagedRecord;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the tree follow the log, and signs it, in one transaction: what is in the tree is signed.
 * Before it goes on it holds what it builds upon against the newest checkpoint. A tree that does
 * not match stays as it is, and is not signed, while the log goes on; mended, it catches up.
 *
 * <p>Costs O(log n) beside the new entries, and keeps nothing in memory, so that another node can
 * go on.
 */
public final class TreeWriter {

    private static final Logger LOGGER = LoggerFactory.getLogger(TreeWriter.class);

    /** So that a tree that is far behind is not built in one transaction. */
    private static final int BATCH = 1_000;

    private final TreeTable table;
    private final Log log;
    private final Distrust distrust;
    private volatile @Nullable SigningKey key;

    public TreeWriter(TreeTable table, Log log, Distrust distrust) {
        this.table = table;
        this.log = log;
        this.distrust = distrust;
    }

    /** Without a key the tree waits for somebody who has it. */
    public void signWith(SigningKey key) {
        this.key = key;
    }

    /**
     * To be called in a transaction.
     *
     * @return whether there is more to do, in another transaction
     */
    public boolean grow() {
        SigningKey held = key;
        if (held == null || distrust.isTold()) {
            return false;
        }
        table.lock();
        try {
            int appended = grow(held);
            distrust.foundNothing();
            return appended == BATCH;
        } catch (TreeMismatch e) {
            if (distrust.why().isEmpty()) {
                LOGGER.error(
                        "The tree over the log does not match and is not signed any more: {}",
                        e.getMessage());
            }
            distrust.found(e.getMessage());
            return false;
        }
    }

    private int grow(SigningKey key) {
        Optional<Checkpoint> signed =
                table.newestCheckpoint(Long.MAX_VALUE)
                        .map(stored -> stored.verified(key.verifier()));
        Frontier frontier = signed.map(this::frontier).orElseGet(this::emptyFrontier);
        List<Leaf> leaves = logged(frontier.size(), BATCH);
        if (leaves.isEmpty() && signed.isPresent()) {
            return 0;
        }
        Map<Node, Hash> nodes = new LinkedHashMap<>();
        for (Leaf leaf : leaves) {
            if (leaf.position() != frontier.size()) {
                throw new TreeMismatch("the log has no entry at position " + frontier.size());
            }
            frontier.append(leaf.hash(), nodes::put);
        }
        table.append(leaves, nodes);
        Checkpoint checkpoint =
                new Checkpoint(key.verifier().name(), frontier.size(), frontier.root());
        table.append(
                checkpoint,
                SignedNote.sign(checkpoint.text(), key),
                signed.map(Checkpoint::size).orElse(null));
        return leaves.size();
    }

    private Frontier emptyFrontier() {
        requireExtent(0);
        return Frontier.empty();
    }

    /** What the next leaves are joined to; it must have the root that was signed. */
    private Frontier frontier(Checkpoint signed) {
        requireExtent(signed.size());
        if (signed.size() == 0) {
            return Frontier.empty();
        }
        List<Node> peaks = Frontier.nodes(signed.size());
        Node newest = new Node(0, signed.size() - 1);
        Set<Node> needed = new HashSet<>(peaks);
        needed.add(newest);
        Map<Node, Hash> hashes = table.nodes(needed);
        requireLeaf(newest, hashes.get(newest));
        Frontier frontier = Frontier.of(signed.size(), peaks.stream().map(hashes::get).toList());
        if (!frontier.root().equals(signed.root())) {
            throw new TreeMismatch(
                    "the nodes %s of the tree do not come to the root that was signed at size %d"
                            .formatted(peaks.stream().map(Node::number).toList(), signed.size()));
        }
        return frontier;
    }

    private void requireExtent(long size) {
        TreeTable.Extent extent = table.extent();
        if (extent.leaves() != size || extent.nodes() != Node.countOf(size)) {
            throw new TreeMismatch(
                    "the newest checkpoint is of size %d, but the leaves go on to %d, and the nodes to %d instead of %d"
                            .formatted(size, extent.leaves(), extent.nodes(), Node.countOf(size)));
        }
    }

    /** The newest one stands for all, which only a whole check can go through. */
    private void requireLeaf(Node node, Hash hash) {
        long position = node.index();
        Leaf leaf =
                table.leaves(position, 1).stream()
                        .findFirst()
                        .orElseThrow(() -> new TreeMismatch("leaf " + position + " is missing"));
        if (!leaf.hash().equals(hash)) {
            throw new TreeMismatch(
                    "leaf %d does not hash to its node, %d".formatted(position, node.number()));
        }
        if (!logged(position, 1).equals(List.of(leaf))) {
            throw new TreeMismatch(
                    "leaf %d is not what the log says of that entry".formatted(position));
        }
    }

    /** The leaves that the log comes to. */
    private List<Leaf> logged(long position, int limit) {
        try {
            return log.stored(position, limit).stream().map(Leaf::of).toList();
        } catch (IllegalArgumentException | DamagedRecord e) {
            throw new TreeMismatch(
                    "the log from position %d on: %s".formatted(position, e.getMessage()));
        }
    }
}
