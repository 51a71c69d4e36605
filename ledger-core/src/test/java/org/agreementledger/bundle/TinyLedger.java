package org.agreementledger.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.JsonTrees;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.Node;
import org.agreementledger.proof.Nodes;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;

/** A ledger of a few entries in memory, with a log as a real one has it. */
public final class TinyLedger {

    static final String ORIGIN = "ledger.example";
    public static final SigningKey KEY =
            SigningKey.ofPem(
                    ORIGIN,
                    """
                    -----BEGIN PRIVATE KEY-----
                    MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                    -----END PRIVATE KEY-----
                    """);

    private static final Instant START = Instant.parse("2026-11-23T10:00:00.000Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");

    /** One entry and what the log says of it. */
    record Logged(Entry entry, String salt, String leaf) {
        AgreementId agreementId() {
            return entry.header().agreementId();
        }

        Hash hash() {
            return MerkleTree.leafHash(leaf.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final List<Logged> log = new ArrayList<>();
    private final Map<AgreementId, Integer> sequences = new HashMap<>();

    /** Two agreements, in seven entries. */
    public static TinyLedger example() {
        TinyLedger ledger = new TinyLedger();
        ledger.record(opening("lease"));
        ledger.record(opening("licence"));
        ledger.record(
                """
                {"kind": "amendment", "agreementId": "lease", "occurredOn": "2026-03-01", "title": "First amendment",
                 "terms": [{"action": "change", "key": "rent.monthly", "statement": "1,250 euros.",
                            "value": {"type": "money", "amount": "1250.00", "currency": "EUR"}}]}
                """);
        ledger.record(announcement("licence", "2026-03-02"));
        ledger.record(announcement("lease", "2026-04-01"));
        ledger.record(
                """
                {"kind": "correction", "agreementId": "lease", "occurredOn": "2026-05-01", "title": "A wrong amount",
                 "corrects": 2, "reason": "a slip of the pen",
                 "replacement": {"kind": "amendment", "occurredOn": "2026-03-01", "title": "First amendment",
                   "terms": [{"action": "change", "key": "rent.monthly", "statement": "1,200 euros.",
                              "value": {"type": "money", "amount": "1200.00", "currency": "EUR"}}]}}
                """);
        ledger.record(announcement("licence", "2026-06-01"));
        return ledger;
    }

    static String opening(String id) {
        return """
        {"kind": "opening", "agreementId": "%s", "occurredOn": "2025-01-01", "title": "The \\"%s\\" – ✓",
         "parties": [{"id": "one", "name": "One Ltd"}, {"id": "two", "name": "Two Ltd"}],
         "terms": [{"action": "introduce", "key": "rent.monthly", "statement": "1,000 euros a month."},
                   {"action": "introduce", "key": "notice", "statement": "3 months.", "validTo": "2027-01-01"}]}
        """
                .formatted(id, id);
    }

    static String announcement(String id, String day) {
        return """
        {"kind": "announcement", "agreementId": "%s", "occurredOn": "%s", "title": "News",
         "speakers": [{"id": "one", "name": "One Ltd"}],
         "terms": [{"action": "reaffirm", "key": "notice", "since": "2025-01-01"}]}
        """
                .formatted(id, day);
    }

    void record(String json) {
        record(EntryJson.submitted(JsonTrees.object(json), null));
    }

    public void record(Entry entry) {
        int position = log.size();
        int sequence = sequences.merge(entry.header().agreementId(), 1, Integer::sum);
        String salt = Digest.sha256Hex("salt " + position);
        String leaf =
                CanonicalBytes.text(
                        Map.of(
                                "schema",
                                "agreement-ledger/leaf/v1",
                                "agreementId",
                                entry.header().agreementId().value(),
                                "sequence",
                                sequence,
                                "position",
                                position,
                                "eventId",
                                UUID.nameUUIDFromBytes(new byte[] {(byte) position}).toString(),
                                "kind",
                                entry.kind().slug(),
                                "recordedAt",
                                START.plusSeconds(position).toString().replace("00Z", "00.000Z"),
                                "recordedBy",
                                Map.of("id", "ada", "issuer", "local"),
                                "entryDigest",
                                Digest.sha256Hex(Derived.digested(entry, salt))));
        log.add(new Logged(entry, salt, leaf));
    }

    List<Logged> log() {
        return log;
    }

    Checkpoint checkpoint(int size) {
        return new Checkpoint(ORIGIN, size, root(size));
    }

    SignedNote signed(int size) {
        return SignedNote.sign(checkpoint(size).text(), KEY);
    }

    private Hash root(int size) {
        return MerkleTree.root(size, nodes());
    }

    private Nodes nodes() {
        return asked -> {
            Map<Node, Hash> hashes = new HashMap<>();
            asked.forEach(node -> hashes.put(node, hash(node)));
            return hashes;
        };
    }

    private Hash hash(Node node) {
        return node.level() == 0
                ? log.get((int) node.index()).hash()
                : MerkleTree.nodeHash(
                        hash(new Node(node.level() - 1, 2 * node.index())),
                        hash(new Node(node.level() - 1, 2 * node.index() + 1)));
    }

    public static Scope whole() {
        return Scope.wholeLedger(TODAY);
    }

    public static Scope of(String id) {
        return new Scope(new AgreementId(id), null, null, false, TODAY);
    }

    public static Scope withAllLeaves(String id) {
        return new Scope(new AgreementId(id), null, null, true, TODAY);
    }

    public static Scope between(String from, String to) {
        return new Scope(null, LocalDate.parse(from), LocalDate.parse(to), false, null);
    }

    public byte[] bundle(Scope scope) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BundleWriter writer =
                new BundleWriter(
                        scope,
                        signed(log.size()),
                        KEY.verifier(),
                        Path.of(System.getProperty("java.io.tmpdir")))) {
            for (int position = 0; position < log.size(); position++) {
                Logged logged = log.get(position);
                if (scope.holds(logged.agreementId()) && scope.holds(logged.entry())) {
                    writer.entry(
                            logged.entry(),
                            logged.salt(),
                            logged.leaf(),
                            position,
                            scope.allLeaves()
                                    ? List.of()
                                    : MerkleTree.inclusionProof(position, log.size(), nodes()));
                } else if (scope.allLeaves()) {
                    writer.leaf(logged.leaf());
                }
            }
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static SigningKey anotherKey() {
        return SigningKey.generate(ORIGIN, new SecureRandom());
    }
}
