package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.expecting;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.History;
import org.agreementledger.agreement.Refused;
import org.agreementledger.agreement.Rule;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.Logged;
import org.junit.jupiter.api.Test;

class WritingTest extends OnBothDatabases {

    private static final AgreementId ALPHA = new AgreementId("alpha");

    @Test
    void a_write_is_stored_and_then_gets_its_position() throws Exception {
        Receipt first = node.ledger().record(opening("alpha"));
        Receipt second = node.ledger().record(announcement("alpha", "Hello"));

        assertThat(first.sequence()).isEqualTo(1);
        assertThat(second.sequence()).isEqualTo(2);
        List<Logged> logged = LogChecks.awaitIntact(node, 2);
        assertThat(logged.stream().map(l -> l.log().eventId()))
                .containsExactly(first.eventId(), second.eventId());
        assertThat(logged.getLast().event().entry())
                .isEqualTo(announcement("alpha", "Hello").command().entry());
        assertThat(logged.getLast().log().recordedBy()).isEqualTo(Drafts.ADA);
        assertThat(node.log().positionOf(second.eventId())).hasValue(1);
    }

    @Test
    void what_is_stored_can_be_read_without_the_program() {
        node.ledger().record(opening("alpha"));

        Map<String, Object> row =
                node.database()
                        .jdbc()
                        .sql(
                                "select payload_type, payload_revision, payload, meta_data from domain_event_entry")
                        .query()
                        .singleRow();

        assertThat(row.get("payload_type")).isEqualTo("AgreementOpened");
        assertThat(row.get("payload_revision")).isEqualTo("1");
        assertThat(row.get("payload"))
                .isEqualTo(
                        """
                        {"sequence":1,"entry":{"kind":"opening","agreementId":"alpha",\
                        "title":"The agreement alpha",\
                        "parties":[{"id":"one","name":"One Ltd"},{"id":"two","name":"Two Ltd"}],\
                        "occurredOn":"2021-01-01",\
                        "terms":[{"action":"introduce","key":"cloud.exclusivity","statement":"Exclusive."}]}}\
                        """);
        assertThat((String) row.get("meta_data"))
                .contains("\"recordedBy.id\":\"ada\"", "\"recordedBy.issuer\":\"local\"")
                .hasSize("{\"recordedBy.id\":\"ada\",\"recordedBy.issuer\":\"local\"}".length());
    }

    @Test
    void a_refused_entry_comes_out_as_itself_and_stores_nothing() {
        Refused refused =
                catchThrowableOfType(
                        Refused.class,
                        () -> node.ledger().record(announcement("alpha", "Too early")));

        assertThat(refused.rule()).isEqualTo(Rule.AGREEMENT_UNKNOWN);
        assertThat(refused.pointer()).isEqualTo("/agreementId");
        assertThat(LogChecks.storedEventIds(node)).isEmpty();
    }

