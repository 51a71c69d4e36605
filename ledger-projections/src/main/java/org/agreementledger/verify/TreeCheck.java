package org.agreementledger.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.log.StoredNode;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree again, leaf by leaf, and compares each node that it completes, and each root that
 * was signed. Of the tables it holds no more than what lies between two calls of {@link #read}.
 */
final class TreeCheck {

    private static final String NODES = "log_node";
    private static final String CHECKPOINTS = "log_checkpoint";

    private final LogTree tree;
    private final Optional<VerifierKey> key;
    private final Differences found;
    private final Frontier frontier = Frontier.empty();
    private final Map<Long, String> nodes = new HashMap<>();
    private final Map<Long, StoredCheckpoint> signed = new HashMap<>();
    private final Map<Long, @Nullable Hash> asked = new TreeMap<>();
    private long checkpoints;

    /**
     * @param key that must have signed; empty where nothing can have been
     */
    TreeCheck(LogTree tree, Optional<VerifierKey> key, Differences found) {
        this.tree = tree;
        this.key = key;
        this.found = found;
    }

    /** The root of that size is to be kept. */
    void ask(long size) {
        asked.put(size, size == 0 ? frontier.root() : null);
    }

    /** Empty where the tree does not go so far. */
    Optional<Hash> root(long size) {
        return Optional.ofNullable(asked.get(size));
    }

    /** Brings what the next leaves need, up to and without {@code to}. */
    void read(long to) {
        long from = frontier.size();
        nodes.clear();
        long number = Node.countOf(from);
        for (StoredNode node : tree.storedNodes(number, (int) (Node.countOf(to) - number))) {
            nodes.put(node.number(), node.hash());
        }
        signed.clear();
        for (StoredCheckpoint checkpoint :
                tree.checkpointsAfter(from == 0 ? -1 : from, (int) (to - from) + 1)) {
            signed.put(checkpoint.size(), checkpoint);
        }
        if (from == 0) {
            checkSigned();
        }
    }

    boolean holds(Leaf leaf) {
        return leaf.hash().hex().equals(nodes.get(new Node(0, leaf.position()).number()));
    }

    void append(Hash leafHash) {
        frontier.append(
                leafHash,
                (node, hash) -> {
                    String stored = nodes.get(node.number());
                    String row =
                            "number %d (level %d, index %d)"
                                    .formatted(node.number(), node.level(), node.index());
                    if (stored == null) {
                        found.add(Difference.missing(NODES, row));
                    } else {
                        found.compare(NODES, row, "hash", hash.hex(), stored);
                    }
                });
        if (asked.containsKey(frontier.size())) {
            asked.put(frontier.size(), frontier.root());
        }
        checkSigned();
    }

    private void checkSigned() {
        StoredCheckpoint stored = signed.get(frontier.size());
        if (stored != null) {
            checkpoints++;
            check(stored);
        }
    }

    private void check(StoredCheckpoint stored) {
        String row = "size " + stored.size();
        try {
            SignedNote note = SignedNote.parse(stored.note());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            found.compare(CHECKPOINTS, row, "note: size", frontier.size(), checkpoint.size());
            found.compare(CHECKPOINTS, row, "note: root", frontier.root(), checkpoint.root());
            key.ifPresent(it -> {
                found.compare(CHECKPOINTS, row, "note: origin", it.name(), checkpoint.origin());
                checkSignature(row, note, it);
            });
        } catch (IllegalArgumentException e) {
            found.add(
                    Difference.of(CHECKPOINTS, row, "note", "a signed checkpoint", e.getMessage()));
        }
    }

    private void checkSignature(String row, SignedNote note, VerifierKey it) {
        try {
            note.verifiedBy(List.of(it));
        } catch (SignedNote.NotVerified e) {
            found.add(
                    Difference.of(
                            CHECKPOINTS,
                            row,
                            "note: signature",
                            "the signature of " + it,
                            e.getMessage()));
        }
    }

    long size() {
        return frontier.size();
    }

    Hash root() {
        return frontier.root();
    }

    /** How many were looked at. */
    long checkpoints() {
        return checkpoints;
    }
}
