package org.agreementledger.witness;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agreementledger.proof.AddCheckpoint;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;

/** A log of somebody else, in memory. */
public final class ForeignLog {

    private final SigningKey key;
    private final Map<Node, Hash> nodes = new HashMap<>();
    private final Map<Long, Hash> roots = new TreeMap<>();

    /**
     * @param leaf what its leaves are made of
     */
    public ForeignLog(SigningKey key, long size, String leaf) {
        this.key = key;
        Frontier frontier = Frontier.empty();
        roots.put(0L, frontier.root());
        for (long i = 0; i < size; i++) {
            frontier.append(
                    MerkleTree.leafHash((leaf + i).getBytes(StandardCharsets.UTF_8)), nodes::put);
            roots.put(i + 1, frontier.root());
        }
    }

    public static ForeignLog of(String origin, long size) {
        return new ForeignLog(SigningKey.generate(origin, new SecureRandom()), size, "leaf ");
    }

    public VerifierKey key() {
        return key.verifier();
    }

    /** The same key, another history. */
    public ForeignLog forked(long size) {
        return new ForeignLog(key, size, "other ");
    }

    public SignedNote checkpoint(long size) {
        return signed(new Checkpoint(key.verifier().name(), size, roots.get(size)));
    }

    public SignedNote signed(Checkpoint checkpoint) {
        return SignedNote.sign(checkpoint.text(), key);
    }

    public List<Hash> proof(long from, long to) {
        return from == 0 || from == to
                ? List.of()
                : MerkleTree.consistencyProof(from, to, _ -> nodes);
    }

    public AddCheckpoint request(long from, long to) {
        return new AddCheckpoint(from, proof(from, to), checkpoint(to));
    }
}