    @Test
    void trying_out_finds_what_recording_would_and_stores_nothing() {
        node.ledger().record(opening("alpha"));

        Effect effect =
                node.ledger().tryOut(introduction("alpha", "cloud.price").command()).effect();

        assertThat(effect.sum()).isEqualTo(Effect.Sum.CHANGED);
        assertThat(node.ledger().history(ALPHA).size()).isEqualTo(1);
        assertThat(LogChecks.storedEventIds(node)).hasSize(1);
        assertThatThrownBy(() -> node.ledger().tryOut(opening("alpha").command()))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.rule()).isEqualTo(Rule.AGREEMENT_EXISTS));
    }

    @Test
    void an_unknown_agreement_has_an_empty_history() {
        assertThat(node.ledger().history(ALPHA)).isSameAs(History.EMPTY);
    }

    @Test
    void a_writer_who_saw_an_older_agreement_is_told() {
        node.ledger().record(opening("alpha"));
        node.ledger().record(expecting(1, announcement("alpha", "I saw the opening")));

        Refused refused =
                catchThrowableOfType(
                        Refused.class,
                        () ->
                                node.ledger()
                                        .record(expecting(1, announcement("alpha", "So did I"))));

        assertThat(refused.rule()).isEqualTo(Rule.SEQUENCE_MOVED);
    }

    @Test
    void eight_racing_writers_of_one_agreement_are_all_stored() throws Exception {
        node.ledger().record(opening("alpha"));

        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(8, writer -> () -> writeTen("alpha", "writer " + writer));

        assertThat(Race.thrown(outcomes)).isEmpty();
        assertThat(Race.results(outcomes).stream().flatMap(List::stream).map(Receipt::sequence))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 81).boxed().toList());
        LogChecks.awaitIntact(node, 81);
    }

    @Test
    void eight_racing_writers_of_eight_agreements_are_all_stored() throws Exception {
        List<Race.Outcome<List<Receipt>>> outcomes =
                Race.of(
                        8,
                        writer ->
                                () -> {
                                    node.ledger().record(opening("agreement-" + writer));
                                    return writeTen("agreement-" + writer, "writer");
                                });

        assertThat(Race.thrown(outcomes)).isEmpty();
        LogChecks.awaitIntact(node, 88);
    }

    private List<Receipt> writeTen(String agreementId, String title) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            receipts.add(node.ledger().record(announcement(agreementId, title + ", " + i)));
        }
        return receipts;
    }

    @Test
    void of_eight_racing_openings_one_is_stored_and_the_others_learn_that_it_exists()
            throws Exception {
        List<Race.Outcome<Receipt>> outcomes =
                Race.of(8, _ -> () -> node.ledger().record(opening("alpha")));

        assertThat(Race.results(outcomes)).hasSize(1);
        assertThat(Race.thrown(outcomes))
                .hasSize(7)
                .allSatisfy(e ->
                        assertThat(e)
                                .isInstanceOfSatisfying(
                                        Refused.class,
                                        r ->
                                                assertThat(r.rule())
                                                        .isEqualTo(Rule.AGREEMENT_EXISTS)));
        LogChecks.awaitIntact(node, 1);
    }

    @Test
    void many_at_once_are_stored_in_their_order() throws Exception {
        List<Receipt> receipts =
                node.ledger()
                        .recordAll(
                                List.of(
                                        opening("alpha"),
                                        opening("beta"),
                                        introduction("alpha", "cloud.price"),
                                        announcement("beta", "Between them"),
                                        announcement("alpha", "After them")));

        assertThat(receipts.stream().map(Receipt::sequence)).containsExactly(1, 1, 2, 2, 3);
        assertThat(LogChecks.awaitIntact(node, 5).stream().map(l -> l.log().eventId()))
                .containsExactlyElementsOf(LogChecks.ids(receipts));
    }

    @Test
    void one_wrong_among_many_stores_none_of_them() throws Exception {
        node.ledger().record(opening("alpha"));
        List<Submission> submissions =
                List.of(
                        announcement("alpha", "Right"),
                        opening("beta"),
                        introduction("alpha", "cloud.exclusivity"),
                        announcement("alpha", "Right as well"),
                        announcement("beta", "And this"));

        RefusedAt refused =
                catchThrowableOfType(RefusedAt.class, () -> node.ledger().recordAll(submissions));

        assertThat(refused.index()).isEqualTo(2);
        assertThat(refused.refused().rule()).isEqualTo(Rule.TERM_ALREADY_IN_FORCE);
        assertThat(LogChecks.storedEventIds(node)).hasSize(1);
        assertThat(node.ledger().history(ALPHA).size()).isEqualTo(1);
        assertThat(node.ledger().history(new AgreementId("beta"))).isSameAs(History.EMPTY);
        assertThat(node.ledger().record(announcement("alpha", "Right")).sequence()).isEqualTo(2);
        LogChecks.awaitIntact(node, 2);
    }

    @Test
    void nothing_at_all_is_stored_as_well() {
        assertThat(node.ledger().recordAll(List.of())).isEmpty();
    }

    @Test
    void a_restart_keeps_everything_and_goes_on_from_there() throws Exception {
        node.ledger().recordAll(List.of(opening("alpha"), announcement("alpha", "Before")));
        List<Logged> before = LogChecks.awaitIntact(node, 2);

        reopen(Clock.systemUTC());

        assertThat(LogChecks.all(node)).isEqualTo(before);
        assertThat(node.ledger().record(announcement("alpha", "After")).sequence()).isEqualTo(3);
        assertThat(LogChecks.awaitIntact(node, 3).subList(0, 2)).isEqualTo(before);
    }

    @Test
    void record_time_stands_still_while_the_clock_is_set_back() throws Exception {
        Instant noon = Instant.parse("2026-11-23T12:00:00.123Z");
        SettableClock clock = new SettableClock(noon);
        reopen(clock);
        node.ledger().record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);

        clock.set(noon.minusSeconds(3600));
        node.ledger().record(announcement("alpha", "An hour earlier, it seems"));
        LogChecks.awaitIntact(node, 2);
        clock.set(noon.plusSeconds(1));
        node.ledger().record(announcement("alpha", "Later"));

        assertThat(LogChecks.awaitIntact(node, 3).stream().map(l -> l.log().recordedAt()))
                .containsExactly(noon, noon, noon.plusSeconds(1));
    }
}
