package org.agreementledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.witness.Witness.Refusal;
import org.agreementledger.witness.Witness.Refusal.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
@Timeout(120)
class WitnessTest {

    @TempDir Path folder;
    @Parameter TestDatabase database;

    private final ForeignLog log = ForeignLog.of("example.com/log", 20);
    private Location location;
    private LedgerNode node;
    private Witness witness;

    @BeforeEach
    void open() {
        location = database.fresh(folder);
        openAgain();
    }

    private void openAgain() {
        node = LedgerNode.open(location, Clock.systemUTC());
        witness = node.witness(List.of(log.key()), null, null);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void a_tree_that_only_grows_is_cosigned_each_time() {
        for (AddCheckpoint request :
                List.of(
                        log.request(0, 0),
                        log.request(0, 0),
                        log.request(0, 3),
                        log.request(3, 3),
                        log.request(3, 8),
                        log.request(8, 20))) {
            Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());

            SignedNote.Signature cosignature = witness.add(request);

            assertThat(witness.key().cosignedAt(checkpoint, cosignature)).isPresent();
            assertThat(
                            SignedNote.parse(
                                    witness.checkpoint(Digest.sha256Hex(log.key().name()))
                                            .orElseThrow()))
                    .isEqualTo(request.checkpoint().with(cosignature));
        }
    }

    @Test
    void nothing_else_is_cosigned() {
        assertRefused(log.request(3, 8), Reason.OTHER_SIZE, 0);
        witness.add(log.request(0, 8));
        ForeignLog fork = log.forked(20);

        assertRefused(log.request(0, 8), Reason.OTHER_SIZE, 8);
        assertRefused(log.request(3, 8), Reason.OTHER_SIZE, 8);
        assertRefused(
                new AddCheckpoint(8, List.of(), log.checkpoint(3)), Reason.OLD_SIZE_TOO_LARGE, 0);
        assertRefused(fork.request(8, 20), Reason.INCONSISTENT, 8);
        assertRefused(fork.request(8, 8), Reason.INCONSISTENT, 8);
        assertRefused(
                new AddCheckpoint(8, log.proof(8, 20), fork.checkpoint(20)),
                Reason.INCONSISTENT,
                8);
        assertRefused(
                new AddCheckpoint(8, log.proof(7, 20), log.checkpoint(20)), Reason.INCONSISTENT, 8);
        assertRefused(new AddCheckpoint(8, List.of(), log.checkpoint(20)), Reason.INCONSISTENT, 8);
        assertRefused(ForeignLog.of("example.com/other", 3).request(0, 3), Reason.UNKNOWN_LOG, 0);
        assertRefused(ForeignLog.of("example.com/log", 20).request(8, 20), Reason.NOT_SIGNED, 0);
        assertRefused(
                new AddCheckpoint(
                        8,
                        log.proof(8, 20),
                        new SignedNote(log.checkpoint(20).text(), log.checkpoint(19).signatures())),
                Reason.NOT_SIGNED,
                0);

        witness.add(log.request(8, 20));
    }

    @Test
    void the_first_checkpoint_takes_no_proof_and_an_empty_tree_has_one_root() {
        assertRefused(
                new AddCheckpoint(0, log.proof(3, 8), log.checkpoint(8)), Reason.INCONSISTENT, 0);
        Checkpoint wrong = new Checkpoint(log.key().name(), 0, Hash.sha256(new byte[] {1}));
        assertThatThrownBy(() -> witness.add(new AddCheckpoint(0, List.of(), log.signed(wrong))))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.reason()).isEqualTo(Reason.INCONSISTENT));
        assertThat(witness.checkpoint(Digest.sha256Hex(log.key().name()))).isEmpty();
    }

    private void assertRefused(AddCheckpoint request, Reason reason, long size) {
        assertThatThrownBy(() -> witness.add(request))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        e -> {
                            assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason);
                            assertThat(e.size()).isEqualTo(size);
                        });
    }

    @Test
    void what_was_cosigned_is_remembered_and_the_key_stays() {
        witness.add(log.request(0, 8));
        String key = witness.key().toString();
        node.close();
        openAgain();

        assertThat(witness.key()).hasToString(key);
        assertRefused(log.request(0, 3), Reason.OTHER_SIZE, 8);
        assertRefused(log.forked(20).request(8, 20), Reason.INCONSISTENT, 8);
        witness.add(log.request(8, 20));
    }

    @Test
    void of_two_histories_that_meet_one_is_cosigned() throws Exception {
        ForeignLog fork = log.forked(20);
        List<AddCheckpoint> racing = new ArrayList<>();
        for (long size = 1; size <= 4; size++) {
            racing.add(log.request(0, size));
            racing.add(fork.request(0, size));
        }

        assertThat(cosigned(racing)).hasSize(1);
    }

    @Test
    void of_two_sizes_that_meet_the_smaller_one_is_never_remembered_last() throws Exception {
        witness.add(log.request(0, 1));
        for (long from = 1; from < 16; from += 3) {
            List<AddCheckpoint> racing =
                    List.of(
                            log.request(from, from + 1),
                            log.request(from, from + 3),
                            log.request(from + 1, from + 3));
            List<Checkpoint> cosigned = cosigned(racing);

            long newest = cosigned.stream().mapToLong(Checkpoint::size).max().orElseThrow();
            assertThat(remembered()).isEqualTo(newest);
            if (newest < from + 3) {
                witness.add(log.request(newest, from + 3));
            }
        }
    }

    private long remembered() {
        String note = witness.checkpoint(Digest.sha256Hex(log.key().name())).orElseThrow();
        return Checkpoint.parse(SignedNote.parse(note).text()).size();
    }

    /** Those of requests made at once that were. */
    private List<Checkpoint> cosigned(List<AddCheckpoint> racing) throws Exception {
        List<Checkpoint> cosigned = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(racing.size())) {
            List<Callable<Optional<Checkpoint>>> calls = new ArrayList<>();
            racing.forEach(request -> calls.add(() -> cosigned(request)));
            for (Future<Optional<Checkpoint>> future : threads.invokeAll(calls)) {
                future.get().ifPresent(cosigned::add);
            }
        }
        return cosigned;
    }

    private Optional<Checkpoint> cosigned(AddCheckpoint request) {
        try {
            witness.add(request);
            return Optional.of(Checkpoint.parse(request.checkpoint().text()));
        } catch (Refusal e) {
            assertThat(e.reason()).isEqualTo(Reason.OTHER_SIZE);
            return Optional.empty();
        }
    }
}
