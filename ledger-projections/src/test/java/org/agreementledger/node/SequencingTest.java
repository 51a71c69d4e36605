package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.Logged;
import org.junit.jupiter.api.Test;

class SequencingTest extends OnBothDatabases {

    @Test
    void what_is_committed_late_gets_a_later_position_and_nothing_is_passed_by() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        try (HeldWrite late = HeldWrite.begin(node, opening("late"))) {
            node.ledger().record(announcement("alpha", "Before the late one"));
            LogChecks.awaitIntact(node, 2);

            late.commit();
        }

        List<Logged> logged = LogChecks.awaitIntact(node, 3);
        assertThat(logged.stream().map(l -> l.log().agreementId().value()))
                .containsExactly("alpha", "alpha", "late");
        assertThat(globalIndexes(logged)).containsExactly(1L, 3L, 2L);
    }

    @Test
    void the_very_first_event_may_be_committed_late() throws Exception {
        try (HeldWrite late = HeldWrite.begin(node, opening("late"))) {
            node.ledger().record(opening("alpha"));
            LogChecks.awaitIntact(node, 1);

            late.commit();
        }

        assertThat(globalIndexes(LogChecks.awaitIntact(node, 2))).containsExactly(2L, 1L);
    }

    @Test
    void a_place_that_is_never_filled_holds_nobody_up() throws Exception {
        try (HeldWrite never = HeldWrite.begin(node, opening("never"))) {
            never.rollback();
        }
        node.ledger().record(opening("alpha"));

        assertThat(globalIndexes(LogChecks.awaitIntact(node, 1))).containsExactly(2L);
    }

    @Test
    void an_event_that_the_stream_forgot_is_drawn_in_before_its_successor() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        whileNobodySequences(alone -> {
            store(alone, 2, announcement("alpha", "Forgotten"), Instant.now());
            forgetUpTo(alone, 2);
        });

        node.ledger().record(announcement("alpha", "Its successor"));

        assertThat(globalIndexes(LogChecks.awaitIntact(node, 3))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void an_event_that_the_stream_forgot_and_nobody_follows_is_looked_for() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        Instant longAgo = Instant.now().minusSeconds(3600);
        whileNobodySequences(alone -> {
            store(alone, 2, announcement("alpha", "Forgotten"), longAgo);
            store(alone, 1, opening("beta"), Instant.now());
            forgetUpTo(alone, 3);
        });

        assertThat(node.stragglers().search()).isEqualTo(1);
        assertThat(node.stragglers().search()).isZero();

        assertThat(node.log().newest()).isEqualTo(1);
    }

    @Test
    void an_event_delivered_again_keeps_its_position() throws Exception {
        node.ledger().recordAll(List.of(opening("alpha"), announcement("alpha", "Once")));
        List<Logged> before = LogChecks.awaitIntact(node, 2);
        whileNobodySequences(alone -> alone.jdbc().sql("delete from token_entry").update());

        node.ledger().record(announcement("alpha", "Twice"));

        assertThat(LogChecks.awaitIntact(node, 3).subList(0, 2)).isEqualTo(before);
    }

    @Test
    void a_failing_sequencer_tries_again_and_passes_nothing_by() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.database().jdbc().sql("alter table log_entry rename to hidden").update();
        node.ledger().record(announcement("alpha", "It cannot be logged"));
        await(() -> node.engine().sequencerFailure().isPresent());
        node.ledger().record(announcement("alpha", "Nor can this"));

        node.database().jdbc().sql("alter table hidden rename to log_entry").update();

        LogChecks.awaitIntact(node, 3);
        await(() -> node.engine().sequencerFailure().isEmpty());
    }

    @Test
    void an_event_of_an_unknown_type_stops_the_log_instead_of_leaving_a_hole() throws Exception {
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        whileNobodySequences(alone ->
                alone.jdbc()
                        .sql(
                                """
                                insert into domain_event_entry (event_identifier, aggregate_identifier,
                                    sequence_number, type, payload_type, payload_revision, payload,
                                    meta_data, time_stamp)
                                select 'x', 'x', 0, type, 'AgreementPainted', '1', '{}', '{}', time_stamp
                                from domain_event_entry
                                """)
                        .update());
        node.ledger().record(announcement("alpha", "After it"));

        await(() -> node.engine().sequencerFailure().isPresent());

        assertThat(node.engine().sequencerFailure().orElseThrow())
                .hasMessageContaining("AgreementPainted");
        assertThat(node.log().newest()).isZero();
    }

    private interface Work {
        void on(Database database) throws Exception;
    }

    private void whileNobodySequences(Work work) throws Exception {
        node.close();
        try (Database alone = Database.open(DatabaseSettings.of(location))) {
            work.on(alone);
        }
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    static void store(Database database, int sequence, Submission submission, Instant at)
            throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            HeldWrite.store(connection, sequence, submission, at);
        }
    }

    private static void forgetUpTo(Database database, long globalIndex) {
        database.jdbc()
                .sql("update token_entry set token = :token")
                .param("token", "{\"index\":" + globalIndex + ",\"gaps\":[]}")
                .update();
    }

    private List<Long> globalIndexes(List<Logged> logged) {
        return logged.stream()
                .map(l ->
                        node.database()
                                .jdbc()
                                .sql(
                                        """
                                        select global_index
                                        from domain_event_entry
                                        where event_identifier = :id
                                        """)
                                .param("id", l.log().eventId())
                                .query(Long.class)
                                .single())
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(LogChecks.PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
