package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.axon.Submission.RequestKey;
import org.agreementledger.node.LedgerNode.Location;
import org.axonframework.common.DateTimeUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SeveralNodesTest {

    @TempDir Path folder;
    Location location;
    List<LedgerNode> nodes = new ArrayList<>();

    @BeforeEach
    void open() {
        location = TestDatabase.POSTGRESQL.fresh(folder);
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        nodes.forEach(LedgerNode::close);
    }

    @Test
    void a_node_decides_on_what_another_one_wrote() {
        nodes.getFirst().ledger().record(opening("alpha"));
        nodes.getLast().ledger().record(introduction("alpha", "cloud.price"));

        Refused refused =
                catchThrowableOfType(
                        Refused.class,
                        () ->
                                nodes.getFirst()
                                        .ledger()
                                        .record(introduction("alpha", "cloud.price")));

        assertThat(refused.rule()).isEqualTo(Rule.TERM_ALREADY_IN_FORCE);
        assertThat(nodes.getFirst().ledger().history(new AgreementId("alpha")).size()).isEqualTo(2);
    }

    @Test
    void nodes_that_race_for_one_agreement_are_all_stored() throws Exception {
        nodes.getFirst().ledger().record(opening("alpha"));

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        8,
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
        LogChecks.awaitIntact(nodes.getFirst(), 81);
    }

    @Test
    void nodes_that_race_to_open_an_agreement_store_one_opening() throws Exception {
        List<Race.Outcome<Receipt>> outcomes =
                Race.of(8, racer -> () -> node(racer).ledger().record(opening("alpha")));

        assertThat(Race.results(outcomes)).hasSize(1);
        assertThat(Race.thrown(outcomes))
                .allSatisfy(e ->
                        assertThat(e)
                                .isInstanceOfSatisfying(
                                        Refused.class,
                                        r ->
                                                assertThat(r.rule())
                                                        .isEqualTo(Rule.AGREEMENT_EXISTS)));
        LogChecks.awaitIntact(nodes.getFirst(), 1);
    }

    @Test
    void one_request_sent_to_two_nodes_at_once_is_stored_once() throws Exception {
        nodes.getFirst().ledger().record(opening("alpha"));
        Submission request = under(new RequestKey("key", "digest"), announcement("alpha", "Once"));

        List<Race.Outcome<Receipt>> outcomes =
                Race.of(2, racer -> () -> node(racer).ledger().record(request));

        assertThat(Race.thrown(outcomes)).isEmpty();
        assertThat(Race.results(outcomes).stream().map(Receipt::repeated))
                .containsExactlyInAnyOrder(false, true);
        assertThat(Race.results(outcomes).stream().map(Receipt::eventId).distinct()).hasSize(1);
        LogChecks.awaitIntact(nodes.getFirst(), 2);
    }

    @Test
    void batches_that_cross_each_other_are_both_stored() throws Exception {
        nodes.getFirst().ledger().recordAll(List.of(opening("alpha"), opening("beta")));
        Submission alpha = announcement("alpha", "One of two");
        Submission beta = announcement("beta", "One of two");

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        8,
                        racer ->
                                () ->
                                        node(racer / 2)
                                                .ledger()
                                                .recordAll(
                                                        racer % 2 == 0
                                                                ? List.of(alpha, beta)
                                                                : List.of(beta, alpha)));

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(nodes.getFirst(), 18);
    }

    @Test
    void when_the_node_that_sequences_goes_another_one_goes_on() throws Exception {
        nodes.getFirst().ledger().record(opening("alpha"));
        LogChecks.awaitIntact(nodes.getLast(), 1);

        nodes.removeFirst().close();
        nodes.getFirst().ledger().record(announcement("alpha", "After it left"));

        LogChecks.awaitIntact(nodes.getFirst(), 2);
    }

    /** Also where its clock was ahead. */
    @Test
    void when_the_node_that_sequences_dies_another_one_takes_over() throws Exception {
        nodes.getFirst().ledger().record(opening("alpha"));
        LogChecks.awaitIntact(nodes.getFirst(), 1);
        nodes.forEach(LedgerNode::close);
        Duration ahead = Duration.ofDays(10);
        try (Database alone = Database.open(DatabaseSettings.of(location))) {
            alone.jdbc()
                    .sql("update token_entry set owner = 'dead', time_stamp = :ahead")
                    .param("ahead", DateTimeUtils.formatInstant(Instant.now().plus(ahead)))
                    .update();
        }
        nodes.clear();
        nodes.add(LedgerNode.open(location, Clock.systemUTC()));

        nodes.getFirst().ledger().record(announcement("alpha", "Its claim runs out"));

        LogChecks.awaitIntact(nodes.getFirst(), 2);
    }

    @Test
    void a_node_that_has_not_the_key_of_the_others_does_not_start() {
        Location elsewhere = new Location(folder.resolve("elsewhere"), location.url());

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(elsewhere, Clock.systemUTC()))
                .withMessageContaining(
                        nodes.getFirst().tree().key().orElseThrow().toString(), "--log-key");
    }

    @Test
    void nodes_that_start_at_once_for_the_first_time_agree_on_one_key() throws Exception {
        Location fresh = TestDatabase.POSTGRESQL.untouched(folder);
        Database.open(DatabaseSettings.of(fresh)).close();

        List<Race.Outcome<LedgerNode>> outcomes =
                Race.of(3, _ -> () -> LedgerNode.open(fresh, Clock.systemUTC()));
        nodes.addAll(Race.results(outcomes));

        assertThat(Race.thrown(outcomes)).isEmpty();
        LedgerNode last = nodes.getLast();
        last.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(last, 1);
    }

    private LedgerNode node(int index) {
        return nodes.get(index % nodes.size());
    }
}
