package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.axon.Unconfirmed;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.LogChecks;
import org.agreementledger.node.Race;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one PostgreSQL and one stand-in for Axon Server. */
@Tag("axon-server")
@Timeout(120)
class AxonServerNodesTest {

    private static final RequestKey KEY = new RequestKey("key", "digest");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;

    private final AxonServerStandIn server = new AxonServerStandIn();
    private final List<LedgerNode> nodes = new ArrayList<>();
    private Location location;

    @BeforeEach
    void open() {
        Location fresh = TestDatabase.POSTGRESQL.fresh(folder);
        location = new Location(fresh.data(), fresh.url(), server.address());
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
        server.commands().await(2, PATIENCE);
    }

    @AfterEach
    void close() {
        nodes.parallelStream().forEach(LedgerNode::close);
        server.close();
    }

    private LedgerNode node(int number) {
        return nodes.get(number % nodes.size());
    }

    /** Ids of agreements that are routed to it. */
    private List<String> decidedAt(String client, int count) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "alpha-" + i)
                .filter(id -> server.commands().clientFor(id).equals(client))
                .limit(count)
                .toList();
    }

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
    void nodes_that_race_for_one_agreement_are_all_stored() throws Exception {
        node(0).ledger().record(opening("alpha"));

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        6,
                        writer ->
                                () ->
                                        IntStream.range(0, 10)
                                                .mapToObj(i ->
                                                        node(writer)
                                                                .ledger()
                                                                .record(
                                                                        announcement(
                                                                                "alpha",
                                                                                "Number " + i)))
                                                .toList());

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(node(0), 61);
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

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        4,
                        writer ->
                                () ->
                                        IntStream.range(0, 5)
                                                .mapToObj(i ->
                                                        node(writer)
                                                                .ledger()
                                                                .record(
                                                                        announcement(
                                                                                "alpha",
                                                                                "Number " + i)))
                                                .toList());

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(node(0), 21);
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
