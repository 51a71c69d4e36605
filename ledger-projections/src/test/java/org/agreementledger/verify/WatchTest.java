package org.agreementledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.agreementledger.agreement.RandomLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.verify.Verification.Question;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A ledger that is verified while it is in use. */
@Timeout(120)
class WatchTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_recorded_meanwhile_is_no_difference(TestDatabase database) throws Exception {
        List<Submission> all =
                RandomLedger.of(5, 4, 40).stream()
                        .map(e ->
                                new Submission(new RecordEntry(e, null), Actor.local("ada"), null))
                        .toList();
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            node.ledger().recordAll(all.subList(0, 20));
            Thread writer =
                    Thread.ofPlatform()
                            .start(() ->
                                    all.subList(20, all.size())
                                            .forEach(submission ->
                                                    node.ledger().record(submission)));
            List<Verified> found = new ArrayList<>();
            do {
                found.add(
                        node.verification()
                                .verify(
                                        Question.ALL,
                                        SOON,
                                        Verification.Progress.NONE,
                                        Thread::yield));
            } while (writer.isAlive() || found.getLast().events() < all.size());

            assertThat(found)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(it -> assertThat(it.differences()).isEmpty());
            assertThat(found.getFirst().events()).isLessThan(all.size());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_record_that_does_not_fit_is_not_signed_until_it_fits_again(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            node.readModels()
                    .await(
                            node.ledger()
                                    .recordAll(
                                            List.of(
                                                    Drafts.opening("alpha"),
                                                    Drafts.announcement("alpha", "Hello"))),
                            SOON);
            Forger forger = new Forger(node);
            node.watch(Duration.ofMillis(50));
            assertThat(await(node, Verified::ok).events()).isEqualTo(2);
            assertThat(node.tree().failure()).isEmpty();

            forger.forge(
                    "update domain_event_entry set payload = replace(payload, 'Hello', 'Good-bye')");
            Verified forged =
                    await(
                            node,
                            it -> !it.ok() && !it.differences().getFirst().concernsReadModels());
            assertThat(forged.differences().getFirst().place())
                    .startsWith("domain_event_entry, event ")
                    .endsWith("(alpha, entry 2), payload: digest with its salt");
            assertThat(node.tree().failure().orElseThrow())
                    .contains(forged.differences().getFirst().place());

            forger.putBack();
            await(node, Verified::ok);
            assertThat(node.tree().failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void read_models_that_do_not_fit_are_told_but_no_reason_not_to_sign(TestDatabase database) {
        try (LedgerNode node = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            node.readModels()
                    .await(node.ledger().recordAll(List.of(Drafts.opening("alpha"))), SOON);
            node.database().jdbc().sql("update entry set title = 'Forged'").update();
            node.watch(Duration.ofMillis(50));

            await(node, it -> !it.ok());

            assertThat(node.tree().failure()).isEmpty();
        }
    }

    private static Verified await(LedgerNode node, Predicate<Verified> expected) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Verified> last = node.lastVerification().map(Watch.Last::verified);
            if (last.filter(expected).isPresent()) {
                return last.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("not found: " + node.lastVerification());
    }
}
