package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Unconfirmed;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LogChecks;
import org.junit.jupiter.api.Test;

/** Where a request is decided on, and what comes back. */
class AxonServerNodesTest extends OnTwoNodes {

    @Test
    void an_agreement_is_decided_on_at_one_node_whoever_is_asked() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String client : server.commands().clients()) {
            ids.addAll(decidedAt(client, 4));
        }

        for (int i = 0; i < 8; i++) {
            node(i).ledger().record(opening(ids.get(i)));
            node(i + 1).ledger().record(announcement(ids.get(i), "At the other one"));
        }

        List<RoutedCommands.Sending> sendings = server.commands().sendings();
        assertThat(sendings).hasSize(16);
        assertThat(sendings.stream().distinct()).hasSize(8);
        assertThat(sendings.stream().map(RoutedCommands.Sending::clientId).distinct()).hasSize(2);
        LogChecks.awaitIntact(node(0), 16);
    }

    @Test
    void a_read_at_one_node_sees_what_another_acknowledged() {
        for (int i = 0; i < 6; i++) {
            Receipt receipt = node(i).ledger().record(opening("alpha-" + i));
            LedgerNode other = node(i + 1);

            assertThat(other.readModels().await(List.of(receipt), PATIENCE)).isTrue();
            assertThat(other.entries().entry(receipt.agreementId(), 1)).isPresent();
            assertThat(other.ledger().history(receipt.agreementId()).size()).isEqualTo(1);
        }
    }

    @Test
    void a_refusal_is_the_same_wherever_it_was_decided() {
        node(0).ledger().recordAll(List.of(opening("alpha"), introduction("alpha", "cloud.price")));

        for (LedgerNode node : nodes) {
            Refused refused =
                    catchThrowableOfType(
                            Refused.class,
                            () -> node.ledger().record(introduction("alpha", "cloud.price")));
            assertThat(refused.rule()).isEqualTo(Rule.TERM_ALREADY_IN_FORCE);
            assertThat(refused.pointer()).isEqualTo("/terms/0/key");
            assertThat(refused).hasMessageContaining("cloud.price");

            RefusedAt second =
                    catchThrowableOfType(
                            RefusedAt.class,
                            () ->
                                    node.ledger()
                                            .recordAll(
                                                    List.of(
                                                            announcement("alpha", "Fine"),
                                                            Drafts.expecting(
                                                                    7,
                                                                    announcement(
                                                                            "alpha", "Moved")))));
            assertThat(second.index()).isEqualTo(1);
            assertThat(second.refused().rule()).isEqualTo(Rule.SEQUENCE_MOVED);
        }
    }

    /** The entry is stored; that nobody says so must not look like a refusal. */
    @Test
    void who_waits_for_a_node_that_died_is_told_that_nothing_is_known() throws Exception {
        node(0).ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));
        String decider = server.commands().clientFor("alpha");

        server.events().afterNext(() -> server.commands().drop(decider));
        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node(0).ledger().record(request));

        Receipt receipt = node(1).ledger().record(request);
        assertThat(receipt.repeated()).isTrue();
        LogChecks.awaitIntact(node(0), 2);
    }

    @Test
    void the_other_node_goes_on_where_one_ended() throws Exception {
        node(0).ledger().record(opening("alpha"));
        nodes.removeFirst().close();

        node(0).ledger().record(announcement("alpha", "Alone"));

        assertThat(server.commands().clients()).hasSize(1);
        assertThat(node(0).ledger().history(new AgreementId("alpha")).size()).isEqualTo(2);
        LogChecks.awaitIntact(node(0), 2);
    }
}
