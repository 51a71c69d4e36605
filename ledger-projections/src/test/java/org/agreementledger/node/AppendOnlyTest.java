package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppendOnlyTest extends OnBothDatabases {

    @BeforeEach
    void two_entries() throws Exception {
        node.ledger().recordAll(List.of(opening("alpha"), announcement("alpha", "Hello")));
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void a_stored_event_cannot_be_changed_or_removed() throws Exception {
        assertRefused(
                "update domain_event_entry set payload = '{}'", "UPDATE", "domain_event_entry");
        assertRefused(
                "delete from domain_event_entry where sequence_number = 1",
                "DELETE",
                "domain_event_entry");
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void a_log_entry_cannot_be_changed_or_removed() throws Exception {
        assertRefused("update log_entry set recorded_by = 'eve'", "UPDATE", "log_entry");
        assertRefused("delete from log_entry where position = 1", "DELETE", "log_entry");
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void the_tree_and_what_was_signed_cannot_be_changed_or_removed() throws Exception {
        assertRefused("update log_leaf set leaf = '{}'", "UPDATE", "log_leaf");
        assertRefused("delete from log_leaf where position = 1", "DELETE", "log_leaf");
        assertRefused("update log_node set hash = 'x'", "UPDATE", "log_node");
        assertRefused("delete from log_node where number = 2", "DELETE", "log_node");
        assertRefused("update log_checkpoint set note = 'x'", "UPDATE", "log_checkpoint");
        assertRefused("delete from log_checkpoint where size = 2", "DELETE", "log_checkpoint");
        assertRefused("update log_key set verifier_key = 'x'", "UPDATE", "log_key");
        assertRefused("delete from log_key", "DELETE", "log_key");
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void no_table_can_be_emptied() throws Exception {
        List<String> tables =
                List.of(
                        "domain_event_entry",
                        "log_entry",
                        "log_leaf",
                        "log_node",
                        "log_checkpoint",
                        "log_key");
        for (String table : tables) {
            assertThatThrownBy(() -> node.database().jdbc().sql("truncate table " + table).update())
                    .rootCause()
                    .hasMessageFindingMatch("(?i)append-only|cannot truncate|foreign key");
        }
        if (database == TestDatabase.POSTGRESQL) {
            for (String table : tables) {
                assertRefused("truncate table " + table + " cascade", "TRUNCATE", table);
            }
        }
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void the_log_takes_no_position_that_leaves_a_gap() {
        assertThatThrownBy(() ->
                        node.database()
                                .jdbc()
                                .sql(
                                        """
                                        insert into log_entry
                                        select 7, 6, event_id, agreement_id, 3, kind, recorded_at,
                                            recorded_by, recorded_by_issuer, salt, entry_digest, imported_from
                                        from log_entry
                                        where position = 1
                                        """)
                                .update())
                .rootCause()
                .hasMessageFindingMatch("(?i)log_entry_(gapless|event)");
    }

    private void assertRefused(String sql, String operation, String table) {
        assertThatThrownBy(() -> node.database().jdbc().sql(sql).update())
                .rootCause()
                .hasMessageContaining(operation + " refused: " + table + " is append-only");
    }
}
