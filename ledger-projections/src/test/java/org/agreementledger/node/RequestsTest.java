package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.util.List;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.junit.jupiter.api.Test;

class RequestsTest extends OnBothDatabases {

    private static final RequestKey KEY = new RequestKey("key", "digest");

    @Test
    void a_repeated_request_is_answered_as_the_first_time() throws Exception {
        Receipt first = node.ledger().record(under(KEY, opening("alpha")));
        Receipt second = node.ledger().record(under(KEY, opening("alpha")));

        assertThat(first.repeated()).isFalse();
        assertThat(second)
                .isEqualTo(
                        new Receipt(first.eventId(), first.agreementId(), first.sequence(), true));
        LogChecks.awaitIntact(node, 1);
    }

    @Test
    void a_repeated_request_is_known_after_a_restart() {
        Receipt first = node.ledger().record(under(KEY, opening("alpha")));

        reopen(Clock.systemUTC());

        assertThat(node.ledger().record(under(KEY, opening("alpha"))).eventId())
                .isEqualTo(first.eventId());
    }

    @Test
    void a_key_serves_one_request_only() {
        node.ledger().record(under(KEY, opening("alpha")));

        Refused refused =
                catchThrowableOfType(
                        Refused.class,
                        () ->
                                node.ledger()
                                        .record(
                                                under(
                                                        new RequestKey("key", "other digest"),
                                                        announcement("alpha", "Other"))));

        assertThat(refused.rule()).isEqualTo(Rule.KEY_REUSED);
        assertThat(LogChecks.storedEventIds(node)).hasSize(1);
    }

    @Test
    void two_actors_can_choose_the_same_key() {
        node.ledger().record(under(KEY, opening("alpha")));
        Submission hers = under(KEY, announcement("alpha", "Mine"));

        Receipt receipt =
                node.ledger()
                        .record(new Submission(hers.command(), new Actor("ada", "elsewhere"), KEY));

        assertThat(receipt.repeated()).isFalse();
        assertThat(receipt.sequence()).isEqualTo(2);
    }

    @Test
    void a_refused_request_is_not_remembered() {
        catchThrowableOfType(
                Refused.class, () -> node.ledger().record(under(KEY, announcement("alpha", "No"))));
        node.ledger().record(opening("alpha"));

        assertThat(node.ledger().record(under(KEY, announcement("alpha", "Yes"))).repeated())
                .isFalse();
    }

    @Test
    void of_eight_racing_equal_requests_one_is_stored() throws Exception {
        node.ledger().record(opening("alpha"));

        List<Race.Outcome<Receipt>> outcomes =
                Race.of(
                        8,
                        _ -> () -> node.ledger().record(under(KEY, announcement("alpha", "Once"))));

        List<Receipt> receipts = Race.results(outcomes);
        assertThat(receipts).filteredOn(receipt -> !receipt.repeated()).hasSize(1);
        assertThat(receipts).allSatisfy(receipt -> assertThat(receipt.sequence()).isEqualTo(2));
        assertThat(Race.thrown(outcomes)).hasOnlyElementsOfType(InProgress.class);
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void an_import_that_is_repeated_in_part_stores_only_the_rest() throws Exception {
        Submission opening = under(new RequestKey("line 1", "1"), opening("alpha"));
        Submission line2 = under(new RequestKey("line 2", "2"), announcement("alpha", "Two"));
        node.ledger().record(opening);

        List<Receipt> receipts = node.ledger().recordAll(List.of(opening, line2, line2));

        assertThat(receipts.stream().map(Receipt::repeated)).containsExactly(true, false, true);
        assertThat(receipts.stream().map(Receipt::sequence)).containsExactly(1, 2, 2);
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void many_that_are_refused_remember_no_request_of_theirs() {
        Submission opening = under(KEY, opening("alpha"));

        catchThrowableOfType(
                RefusedAt.class, () -> node.ledger().recordAll(List.of(opening, opening("alpha"))));

        assertThat(node.ledger().record(opening).repeated()).isFalse();
    }
}
