package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.VerifierKey;
import org.junit.jupiter.api.Test;

class LogTreeTest extends OnBothDatabases {

    private LogTree tree() {
        return node.tree();
    }

    private void record(int entries) throws Exception {
        int before = (int) node.log().newest() + 1;
        List<Submission> submissions = new ArrayList<>();
        if (before == 0) {
            submissions.add(opening("alpha"));
        }
        while (submissions.size() < entries) {
            submissions.add(announcement("alpha", "Number " + submissions.size()));
        }
        node.ledger().recordAll(submissions);
        LogChecks.awaitIntact(node, before + entries);
    }

    @Test
    void an_empty_ledger_has_signed_the_empty_tree() {
        TreeChecks.assertIntact(node);
        assertThat(tree().size()).isZero();
        assertThat(tree().checkpoint().orElseThrow().checkpoint().root())
                .isEqualTo(MerkleTree.emptyRoot());
    }

    @Test
    void each_time_that_entries_enter_the_log_the_tree_is_signed_and_that_is_kept()
            throws Exception {
        record(5);
        record(1);
        record(8);

        assertThat(tree().checkpointsAfter(-1, 100).stream().map(StoredCheckpoint::size))
                .startsWith(0L)
                .contains(5L, 6L)
                .endsWith(14L)
                .isSorted();
        assertThat(tree().checkpointsAfter(5, 1).stream().map(StoredCheckpoint::size))
                .containsExactly(6L);
        assertThat(tree().checkpoint(6)).isPresent();
        assertThat(tree().checkpoint(15)).isEmpty();
    }

    @Test
    void writers_at_the_same_time_make_one_tree() throws Exception {
        node.ledger().record(opening("alpha"));
        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        6,
                        writer ->
                                () ->
                                        IntStream.range(0, 10)
                                                .mapToObj(i ->
                                                        node.ledger()
                                                                .record(
                                                                        announcement(
                                                                                "alpha",
                                                                                writer + "." + i)))
                                                .toList());

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(node, 61);
        List<StoredCheckpoint> checkpoints = tree().checkpointsAfter(0, 100);
        for (StoredCheckpoint earlier : checkpoints) {
            assertThat(tree().consistency(earlier.size(), 61).fromRoot())
                    .isEqualTo(earlier.checkpoint().root());
        }
    }

    @Test
    void after_a_restart_the_tree_goes_on_under_the_same_key() throws Exception {
        record(5);
        VerifierKey key = tree().key().orElseThrow();
        StoredCheckpoint before = tree().checkpoint().orElseThrow();

        reopen(Clock.systemUTC());
        assertThat(tree().checkpoint()).contains(before);
        record(4);

        assertThat(tree().key()).contains(key);
        assertThat(tree().consistency(5, 9).fromRoot()).isEqualTo(before.checkpoint().root());
    }

    @Test
    void a_ledger_from_before_there_was_a_tree_gets_it_when_it_is_opened_to_write()
            throws Exception {
        record(1_100);
        Hash root = tree().root(1_100);
        Tampering.dropGuards(node.database());
        for (String table : List.of("log_checkpoint", "log_node", "log_leaf", "log_key")) {
            Tampering.edit(node.database(), "delete from " + table);
        }
        node.close();
        try (LedgerNode reader = LedgerNode.openToRead(location, Clock.systemUTC())) {
            assertThat(reader.tree().size()).isZero();
            assertThat(reader.tree().checkpoint()).isEmpty();
            assertThat(reader.tree().key()).isEmpty();
        }

        node = LedgerNode.open(location, Clock.systemUTC());

        TreeChecks.assertIntact(node);
        assertThat(tree().root(1_100)).isEqualTo(root);
        assertThat(tree().checkpointsAfter(-1, 10).stream().map(StoredCheckpoint::size))
                .containsExactly(1_000L, 1_100L);
    }

    @Test
    void a_tree_that_was_half_built_is_built_on() throws Exception {
        record(10);
        record(10);
        Tampering.dropGuards(node.database());
        Tampering.edit(node.database(), "delete from log_checkpoint where size > 10");
        Tampering.edit(node.database(), "delete from log_node where number >= 18");
        Tampering.edit(node.database(), "delete from log_leaf where position >= 10");
        assertThat(tree().lag()).isEqualTo(10);

        reopen(Clock.systemUTC());

        TreeChecks.assertIntact(node);
    }

    // ---- somebody goes past the guards

    @Test
    void a_tree_that_does_not_match_is_not_signed_and_entries_are_recorded_all_the_same()
            throws Exception {
        record(13);
        Tampering.dropGuards(node.database());
        Tampering.edit(
                node.database(),
                "update log_node set hash = '" + "0".repeat(64) + "' where number = 14");

        node.ledger().record(announcement("alpha", "All the same"));
        node.log().awaitBeyond(12, LogChecks.PATIENCE);
        assertThat(node.engine().sequencerFailure()).isEmpty();
        assertThat(tree().failure().orElseThrow())
                .isEqualTo(
                        "the nodes [14, 21, 22] of the tree do not come to the root that was signed at size 13");

        reopen(Clock.systemUTC());
        assertThat(tree().failure()).isPresent();
        node.ledger().record(announcement("alpha", "After a restart too"));
        node.log().awaitBeyond(13, LogChecks.PATIENCE);
        assertThat(tree().lag()).isEqualTo(2);
        assertThat(tree().checkpoint().orElseThrow().size()).isEqualTo(13);
    }

    @Test
    void a_tree_that_is_mended_catches_up_with_the_next_entry() throws Exception {
        record(8);
        String hash = tree().storedNodes(14, 1).getFirst().hash();
        Tampering.dropGuards(node.database());
        Tampering.edit(
                node.database(),
                "update log_node set hash = '" + "0".repeat(64) + "' where number = 14");
        node.ledger().record(announcement("alpha", "Meanwhile"));
        node.log().awaitBeyond(7, LogChecks.PATIENCE);
        assertThat(tree().failure()).isPresent();

        Tampering.edit(
                node.database(), "update log_node set hash = '" + hash + "' where number = 14");
        node.ledger().record(announcement("alpha", "And then"));

        LogChecks.awaitIntact(node, 10);
    }

    @Test
    void a_tree_that_somebody_found_wrong_is_not_signed_until_it_was_found_right()
            throws Exception {
        record(3);
        tree().distrust("leaf 1 is not what the event says");
        node.ledger().record(announcement("alpha", "Meanwhile"));
        node.log().awaitBeyond(2, LogChecks.PATIENCE);
        assertThat(tree().failure()).contains("leaf 1 is not what the event says");
        assertThat(tree().lag()).isEqualTo(1);

        tree().trust();
        node.ledger().record(announcement("alpha", "And then"));

        LogChecks.awaitIntact(node, 5);
    }

    @Test
    void no_proof_is_given_of_what_was_edited_or_from_what_was_edited() throws Exception {
        record(13);
        Tampering.dropGuards(node.database());
        Tampering.edit(node.database(), "update log_leaf set leaf = '{}' where position = 2");
        Tampering.edit(
                node.database(),
                "update log_node set hash = '" + "0".repeat(64) + "' where number = 14");

        assertThatExceptionOfType(TreeMismatch.class)
                .isThrownBy(() -> tree().inclusion(2, 3))
                .withMessageContaining("leaf 2");
        assertThatExceptionOfType(TreeMismatch.class)
                .isThrownBy(() -> tree().inclusion(9, 13))
                .withMessageContaining("checkpoint of 13");
        assertThatExceptionOfType(TreeMismatch.class).isThrownBy(() -> tree().consistency(8, 13));
    }
}
