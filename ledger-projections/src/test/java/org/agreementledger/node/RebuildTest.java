package org.agreementledger.node;

import static org.agreementledger.node.Drafts.announcement;
import static org.agreementledger.node.Drafts.introduction;
import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.rebuild.RebuildStatus;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.agreementledger.rebuild.Rebuilds;
import org.agreementledger.verify.Verification;
import org.agreementledger.verify.Verified;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RebuildTest extends OnBothDatabases {

    private static final int AGREEMENTS = 8;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LocalDate DAY = LocalDate.of(2023, 1, 1);

    @Test
    void who_reads_and_who_writes_does_not_notice() throws Exception {
        record(120);
        Moment then = now(node);
        List<TermsAnswer> before = answers(node, then);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int writer = i;
            threads.add(
                    unlessItFails(
                            failures,
                            done,
                            () -> {
                                writeAndRead(writer, written.incrementAndGet());
                            }));
            threads.add(
                    unlessItFails(
                            failures,
                            done,
                            () -> {
                                assertThat(answers(node, then)).isEqualTo(before);
                                read.incrementAndGet();
                            }));
        }

        RebuildStatus first = node.rebuilds().run(1, _ -> {});
        RebuildStatus second = node.rebuilds().run(2, _ -> {});

        done.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(first.state()).isEqualTo(State.DONE);
        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(second.position()).isEqualTo(second.entries()).isGreaterThan(120);
        assertThat(written).hasPositiveValue();
        assertThat(read).hasPositiveValue();
        assertThat(answers(node, then)).isEqualTo(before);
        requireSound();
        assertThat(leftovers()).isEmpty();
    }

    private interface Work {
        void once() throws Exception;
    }

    private static Thread unlessItFails(Queue<Throwable> failures, AtomicBoolean done, Work work) {
        return Thread.ofPlatform()
                .start(() -> {
                    try {
                        while (!done.get() && failures.isEmpty()) {
                            work.once();
                        }
                    } catch (Exception | AssertionError e) {
                        failures.add(e);
                    }
                });
    }

    /** What is acknowledged is there for whoever asks next. */
    private void writeAndRead(int writer, int number) {
        String id = "agreement-" + (number * 2 + writer) % AGREEMENTS;
        Receipt receipt = node.ledger().record(announcement(id, "Meanwhile"));
        assertThat(node.readModels().await(List.of(receipt), SOON)).isTrue();
        assertThat(node.entries().entry(new AgreementId(id), receipt.sequence())).isPresent();
    }

    @Test
    void one_that_fails_leaves_what_is_read_as_it_was() {
        record(40);
        Moment then = now(node);
        List<TermsAnswer> before = answers(node, then);
        String payload = payload(20);
        alterPayload(20, "{");

        assertThatThrownBy(() -> node.rebuilds().run(2, _ -> {})).isInstanceOf(Exception.class);

        RebuildStatus failed = node.rebuilds().status();
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.failure()).isNotEmpty();
        assertThat(failed.inPlace()).isFalse();
        assertThat(failed.cutShort().orElseThrow()).contains("as they were");
        assertThat(answers(node, then)).isEqualTo(before);
        Receipt receipt = node.ledger().record(announcement("agreement-0", "Afterwards"));
        assertThat(node.readModels().await(List.of(receipt), SOON)).isTrue();
        assertThat(leftovers()).isNotEmpty();

        alterPayload(20, payload);
        node.rebuilds().run(2, _ -> {});

        assertThat(node.rebuilds().status().state()).isEqualTo(State.DONE);
        assertThat(leftovers()).isEmpty();
        requireSound();
    }

    @Test
    void one_at_a_time() {
        record(10);
        LedgerNode other = another();
        List<Throwable> refused = new ArrayList<>();
        try {
            node.rebuilds()
                    .run(
                            1,
                            status -> {
                                if (status.state().isUnderWay()) {
                                    try {
                                        other.rebuilds().run(1, _ -> {});
                                    } catch (Rebuilds.UnderWay e) {
                                        refused.add(e);
                                    }
                                }
                            });

            assertThat(refused).isNotEmpty();
            assertThat(other.rebuilds().status().state()).isEqualTo(State.DONE);
            assertThat(other.rebuilds().run(1, _ -> {}).number()).isEqualTo(2);
        } finally {
            if (other != node) {
                other.close();
            }
        }
    }

    @Test
    void another_node_reads_the_new_ones() {
        Assumptions.assumeTrue(database == TestDatabase.POSTGRESQL);
        record(20);
        AgreementId id = new AgreementId("agreement-0");
        try (LedgerNode other = another()) {
            Moment then = now(node);
            Optional<TermsAnswer> right = node.terms().asOf(id, DAY, then, View.CONFIRMED);
            node.database()
                    .jdbc()
                    .sql("update term_version set valid_to = date '2022-01-01'")
                    .update();
            assertThat(other.terms().asOf(id, DAY, then, View.CONFIRMED)).isNotEqualTo(right);

            node.rebuilds().run(2, _ -> {});

            long deadline = System.nanoTime() + SOON.toNanos();
            while (!other.terms().asOf(id, DAY, then, View.CONFIRMED).equals(right)) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            Receipt receipt = other.ledger().record(announcement("agreement-0", "On the other"));
            assertThat(node.readModels().await(List.of(receipt), SOON)).isTrue();
        }
        requireSound();
    }

    /** Names change one by one on the embedded database. */
    @Test
    void a_process_that_ended_between_two_names_has_lost_nothing() {
        Assumptions.assumeTrue(database == TestDatabase.H2);
        record(20);
        Moment then = now(node);
        List<TermsAnswer> before = answers(node, then);
        node.database().jdbc().sql("update rebuild set number = 1, state = 'building'").update();
        node.readModels().close();
        node.database().jdbc().sql("alter schema models rename to models_old").update();

        reopen(Clock.systemUTC());

        assertThat(answers(node, then)).isEqualTo(before);
        assertThat(node.rebuilds().status().state()).isEqualTo(State.INTERRUPTED);
        assertThat(node.rebuilds().run(1, _ -> {}).state()).isEqualTo(State.DONE);
        requireSound();
    }

    /** The embedded database has one node only. */
    private LedgerNode another() {
        return database == TestDatabase.H2 ? node : LedgerNode.open(location, Clock.systemUTC());
    }

    private void record(int entries) {
        List<Submission> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            String id = "agreement-" + i % AGREEMENTS;
            all.add(
                    i < AGREEMENTS
                            ? opening(id)
                            : i % 3 == 0
                                    ? introduction(id, "key.number" + i)
                                    : announcement(id, "Number " + i));
        }
        assertThat(node.readModels().await(node.ledger().recordAll(all), SOON)).isTrue();
    }

    private static Moment now(LedgerNode node) {
        return node.readModels().resolve(new KnownAt.Now());
    }

    private static List<TermsAnswer> answers(LedgerNode node, Moment moment) {
        List<TermsAnswer> answers = new ArrayList<>();
        for (int i = 0; i < AGREEMENTS; i++) {
            answers.add(
                    node.terms()
                            .asOf(new AgreementId("agreement-" + i), DAY, moment, View.CONFIRMED)
                            .orElseThrow());
        }
        return answers;
    }

    private void requireSound() {
        try {
            Verified verified =
                    node.verification()
                            .verify(
                                    Verification.Question.ALL,
                                    SOON,
                                    Verification.Progress.NONE,
                                    () -> {});
            assertThat(verified.differences()).isEmpty();
            assertThat(verified.ok()).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> leftovers() {
        return node.database()
                .jdbc()
                .sql(
                        "select schema_name from information_schema.schemata where lower(schema_name) like '%models\\_%'")
                .query(String.class)
                .list();
    }

    private String payload(long position) {
        return node.database()
                .jdbc()
                .sql(
                        "select payload from domain_event_entry e join log_entry l on l.event_id = e.event_identifier where l.position = :position")
                .param("position", position)
                .query(String.class)
                .single();
    }

    private void alterPayload(long position, String payload) {
        boolean h2 = database == TestDatabase.H2;
        try (Connection connection = node.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    h2
                            ? "drop trigger domain_event_entry_append_only"
                            : "set session_replication_role = replica");
            statement.execute(
                    "update domain_event_entry set payload = '%s' where event_identifier = (select event_id from log_entry where position = %d)"
                            .formatted(payload.replace("'", "''"), position));
            statement.execute(
                    h2
                            ? "create trigger domain_event_entry_append_only before update, delete on domain_event_entry for each row call 'org.agreementledger.log.AppendOnly'"
                            : "set session_replication_role = origin");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
