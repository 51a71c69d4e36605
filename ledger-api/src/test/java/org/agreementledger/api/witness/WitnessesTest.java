package org.agreementledger.api.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.agreementledger.api.Doors;
import org.agreementledger.api.Doors.Answer;
import org.agreementledger.api.Outlets;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.Drafts;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.CosignerKey;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.witness.ForeignLog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two ledgers that are witnesses of each other; one of them also of a foreign log. */
@Timeout(120)
class WitnessesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ForeignLog FOREIGN = ForeignLog.of("example.com/log", 20);

    @TempDir static Path folder;

    private static Doors one;
    private static Doors two;
    private static LedgerNode rolledBack;

    @BeforeAll
    static void two_ledgers() throws IOException {
        LedgerNode first = ledger("one");
        LedgerNode second = ledger("two");
        rolledBack = ledger("rolled-back");
        int port = freePort();
        WitnessAddress firstAsWitness = witness(first, port);
        one =
                Doors.to(
                        first,
                        port,
                        Outlets.NONE.withWitnessing(
                                new Witnessing(
                                        List.of(),
                                        List.of(key(second), key(rolledBack), FOREIGN.key()),
                                        null,
                                        null)));
        WitnessAddress away =
                new WitnessAddress(
                        URI.create("http://127.0.0.1:" + freePort()),
                        SigningKey.generate("away.example", new SecureRandom()).cosigner());
        two =
                Doors.to(
                        second,
                        0,
                        Outlets.NONE.withWitnessing(
                                new Witnessing(
                                        List.of(away, firstAsWitness),
                                        List.of(key(first)),
                                        null,
                                        null)));
    }

    @AfterAll
    static void close() {
        one.server().close();
        two.server().close();
    }

    private static LedgerNode ledger(String name) {
        LedgerNode node =
                LedgerNode.open(TestDatabase.freshIn(folder.resolve(name)), Clock.systemUTC());
        record(node, Drafts.opening("alpha"));
        return node;
    }

    private static void record(LedgerNode node, Submission submission) {
        assertThat(node.readModels().await(node.ledger().recordAll(List.of(submission)), SOON))
                .isTrue();
    }

    private static VerifierKey key(LedgerNode node) {
        return node.tree().key().orElseThrow();
    }

    private static WitnessAddress witness(LedgerNode node, int port) {
        return new WitnessAddress(
                URI.create("http://127.0.0.1:" + port), node.witness(List.of(), null, null).key());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** In what the ledger serves, and in what the witness serves. */
    private static void assertCosigned(
            Doors ledger, CosignerKey witness, long size, Doors witnessing, VerifierKey log) {
        SignedNote note =
                await(
                        ledger,
                        "/v1/checkpoint",
                        served -> {
                            SignedNote read = SignedNote.parse(served.body());
                            Checkpoint checkpoint = Checkpoint.parse(read.text());
                            return checkpoint.size() == size
                                    && read.signatures().stream()
                                            .anyMatch(it ->
                                                    witness.cosignedAt(checkpoint, it).isPresent());
                        });
        assertThat(note.verifiedBy(List.of(log))).containsExactly(log);
        Answer seen = witnessing.get("/" + Digest.sha256Hex(log.name()) + "/checkpoint");
        assertThat(seen.body()).isEqualTo(note.write());
        assertThat(
                        witnessing
                                .get(
                                        "/" + Digest.sha256Hex(log.name()) + "/checkpoint",
                                        "If-None-Match",
                                        seen.header("ETag"))
                                .status())
                .isEqualTo(304);
        assertThat(ledger.get("/v1/log/inclusion?position=0", "Accept", "text/plain").body())
                .endsWith(note.write());
    }

    private static SignedNote await(Doors doors, String path, Predicate<Answer> expected) {
        return SignedNote.parse(awaited(doors, path, expected).body());
    }

    private static Answer awaited(Doors doors, String path, Predicate<Answer> expected) {
        long deadline = System.nanoTime() + SOON.toNanos();
        Answer answer = doors.get(path);
        while (!expected.test(answer)) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            answer = doors.get(path);
        }
        return answer;
    }

    @Test
    void every_new_checkpoint_is_cosigned_though_another_witness_is_away() {
        CosignerKey witness = one.node().witness(List.of(), null, null).key();
        long size = two.node().tree().size();
        assertCosigned(two, witness, size, one, key(two.node()));

        record(two.node(), Drafts.announcement("alpha", "Hello"));
        record(two.node(), Drafts.announcement("alpha", "Hello again"));

        assertCosigned(two, witness, size + 2, one, key(two.node()));
        Answer health = two.get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body())
                .contains("\"%s\":{\"cosigned\":%d,\"at\"".formatted(witness.name(), size + 2))
                .contains("\"away.example\":{\"cosigned\":0,\"failure\":\"cannot be asked");
    }

    @Test
    void who_witnesses_is_witnessed_by_others() {
        WitnessAddress secondAsWitness = witness(two.node(), two.server().port());
        try (WitnessRound round = new WitnessRound(one.node(), secondAsWitness)) {
            round.start();
            assertCosigned(
                    one, secondAsWitness.key(), one.node().tree().size(), two, key(one.node()));
        }
    }

    @Test
    void a_witness_that_has_seen_more_than_there_is_raises_the_alarm() throws IOException {
        ForeignLog before =
                new ForeignLog(
                        SigningKey.ofPem(
                                key(rolledBack).name(),
                                Files.readString(
                                        folder.resolve("rolled-back").resolve("log-key.pem"))),
                        10,
                        "leaf ");
        assertThat(add(one, before.request(0, 10).write()).status()).isEqualTo(200);

        try (var _ = rolledBack;
                WitnessRound round =
                        new WitnessRound(rolledBack, witness(one.node(), one.server().port()))) {
            round.start();
            long deadline = System.nanoTime() + SOON.toNanos();
            while (round.standing().failure() == null) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(round.standing().failure())
                    .contains(
                            "has cosigned 10 entries of this log, which has 1: it was rolled back");
        }
    }

    @Test
    void a_witness_answers_as_its_specification_says() {
        ForeignLog log = FOREIGN;
        ForeignLog fork = log.forked(20);
        Answer cosigned = add(one, log.request(0, 8).write());
        assertThat(cosigned.status()).isEqualTo(200);
        assertThat(cosigned.header("Content-Type")).startsWith("text/plain");
        assertThat(cosigned.body()).startsWith("— ").endsWith("\n");
        SignedNote note = SignedNote.parse(log.checkpoint(8).text() + "\n" + cosigned.body());
        assertThat(
                        one.node()
                                .witness(List.of(), null, null)
                                .key()
                                .cosignedAt(
                                        Checkpoint.parse(note.text()),
                                        note.signatures().getFirst()))
                .isPresent();

        Answer conflict = add(one, log.request(0, 8).write());
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.header("Content-Type")).startsWith("text/x.tlog.size");
        assertThat(conflict.body()).isEqualTo("8\n");

        assertProblem(one, fork.request(8, 20), 422, "checkpoint-inconsistent");
        assertProblem(
                one,
                ForeignLog.of("example.com/log", 20).request(8, 20),
                403,
                "checkpoint-not-signed");
        assertProblem(one, ForeignLog.of("example.com/other", 20).request(0, 20), 404, "not-found");
        assertProblem(one, new AddCheckpoint(8, List.of(), log.checkpoint(3)), 400, "malformed");
        assertThat(add(one, "old x\n\n" + log.checkpoint(8).write()).status()).isEqualTo(400);
        assertThat(add(one, "old 8\n\nexample.com/log\n").status()).isEqualTo(400);
        assertThat(add(one, "").status()).isEqualTo(400);
        assertThat(add(one, "x".repeat(300_000)).status()).isEqualTo(413);
        assertThat(one.get("/" + "0".repeat(64) + "/checkpoint").status()).isEqualTo(404);

        assertThat(add(one, log.request(8, 8).write()).status()).isEqualTo(200);
        assertThat(add(one, log.request(8, 20).write()).status()).isEqualTo(200);
    }

    private static void assertProblem(
            Doors doors, AddCheckpoint request, int status, String problem) {
        Answer answer = add(doors, request.write());
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json()).containsEntry("type", "/problems/" + problem);
    }

    private static Answer add(Doors doors, String body) {
        return doors.send("POST", "/add-checkpoint", BodyPublishers.ofString(body));
    }

    @Test
    void a_ledger_is_nobodys_witness_unless_it_is_told_to() {
        ForeignLog log = ForeignLog.of("example.com/log", 1);

        Answer answer = add(Doors.shared(), log.request(0, 1).write());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("nobody's witness");
        assertThat(Doors.shared().get("/actuator/health").body()).doesNotContain("witnesses");
    }

    @Test
    void what_is_no_witness_is_refused() {
        String key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

        assertThat(WitnessAddress.parse("https://witness.example/prefix/=" + key).addCheckpoint())
                .isEqualTo(URI.create("https://witness.example/prefix/add-checkpoint"));
        for (String wrong :
                List.of(
                        key,
                        "https://witness.example=",
                        "witness.example=" + key,
                        "file:///tmp=" + key,
                        "https://witness.example=example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")) {
            assertThatThrownBy(() -> WitnessAddress.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
