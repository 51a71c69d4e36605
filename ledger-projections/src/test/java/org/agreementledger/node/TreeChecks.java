package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogEntry;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.log.StoredNode;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.VerifierKey;

/** What holds of every tree at rest, worked out from the log alone. */
public final class TreeChecks {

    private static final int ALL = 1_000_000;

    private TreeChecks() {}

    /** Every leaf, node and checkpoint is what the log comes to, and all of the log is signed. */
    public static void assertIntact(LedgerNode node) {
        List<LogEntry> log = node.log().after(-1, ALL);
        List<Leaf> leaves = log.stream().map(Leaf::of).toList();
        List<StoredNode> nodes = new ArrayList<>();
        Map<Long, Hash> roots = new HashMap<>();
        Frontier frontier = Frontier.empty();
        roots.put(0L, frontier.root());
        for (Leaf leaf : leaves) {
            frontier.append(
                    leaf.hash(),
                    (completed, hash) -> nodes.add(new StoredNode(completed.number(), hash.hex())));
            roots.put(frontier.size(), frontier.root());
        }
        assertThat(node.tree().storedLeaves(0, ALL)).isEqualTo(leaves);
        assertThat(node.tree().storedNodes(0, ALL)).isEqualTo(nodes);

        VerifierKey key = node.tree().key().orElseThrow();
        List<StoredCheckpoint> checkpoints = node.tree().checkpointsAfter(-1, ALL);
        for (StoredCheckpoint stored : checkpoints) {
            assertThat(stored.signedNote().verifiedBy(List.of(key))).containsExactly(key);
            assertThat(stored.checkpoint().origin()).isEqualTo(key.name());
            assertThat(stored.checkpoint().size()).isEqualTo(stored.size());
            assertThat(stored.checkpoint().root()).isEqualTo(roots.get(stored.size()));
        }
        assertThat(node.tree().checkpoint()).isEqualTo(Optional.of(checkpoints.getLast()));
        assertThat(checkpoints.getLast().size()).isEqualTo(log.size());
        assertThat(node.tree().lag()).isZero();
        assertThat(node.tree().failure()).isEmpty();
    }
}
