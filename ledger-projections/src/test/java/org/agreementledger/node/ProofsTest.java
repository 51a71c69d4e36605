package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.Consistency;
import org.agreementledger.log.Inclusion;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.MerkleTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** All that can be read of one tree, on both databases. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class ProofsTest {

    private static final int SIZE = 21;

    @TempDir static Path folder;
    private static LedgerNode node;
    private static LogTree tree;

    @Parameter TestDatabase database;

    @BeforeParameterizedClassInvocation
    static void record(TestDatabase database) throws Exception {
        node = LedgerNode.open(database.fresh(folder), Clock.systemUTC());
        tree = node.tree();
        List<Submission> entries = new ArrayList<>(List.of(opening("alpha")));
        while (entries.size() < SIZE) {
            entries.add(announcement("alpha", "Number " + entries.size()));
        }
        node.ledger().recordAll(entries);
        LogChecks.awaitIntact(node, SIZE);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        node.close();
    }

    @Test
    void every_entry_is_proven_to_be_in_every_tree_that_holds_it() {
        Frontier frontier = Frontier.empty();
        for (int size = 1; size <= SIZE; size++) {
            frontier.append(tree.leaf(size - 1).hash());
            for (int position = 0; position < size; position++) {
                Inclusion proof = tree.inclusion(position, size);

                assertThat(proof.root()).isEqualTo(frontier.root());
                assertThat(proof.leafHash()).isEqualTo(tree.leaf(position).hash());
                assertThat(
                                MerkleTree.provesInclusion(
                                        proof.hashes(),
                                        position,
                                        proof.leafHash(),
                                        size,
                                        frontier.root()))
                        .isTrue();
            }
        }
    }

    @Test
    void every_tree_is_proven_to_begin_with_every_smaller_one() {
        for (int to = 1; to <= SIZE; to++) {
            for (int from = 1; from <= to; from++) {
                Consistency proof = tree.consistency(from, to);

                assertThat(proof.fromRoot()).isEqualTo(tree.root(from));
                assertThat(proof.toRoot()).isEqualTo(tree.root(to));
                assertThat(
                                MerkleTree.provesConsistency(
                                        proof.hashes(), from, proof.fromRoot(), to, proof.toRoot()))
                        .isTrue();
            }
        }
    }

    @Test
    void what_is_not_there_has_no_proof() {
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(21, 21));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(-1, 21));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusion(0, 22));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(0, 21));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistency(3, 22));
    }

    @Test
    void leaves_are_read_from_any_place_to_any_other() {
        assertThat(tree.leaves(3, 7)).extracting(Leaf::position).containsExactly(3L, 4L, 5L, 6L);
        assertThat(tree.leaves(0, 21)).hasSize(21);
        assertThat(tree.leaves(5, 5)).isEmpty();
        assertThatExceptionOfType(TreeMismatch.class)
                .isThrownBy(() -> tree.leaves(19, 22).forEach(_ -> {}))
                .withMessageContaining("leaf 21 is missing");
    }
}
