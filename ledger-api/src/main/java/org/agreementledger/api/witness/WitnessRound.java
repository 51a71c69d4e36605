package org.agreementledger.api.witness;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.api.witness.WitnessRounds.Standing;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.witness.Cosignatures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the newest checkpoint to one witness, again and again. */
final class WitnessRound implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(WitnessRound.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY_MAX = Duration.ofMinutes(5);

    /** To be told which size it knows, and perhaps to be overtaken by another node. */
    private static final int ATTEMPTS = 3;

    private static final int ANSWER_MAX = 64 * 1024;

    private final LogTree tree;
    private final Cosignatures cosignatures;
    private final WitnessAddress witness;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final Thread thread;
    private volatile Standing standing;
    private volatile boolean closed;

    /** As far as this process knows; the witness knows better. */
    private long known;

    WitnessRound(LedgerNode node, WitnessAddress witness) {
        this.tree = node.tree();
        this.cosignatures = node.cosignatures();
        this.witness = witness;
        this.known = cosignatures.newest(witness.key());
        this.standing = new Standing(known, null, null);
        this.thread =
                Thread.ofVirtual().name("witness-" + witness.key().name()).unstarted(this::walk);
    }

    String name() {
        return witness.key().name();
    }

    Standing standing() {
        return standing;
    }

    void start() {
        thread.start();
    }

    /** The witness does not cosign; it is asked again later. */
    private static final class NotCosigned extends Exception {
        private static final long serialVersionUID = 1L;

        NotCosigned(String message) {
            super(message);
        }
    }

    private void walk() {
        Duration retry = POLL;
        while (!closed) {
            Duration pause = POLL;
            try {
                Optional<StoredCheckpoint> newest =
                        tree.checkpoint().filter(it -> it.size() > standing.cosigned());
                if (newest.isPresent()) {
                    show(newest.get());
                    retry = POLL;
                }
            } catch (InterruptedException _) {
                closed = true;
            } catch (NotCosigned | IOException | RuntimeException e) {
                tell(e);
                pause = retry;
                retry = retry.compareTo(RETRY_MAX) < 0 ? retry.multipliedBy(2) : RETRY_MAX;
            }
            pause(pause);
        }
    }

    private void pause(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); !closed && left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Once, as long as it is the same. */
    private void tell(Exception e) {
        String why = e instanceof NotCosigned ? e.getMessage() : "cannot be asked: " + e;
        if (!closed && !Objects.equals(standing.failure(), why)) {
            LOGGER.warn("The witness {} {}", name(), why);
            standing = new Standing(standing.cosigned(), standing.at(), why);
        }
    }

    private void show(StoredCheckpoint stored)
            throws IOException, InterruptedException, NotCosigned {
        Checkpoint checkpoint = stored.checkpoint();
        SignedNote.Signature cosignature = cosigned(stored, checkpoint);
        cosignatures.add(stored.size(), cosignature);
        known = stored.size();
        standing =
                new Standing(
                        known,
                        witness.key().cosignedAt(checkpoint, cosignature).orElse(null),
                        null);
    }

    private SignedNote.Signature cosigned(StoredCheckpoint stored, Checkpoint checkpoint)
            throws IOException, InterruptedException, NotCosigned {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            HttpResponse<String> answer = ask(stored);
            switch (answer.statusCode()) {
                case 200 -> {
                    return cosignature(checkpoint, answer.body());
                }
                case 409 -> known = requireThere(size(answer.body()), checkpoint);
                default ->
                        throw new NotCosigned(
                                "answers %d: %s"
                                        .formatted(
                                                answer.statusCode(),
                                                answer.body().lines().findFirst().orElse("")));
            }
        }
        throw new NotCosigned("knows another size each time");
    }

    private HttpResponse<String> ask(StoredCheckpoint stored)
            throws IOException, InterruptedException {
        AddCheckpoint request = new AddCheckpoint(known, proof(stored.size()), stored.signedNote());
        return http.send(
                HttpRequest.newBuilder(witness.addCheckpoint())
                        .timeout(PATIENCE)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(request.write()))
                        .build(),
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(), ANSWER_MAX));
    }

    private List<Hash> proof(long size) {
        return known == 0 || known == size ? List.of() : tree.consistency(known, size).hashes();
    }

    private static long size(String body) throws NotCosigned {
        try {
            return Long.parseUnsignedLong(body.strip());
        } catch (NumberFormatException _) {
            throw new NotCosigned("answers 409 without the size that it knows");
        }
    }

    /** What a witness has seen and this ledger has not is the reason to have witnesses. */
    private long requireThere(long size, Checkpoint checkpoint) throws NotCosigned {
        if (size < 0 || size > tree.size()) {
            throw new NotCosigned(
                    "has cosigned %s entries of this log, which has %d: it was rolled back, or somebody else signs with its key"
                            .formatted(Long.toUnsignedString(size), tree.size()));
        }
        if (size > checkpoint.size()) {
            throw new NotCosigned("has cosigned a newer checkpoint already");
        }
        return size;
    }

    private SignedNote.Signature cosignature(Checkpoint checkpoint, String lines)
            throws NotCosigned {
        return SignedNote.parse(checkpoint.text() + "\n" + lines).signatures().stream()
                .filter(it -> witness.key().cosignedAt(checkpoint, it).isPresent())
                .findFirst()
                .orElseThrow(
                        () -> new NotCosigned("answers without a cosignature of " + witness.key()));
    }

    /** Not by interrupting it: that would close the file of an embedded database. */
    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
        LockSupport.unpark(thread);
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
