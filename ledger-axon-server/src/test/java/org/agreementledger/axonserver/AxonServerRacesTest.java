package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.node.LogChecks;
import org.agreementledger.node.Race;
import org.junit.jupiter.api.Test;

/** Writers that meet, at one node or in the event store. */
class AxonServerRacesTest extends OnTwoNodes {

    @Test
    void nodes_that_race_for_one_agreement_are_all_stored() throws Exception {
        node(0).ledger().record(opening("alpha"));

        announceAtOnce(6, 10);

        LogChecks.awaitIntact(node(0), 61);
    }

    private void announceAtOnce(int writers, int each) throws Exception {
        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        writers,
                        writer ->
                                () ->
                                        IntStream.range(0, each)
                                                .mapToObj(i -> announcement("alpha", "No. " + i))
                                                .map(node(writer).ledger()::record)
                                                .toList());
        assertThat(Race.thrown(outcomes)).isEmpty();
    }

    /** Decided at two nodes, whose batches begin with another agreement each. */
    @Test
    void batches_that_cross_each_other_are_both_stored() throws Exception {
        Iterator<String> clients = server.commands().clients().iterator();
        String one = decidedAt(clients.next(), 1).getFirst();
        String other = decidedAt(clients.next(), 1).getFirst();
        node(0).ledger().recordAll(List.of(opening(one), opening(other)));
        Submission first = announcement(one, "One of two");
        Submission second = announcement(other, "One of two");

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        6,
                        racer ->
                                () ->
                                        node(racer / 2)
                                                .ledger()
                                                .recordAll(
                                                        racer % 2 == 0
                                                                ? List.of(first, second)
                                                                : List.of(second, first)));

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(node(0), 14);
    }

    @Test
    void a_request_sent_to_both_at_once_is_stored_once() throws Exception {
        node(0).ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));

        List<Race.Outcome<Receipt>> outcomes =
                Race.of(4, racer -> () -> node(racer).ledger().record(request));
        Receipt again = node(1).ledger().record(request);

        assertThat(Race.results(outcomes)).filteredOn(it -> !it.repeated()).hasSize(1);
        assertThat(Race.thrown(outcomes)).hasOnlyElementsOfType(InProgress.class);
        assertThat(again.repeated()).isTrue();
        assertThat(server.events().count("RequestAnswered")).isEqualTo(1);
        LogChecks.awaitIntact(node(0), 2);
    }

    /** Each decides by itself where the bus knows of nobody: then they meet in the event store. */
    @Test
    void a_request_decided_on_at_two_nodes_at_once_is_stored_once() throws Exception {
        for (int i = 0; i < 10; i++) {
            Submission request = under(new RequestKey("key " + i, "digest"), opening("alpha-" + i));
            server.commands().clients().forEach(server.commands()::drop);

            List<Race.Outcome<Receipt>> outcomes =
                    Race.of(2, racer -> () -> node(racer).ledger().record(request));

            assertThat(Race.thrown(outcomes)).isEmpty();
            assertThat(Race.results(outcomes).stream().map(Receipt::repeated))
                    .containsExactlyInAnyOrder(false, true);
        }
        assertThat(server.commands().sendings()).isEmpty();
        assertThat(server.events().count("RequestAnswered")).isEqualTo(10);
        LogChecks.awaitIntact(node(0), 10);
    }

    @Test
    void nodes_that_decide_on_one_agreement_at_once_are_all_stored() throws Exception {
        server.commands().clients().forEach(server.commands()::drop);
        node(0).ledger().record(opening("alpha"));

        announceAtOnce(4, 5);

        LogChecks.awaitIntact(node(0), 21);
    }
}
