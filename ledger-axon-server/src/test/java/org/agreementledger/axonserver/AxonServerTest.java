package org.agreementledger.axonserver;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.agreementledger.node.Drafts.under;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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
import org.agreementledger.axon.Unconfirmed;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.LogChecks;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.verify.Verification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One node; its database on both kinds, its events where something stands in for Axon Server. */
@Tag("axon-server")
@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class AxonServerTest {

    private static final RequestKey KEY = new RequestKey("key", "digest");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path folder;
    @Parameter TestDatabase database;

    private final AxonServerStandIn server = new AxonServerStandIn("secret");
    private Location location;
    private LedgerNode node;

    @BeforeEach
    void open() {
        Location fresh = database.fresh(folder);
        location = new Location(fresh.data(), fresh.url(), server.address());
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        node.close();
        server.close();
    }

    private void reopen() {
        node.close();
        node = LedgerNode.open(location, Clock.systemUTC());
    }

    private Location withoutAxonServer() {
        return new Location(location.data(), location.url());
    }

    private List<Receipt> record(Submission... submissions) {
        return Stream.of(submissions).map(node.ledger()::record).toList();
    }

    private void assertVerified(int entries) throws InterruptedException {
        LogChecks.awaitIntact(node, entries);
        var verified =
                node.verification()
                        .verify(
                                Verification.Question.ALL,
                                PATIENCE,
                                Verification.Progress.NONE,
                                () -> {});
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.events()).isEqualTo(entries);
        var now = node.readModels().resolve(new KnownAt.Now());
        assertThat(node.replay().check(null, now, _ -> {}).differences()).isEmpty();
    }

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
    void a_connection_that_breaks_before_the_append_is_stored_leaves_nothing() throws Exception {
        node.ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));

        server.events().insteadOfNext(server::kill);
        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(request))
                .withMessageContaining("may or may not be recorded");
        assertThat(server.events().identifiers()).hasSize(1);
        server.restart();

        assertThat(again(request).repeated()).isFalse();
        assertVerified(2);
    }

    @Test
    void one_that_breaks_after_the_append_is_stored_stores_nothing_twice() throws Exception {
        node.ledger().record(opening("alpha"));
        Submission request = under(KEY, announcement("alpha", "Once"));

        server.events().afterNext(server::kill);
        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(request));
        server.restart();

        Receipt receipt = again(request);
        assertThat(receipt.repeated()).isTrue();
        assertThat(receipt.sequence()).isEqualTo(2);
        assertVerified(2);
    }

    /** Until the connection is there again. */
    private Receipt again(Submission request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return node.ledger().record(request);
            } catch (Unconfirmed e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    @Test
    void while_axon_server_is_away_nothing_is_acknowledged_and_what_is_there_is_read()
            throws Exception {
        List<Receipt> receipts = record(opening("alpha"));
        assertThat(node.readModels().await(receipts, PATIENCE)).isTrue();
        server.kill();

        assertThatExceptionOfType(Unconfirmed.class)
                .isThrownBy(() -> node.ledger().record(announcement("alpha", "Lost")));
        assertThat(node.log().newest()).isZero();
        assertThat(node.entries().at(0)).isPresent();

        server.restart();
        again(under(KEY, announcement("alpha", "There again")));
        assertVerified(2);
    }

    @Test
    void entries_that_no_node_has_sequenced_get_their_place_at_the_next_start() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();
        Location elsewhere = database.fresh(folder);
        try (LedgerNode other =
                LedgerNode.open(
                        new Location(elsewhere.data(), elsewhere.url(), server.address()),
                        Clock.systemUTC())) {
            other.ledger().record(announcement("alpha", "Of another database"));
            LogChecks.awaitIntact(other, 2);
        }

        node = LedgerNode.open(location, Clock.systemUTC());

        assertVerified(2);
    }

    @Test
    void an_axon_server_that_has_lost_events_or_is_another_one_is_refused() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();

        server.events().loseAll();
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("is another one, or has lost events");

        Location elsewhere = database.fresh(folder);
        try (LedgerNode other =
                LedgerNode.open(
                        new Location(elsewhere.data(), elsewhere.url(), server.address()),
                        Clock.systemUTC())) {
            other.ledger().record(opening("beta"));
            other.ledger().record(opening("gamma"));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("is another one, or has lost events");
    }

    @Test
    void an_axon_server_that_cannot_be_reached_is_refused() {
        node.close();
        server.kill();

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining("cannot be reached");
    }

    @Test
    void a_ledger_whose_events_are_there_records_nowhere_else() throws Exception {
        record(opening("alpha"));
        LogChecks.awaitIntact(node, 1);
        node.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(withoutAxonServer(), Clock.systemUTC()))
                .withMessageContaining("--axon-server");
        try (LedgerNode reader = LedgerNode.openToRead(withoutAxonServer(), Clock.systemUTC())) {
            assertThat(reader.entries().at(0)).isPresent();
            assertThat(reader.readOnly()).isPresent();
        }
    }

    @Test
    void a_ledger_with_events_of_its_own_stays_where_they_are() {
        Location plain = database.fresh(folder);
        try (LedgerNode before = LedgerNode.open(plain, Clock.systemUTC())) {
            before.ledger().record(opening("alpha"));
        }

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LedgerNode.open(
                                new Location(plain.data(), plain.url(), server.address()),
                                Clock.systemUTC()))
                .withMessageContaining("leave --axon-server out");
        LedgerNode.open(plain, Clock.systemUTC()).close();
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
