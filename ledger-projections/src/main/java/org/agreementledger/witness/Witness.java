package org.agreementledger.witness;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.axon.Durability;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.CosignerKey;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Watches over logs of others: C2SP tlog-witness. It cosigns a checkpoint only when the tree begins
 * with the last one that it cosigned, and remembers it before it answers.
 */
public final class Witness {

    /** Two first requests for one log may meet. */
    private static final int ATTEMPTS = 3;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Durability durability;
    private final Clock clock;
    private final SigningKey key;
    private final Map<String, VerifierKey> logs;

    /**
     * @param key for nothing but this
     * @param logs whose name is the origin of their checkpoints
     */
    public Witness(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Durability durability,
            Clock clock,
            SigningKey key,
            Collection<VerifierKey> logs) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.durability = durability;
        this.clock = clock;
        this.key = key;
        this.logs = logs.stream().collect(Collectors.toMap(VerifierKey::name, Function.identity()));
    }

    /** Why nothing was cosigned. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** As C2SP tlog-witness tells them apart. */
        public enum Reason {
            UNKNOWN_LOG,
            NOT_SIGNED,
            OLD_SIZE_TOO_LARGE,
            OTHER_SIZE,
            INCONSISTENT
        }

        private final Reason reason;
        private final long size;

        private Refusal(Reason reason, long size, String message) {
            super(message);
            this.reason = reason;
            this.size = size;
        }

        public Reason reason() {
            return reason;
        }

        /** Of the tree that was cosigned last. */
        public long size() {
            return size;
        }
    }

    public CosignerKey key() {
        return key.cosigner();
    }

    /**
     * The cosignature.
     *
     * @throws IllegalArgumentException when the note is not that of a checkpoint
     * @throws Refusal for any other reason; nothing is remembered then
     */
    public SignedNote.Signature add(AddCheckpoint request) {
        Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
        SignedNote note = signedByItsLog(request.checkpoint(), checkpoint);
        if (request.oldSize() > checkpoint.size()) {
            throw new Refusal(
                    Refusal.Reason.OLD_SIZE_TOO_LARGE,
                    0,
                    "The old size, %d, is larger than that of the checkpoint, %d."
                            .formatted(request.oldSize(), checkpoint.size()));
        }
        SignedNote.Signature cosignature = remembered(request, checkpoint, note);
        durability.await();
        return cosignature;
    }

    /** With the log's own signature alone, which is what is served later. */
    private SignedNote signedByItsLog(SignedNote note, Checkpoint checkpoint) {
        VerifierKey log = logs.get(checkpoint.origin());
        if (log == null) {
            throw new Refusal(
                    Refusal.Reason.UNKNOWN_LOG,
                    0,
                    "This witness does not know the log " + checkpoint.origin() + ".");
        }
        try {
            note.verifiedBy(List.of(log));
        } catch (SignedNote.NotVerified e) {
            throw new Refusal(
                    Refusal.Reason.NOT_SIGNED,
                    0,
                    "The checkpoint is not signed by the key of its log: " + e.getMessage() + ".");
        }
        return new SignedNote(
                note.text(), note.signatures().stream().filter(it -> it.isBy(log)).toList());
    }

    private record Seen(long size, Hash root) {
        static final Seen NOTHING = new Seen(0, MerkleTree.emptyRoot());
    }

    private SignedNote.Signature remembered(
            AddCheckpoint request, Checkpoint checkpoint, SignedNote note) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.execute(_ -> remember(request, checkpoint, note));
            } catch (DuplicateKeyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private SignedNote.Signature remember(
            AddCheckpoint request, Checkpoint checkpoint, SignedNote note) {
        Optional<Seen> row = seen(checkpoint.origin());
        Seen seen = row.orElse(Seen.NOTHING);
        if (seen.size() != request.oldSize()) {
            throw new Refusal(
                    Refusal.Reason.OTHER_SIZE,
                    seen.size(),
                    "The tree that was cosigned last has %d leaves, not %d."
                            .formatted(seen.size(), request.oldSize()));
        }
        requireConsistent(seen, request, checkpoint);
        SignedNote.Signature cosignature = key.cosign(checkpoint, clock.instant());
        write(row.isPresent(), checkpoint, note.with(cosignature));
        return cosignature;
    }

    /** Nobody else goes on from it until this is done. */
    private Optional<Seen> seen(String origin) {
        return jdbc.sql("select size, root from witnessed_log where origin = :origin for update")
                .param("origin", origin)
                .query((row, _) -> new Seen(row.getLong("size"), Hash.ofHex(row.getString("root"))))
                .optional();
    }

    private static void requireConsistent(Seen seen, AddCheckpoint request, Checkpoint checkpoint) {
        boolean consistent =
                seen.size() == 0
                        ? request.proof().isEmpty()
                                && (checkpoint.size() > 0
                                        || checkpoint.root().equals(MerkleTree.emptyRoot()))
                        : MerkleTree.provesConsistency(
                                request.proof(),
                                seen.size(),
                                seen.root(),
                                checkpoint.size(),
                                checkpoint.root());
        if (!consistent) {
            throw new Refusal(
                    Refusal.Reason.INCONSISTENT,
                    seen.size(),
                    "The proof does not show that the tree of %d leaves begins with the one of %d that was cosigned last."
                            .formatted(checkpoint.size(), seen.size()));
        }
    }

    private void write(boolean again, Checkpoint checkpoint, SignedNote note) {
        jdbc.sql(
                        again
                                ? """
                                update witnessed_log
                                set size = :size, root = :root, note = :note
                                where origin = :origin
                                """
                                : """
                                insert into witnessed_log (origin, origin_hash, size, root, note)
                                values (:origin, :originHash, :size, :root, :note)
                                """)
                .param("origin", checkpoint.origin())
                .param("originHash", Digest.sha256Hex(checkpoint.origin()))
                .param("size", checkpoint.size())
                .param("root", checkpoint.root().hex())
                .param("note", note.write())
                .update();
    }

    /**
     * The last checkpoint that was cosigned of a log, with the log's signature and the cosignature.
     *
     * @param originHash SHA-256 of its origin, in lower-case hexadecimal
     */
    public Optional<String> checkpoint(String originHash) {
        return jdbc.sql("select note from witnessed_log where origin_hash = :originHash")
                .param("originHash", originHash)
                .query(String.class)
                .optional();
    }
}
