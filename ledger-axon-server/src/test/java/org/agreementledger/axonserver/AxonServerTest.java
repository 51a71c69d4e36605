package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LogChecks;
import org.junit.jupiter.api.Test;

/** What is recorded there, and what the database holds of it. */
class AxonServerTest extends OnAxonServer {

    @Test
    void what_is_recorded_gets_its_place_in_a_log_that_verifies() throws Exception {
        List<Receipt> receipts =
                record(opening("alpha"), opening("beta"), announcement("alpha", "One"));

        assertThat(node.readModels().await(receipts, PATIENCE)).isTrue();
        assertVerified(3);
        assertThat(server.events().identifiers())
                .containsExactlyElementsOf(LogChecks.ids(receipts));
        assertThat(server.contexts()).containsExactly("default");
    }

    @Test
    void the_database_holds_each_event_as_it_would_without_axon_server() throws Exception {
        Submission other =
                new Submission(opening("beta").command(), new Actor("ada", "elsewhere"), null);
        record(opening("alpha"), announcement("alpha", "One"), other);
        LogChecks.awaitIntact(node, 3);
        List<Map<String, Object>> copies = events(node);

        try (LedgerNode plain = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            plain.ledger().recordAll(List.of(opening("alpha"), announcement("alpha", "One")));
            plain.ledger().record(other);
            assertThat(copies).isEqualTo(events(plain));
        }
    }

    private static List<Map<String, Object>> events(LedgerNode node) {
        return node.database()
                .jdbc()
                .sql(
                        """
                        select aggregate_identifier, sequence_number, type, payload_type,
                            payload_revision, payload, meta_data, length(time_stamp) as digits
                        from domain_event_entry
                        order by global_index
                        """)
                .query()
                .listOfRows();
    }

    @Test
    void rules_hold_on_what_was_stored_before() throws Exception {
        record(opening("alpha"), introduction("alpha", "cloud.price"));
        reopen();

        Refused refused =
                catchThrowableOfType(
                        Refused.class,
                        () -> node.ledger().record(introduction("alpha", "cloud.price")));

        assertThat(refused.rule()).isEqualTo(Rule.TERM_ALREADY_IN_FORCE);
        assertThat(refused.pointer()).isEqualTo("/terms/0/key");
        assertThat(node.ledger().history(new AgreementId("alpha")).size()).isEqualTo(2);
        assertVerified(2);
    }

    @Test
    void a_repeated_request_is_answered_as_the_first_time_also_after_a_restart() throws Exception {
        Receipt first = node.ledger().record(under(KEY, opening("alpha")));
        Receipt second = node.ledger().record(under(KEY, opening("alpha")));
        reopen();
        Receipt third = node.ledger().record(under(KEY, opening("alpha")));

        assertThat(first.repeated()).isFalse();
        assertThat(second)
                .isEqualTo(new Receipt(first.eventId(), first.agreementId(), 1, true))
                .isEqualTo(third);
        assertThat(server.events().count("RequestAnswered")).isEqualTo(1);
        assertVerified(1);
    }

    @Test
    void a_key_serves_one_request_of_one_actor() {
        node.ledger().record(under(KEY, opening("alpha")));
        Submission other =
                under(new RequestKey("key", "other digest"), announcement("alpha", "Other"));

        Refused refused = catchThrowableOfType(Refused.class, () -> node.ledger().record(other));
        Receipt hers =
                node.ledger()
                        .record(
                                new Submission(
                                        other.command(), new Actor("ada", "elsewhere"), KEY));

        assertThat(refused.rule()).isEqualTo(Rule.KEY_REUSED);
        assertThat(hers.repeated()).isFalse();
    }

    @Test
    void a_batch_over_several_agreements_is_stored_whole_or_not_at_all() throws Exception {
        RefusedAt refused =
                catchThrowableOfType(
                        RefusedAt.class,
                        () ->
                                node.ledger()
                                        .recordAll(
                                                List.of(
                                                        under(KEY, opening("alpha")),
                                                        opening("beta"),
                                                        announcement("gamma", "Nobody's"))));
        assertThat(refused.index()).isEqualTo(2);
        assertThat(refused.refused().rule()).isEqualTo(Rule.AGREEMENT_UNKNOWN);
        assertThat(server.events().identifiers()).isEmpty();

        Submission line = under(new RequestKey("line 2", "2"), announcement("alpha", "Two"));
        List<Receipt> receipts =
                node.ledger()
                        .recordAll(
                                List.of(under(KEY, opening("alpha")), opening("beta"), line, line));

        assertThat(receipts.stream().map(Receipt::repeated))
                .containsExactly(false, false, false, true);
        assertThat(receipts.stream().map(Receipt::sequence)).containsExactly(1, 1, 2, 2);
        assertVerified(3);
    }

    @Test
    void what_is_too_large_for_the_bus_is_decided_on_the_spot() throws Exception {
        Submission large = announcement("alpha", "x".repeat(250));
        List<Submission> many = Stream.generate(() -> large).limit(2_400).toList();

        node.ledger().record(opening("alpha"));
        node.ledger().recordAll(many);

        assertThat(server.commands().sendings()).hasSize(1);
        LogChecks.awaitIntact(node, 2_401);
    }

    @Test
    void random_histories_come_to_the_same_by_replay_and_by_the_read_models() throws Exception {
        List<Submission> submissions =
                RandomLedger.ofCount(8, 200).stream()
                        .map(entry ->
                                new Submission(new RecordEntry(entry, null), Drafts.ADA, null))
                        .toList();

        submissions.subList(0, 40).forEach(node.ledger()::record);
        List<Receipt> rest = node.ledger().recordAll(submissions.subList(40, 200));

        assertThat(node.readModels().await(rest, PATIENCE)).isTrue();
        assertVerified(200);
    }
}
