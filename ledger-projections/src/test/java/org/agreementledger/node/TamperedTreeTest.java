package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.axon.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sequencer reads back is compared in the program, so one database stands for both. */
@Timeout(120)
class TamperedTreeTest {

    @TempDir Path folder;
    LedgerNode node;

    @BeforeEach
    void open() {
        node = LedgerNode.open(TestDatabase.H2.fresh(folder), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update log_node set hash = '%s' where number = 14      | do not come to the root",
                "update log_node set hash = 'x' where number = 14       | node 14",
                "update log_leaf set leaf = '{}' where position = 12    | leaf 12 does not hash",
                "update log_entry set recorded_by = 'eve' where position = 12 | leaf 12 is not what the log says",
                "update log_entry set kind = 'closings' where position = 12 | the log from position 12 on",
                "update log_entry set entry_digest = '%s' where position = 12 | leaf 12 is not what the log says",
                "update log_checkpoint set note = replace(note, 'a', 'b') where size = 13 | the checkpoint of size 13",
                "update log_checkpoint set note = (select note from log_checkpoint where size = 8) where size = 13 | the checkpoint of size 13 says size 8",
                "insert into log_node (number, hash) values (23, '%s')  | the nodes to 24 instead of 23",
                "delete from log_node where number = 22 | the nodes to 22 instead of 23",
                "delete from log_node where number = 14 | node 14 of the tree is missing",
                "delete from log_leaf where position = 12 | the leaves go on to 12",
            })
    void whatever_was_altered_below_the_next_leaf_is_noticed_before_it_is_signed(
            String edit, String why) throws Exception {
        List<Submission> entries = new ArrayList<>(List.of(opening("alpha")));
        for (int number = 1; number < 13; number++) {
            entries.add(announcement("alpha", "Number " + number));
        }
        node.ledger().recordAll(entries.subList(0, 8));
        LogChecks.awaitIntact(node, 8);
        node.ledger().recordAll(entries.subList(8, 13));
        LogChecks.awaitIntact(node, 13);
        Tampering.dropGuards(node.database());
        assertThat(Tampering.edit(node.database(), edit.formatted("0".repeat(64)))).isEqualTo(1);

        node.ledger().record(announcement("alpha", "All the same"));
        node.log().awaitBeyond(12, LogChecks.PATIENCE);

        assertThat(node.log().newest()).isEqualTo(13);
        assertThat(node.engine().sequencerFailure()).isEmpty();
        assertThat(node.tree().failure().orElseThrow()).contains(why);
        assertThat(node.tree().lag()).isEqualTo(1);
        assertThat(node.tree().checkpoint().orElseThrow().size()).isEqualTo(13);
    }
}
