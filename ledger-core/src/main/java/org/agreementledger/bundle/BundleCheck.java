package org.agreementledger.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.Frontier;
import org.agreementledger.proof.Hash;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Works out anew all that a bundle claims: every digest, leaf and proof, the root, and the terms.
 */
public final class BundleCheck {

    private static final String OLDER = "the older checkpoint";

    private final Bundle bundle;
    private final Scope scope;
    private final Checkpoint checkpoint;
    private final Each each;
    private final LongConsumer done;
    private final Claims claims = new Claims();
    private final Map<AgreementId, Integer> sequences = new HashMap<>();
    private final Frontier tree = Frontier.empty();
    private @Nullable Checkpoint older;
    private long events;
    private long leaves;
    private long lastPosition = -1;
    private Instant lastRecordedAt = Instant.MIN;

    /** Told of every entry, in the order of the log, once its digest is known to be in its leaf. */
    public interface Each {
        Each NOTHING = (_, _, _) -> {};

        void entry(LeafText leaf, Entry entry, String salt) throws IOException;
    }

    public BundleCheck(Bundle bundle) {
        this(bundle, Each.NOTHING, _ -> {});
    }

    /**
     * @param done told the number of leaves checked so far
     */
    public BundleCheck(Bundle bundle, Each each, LongConsumer done) {
        this.bundle = bundle;
        this.scope = bundle.scope();
        this.checkpoint = bundle.checkpoint();
        this.each = each;
        this.done = done;
    }

    /**
     * The checkpoint was signed with this key.
     *
     * @throws Mismatch when it was not
     */
    public BundleCheck requireSignedBy(VerifierKey trusted) {
        requireSignedBy(trusted, bundle.note(), Part.CHECKPOINT.file());
        return this;
    }

    private static void requireSignedBy(VerifierKey key, SignedNote note, String where) {
        try {
            note.verifiedBy(Set.of(key));
        } catch (SignedNote.NotVerified e) {
            throw new Mismatch(
                    where, "it is not signed with the key %s: %s".formatted(key, e.getMessage()));
        }
    }

    /**
     * The ledger has only grown since that checkpoint; what cannot be said at once is found out by
     * {@link #run}.
     *
     * @throws Mismatch when it has not, or the bundle's key has not signed the older one
     * @throws IllegalArgumentException when it is no checkpoint, or the bundle has not the leaves
     *     that it takes to say
     */
    public BundleCheck requireGrownFrom(SignedNote note) {
        Checkpoint then = Checkpoint.parse(note.text());
        requireSignedBy(bundle.key(), note, OLDER);
        if (!then.origin().equals(checkpoint.origin())) {
            throw new Mismatch(
                    OLDER,
                    "it is of %s, the bundle of %s".formatted(then.origin(), checkpoint.origin()));
        }
        if (then.size() > checkpoint.size()) {
            throw new Mismatch(
                    Part.CHECKPOINT.file(),
                    "it is of %d leaves, and there had been %d before: the ledger was rolled back, or the bundle is older"
                            .formatted(checkpoint.size(), then.size()));
        }
        if (then.size() == checkpoint.size()) {
            requireRoot(then, checkpoint.root());
        } else if (!scope.allLeaves()) {
            throw new IllegalArgumentException(
                    "This bundle has not the leaves of the whole ledger, so it does not show whether the ledger grew from a checkpoint of %d leaves; make one with --all-leaves"
                            .formatted(then.size()));
        }
        older = then;
        requireOlderRoot();
        return this;
    }

    private void requireOlderRoot() {
        if (older != null && tree.size() == older.size()) {
            requireRoot(older, tree.root());
        }
    }

    private static void requireRoot(Checkpoint older, Hash root) {
        if (!older.root().equals(root)) {
            throw new Mismatch(
                    Part.LEAVES.file(),
                    "the first %d leaves come to the root %s, and there had been another, %s: the ledger was rewritten"
                            .formatted(older.size(), root.base64(), older.root().base64()));
        }
    }

    /**
     * Once.
     *
     * @throws Mismatch naming the first thing that does not fit
     */
    public void run() throws IOException {
        entries();
        requireRoot();
        requireTerms();
    }

    private void entries() throws IOException {
        try (Lines leafLines = lines(Part.LEAVES);
                Lines entryLines = lines(Part.ENTRIES);
                Lines proofs = scope.allLeaves() ? noLines() : lines(Part.PROOFS);
                Expected documents = expected(Part.DOCUMENTS)) {
            for (String text = leafLines.next(); text != null; text = leafLines.next()) {
                LeafText leaf = LeafText.parse(leafLines.where(), text);
                requirePlace(leaf, leafLines);
                Hash hash = MerkleTree.leafHash(Derived.utf8(text));
                if (scope.allLeaves()) {
                    tree.append(hash);
                    requireOlderRoot();
                } else {
                    requireProof(leaf, hash, proofs);
                }
                if (scope.holds(leaf.agreementId())) {
                    entry(leaf, entryLines, documents);
                } else if (!scope.allLeaves()) {
                    throw leafLines.wrong(
                            "it is of %s, and this bundle is of %s"
                                    .formatted(leaf.agreementId(), scope.agreementId()));
                }
                leaves++;
                done.accept(leaves);
            }
            requireEnd(entryLines, "there is no leaf for this entry");
            requireEnd(proofs, "there is no leaf for this proof");
            documents.next(Derived.DOCUMENTS_END);
            documents.end();
        }
    }

    private Lines lines(Part part) throws IOException {
        return new Lines(part, bundle.archive().open(part));
    }

    private static Lines noLines() {
        return new Lines(Part.PROOFS, InputStream.nullInputStream());
    }

    private Expected expected(Part part) throws IOException {
        return new Expected(part, bundle.archive().open(part));
    }

    private static void requireEnd(Lines lines, String otherwise) throws IOException {
        if (lines.next() != null) {
            throw lines.wrong(otherwise);
        }
    }

    private void requirePlace(LeafText leaf, Lines lines) {
        if (scope.allLeaves() && leaf.position() != lastPosition + 1) {
            throw lines.wrong(
                    "it is the leaf of position %d, in the place of %d"
                            .formatted(leaf.position(), lastPosition + 1));
        }
        if (leaf.position() <= lastPosition) {
            throw lines.wrong(
                    "it is the leaf of position %d, behind that of %d"
                            .formatted(leaf.position(), lastPosition));
        }
        if (leaf.recordedAt().isBefore(lastRecordedAt)) {
            throw lines.wrong(
                    "it was recorded at %s, before the leaf above it".formatted(leaf.recordedAt()));
        }
        int sequence = sequences.getOrDefault(leaf.agreementId(), 0);
        boolean follows =
                scope.claimsTerms() ? leaf.sequence() == sequence + 1 : leaf.sequence() > sequence;
        if (!follows) {
            throw lines.wrong(
                    "it is entry %d of %s, which comes after entry %d: one is missing, or they are not in their order"
                            .formatted(leaf.sequence(), leaf.agreementId(), sequence));
        }
        lastPosition = leaf.position();
        lastRecordedAt = leaf.recordedAt();
        sequences.put(leaf.agreementId(), leaf.sequence());
    }

    private void requireProof(LeafText leaf, Hash leafHash, Lines proofs) throws IOException {
        String line = proofs.next();
        if (line == null) {
            throw new Mismatch(
                    Part.PROOFS.file(), "there is no proof for the leaf of " + leaf.position());
        }
        String[] words = line.split(" ", -1);
        if (!words[0].equals(Long.toString(leaf.position()))) {
            throw proofs.wrong(
                    "it is about position '%s', and its leaf about %d"
                            .formatted(words[0], leaf.position()));
        }
        List<Hash> path = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            try {
                path.add(Hash.ofBase64(words[i]));
            } catch (IllegalArgumentException e) {
                throw proofs.wrong(String.valueOf(e.getMessage()));
            }
        }
        if (!MerkleTree.provesInclusion(
                path, leaf.position(), leafHash, checkpoint.size(), checkpoint.root())) {
            throw proofs.wrong(
                    "it does not lead from the leaf of position %d to the signed root of %d leaves"
                            .formatted(leaf.position(), checkpoint.size()));
        }
    }

    private void entry(LeafText leaf, Lines lines, Expected documents) throws IOException {
        String line = lines.next();
        String which =
                "entry %d of %s, at position %d"
                        .formatted(leaf.sequence(), leaf.agreementId(), leaf.position());
        if (line == null) {
            throw new Mismatch(Part.ENTRIES.file(), which + ", is missing");
        }
        String digest = Digest.sha256Hex(line);
        if (!digest.equals(leaf.entryDigest())) {
            throw lines.wrong(
                    "it should be %s, with the digest %s, but has %s"
                            .formatted(which, leaf.entryDigest(), digest));
        }
        Map<String, Object> tree = JsonText.object(lines.where(), line);
        Entry entry = entry(tree, lines);
        String salt = tree.get("salt") instanceof String text ? text : "";
        if (!isCanonical(line, entry, salt)) {
            throw lines.wrong("it is not the canonical JSON of an entry and its salt");
        }
        if (!entry.kind().slug().equals(leaf.kind())
                || !entry.header().agreementId().equals(leaf.agreementId())) {
            throw lines.wrong(
                    "it is the %s of %s, and its leaf that of the %s of %s"
                            .formatted(
                                    entry.kind().slug(),
                                    entry.header().agreementId(),
                                    leaf.kind(),
                                    leaf.agreementId()));
        }
        if ((leaf.sequence() == 1) != (entry instanceof Entry.Opening)) {
            throw lines.wrong("the first entry of an agreement is its opening, and no other is");
        }
        if (!scope.holds(entry)) {
            throw lines.wrong(
                    "it occurred on %s, and the bundle holds %s"
                            .formatted(entry.header().occurredOn(), scope.describe()));
        }
        documents.next(Derived.document(entry, events == 0));
        claims.add(entry);
        events++;
        each.entry(leaf, entry, salt);
    }

    private static boolean isCanonical(String line, Entry entry, String salt) {
        try {
            return Derived.digested(entry, salt).equals(line);
        } catch (IllegalArgumentException _) {
            // JSON can escape what is no text; canonical JSON has none of it.
            return false;
        }
    }

    private static Entry entry(Map<String, Object> tree, Lines lines) {
        if (!(tree.get("entry") instanceof Map<?, ?> entry)) {
            throw lines.wrong("it has no entry");
        }
        Map<String, Object> named = new HashMap<>();
        entry.forEach((name, value) -> named.put((String) name, value));
        try {
            return EntryJson.stored(named);
        } catch (IllegalArgumentException e) {
            throw lines.wrong("this program cannot read it: " + e.getMessage());
        }
    }

    private void requireRoot() {
        if (!scope.allLeaves()) {
            return;
        }
        if (leaves != checkpoint.size()) {
            throw new Mismatch(
                    Part.LEAVES.file(),
                    "there are %d leaves, and the checkpoint is of %d"
                            .formatted(leaves, checkpoint.size()));
        }
        if (!tree.root().equals(checkpoint.root())) {
            throw new Mismatch(
                    Part.LEAVES.file(),
                    "they come to the root %s, and the checkpoint has %s"
                            .formatted(tree.root().base64(), checkpoint.root().base64()));
        }
    }

    private void requireTerms() throws IOException {
        if (scope.validOn() == null) {
            return;
        }
        try (Expected terms = expected(Part.TERMS)) {
            for (String line : claims.lines(scope.validOn())) {
                terms.next(line + "\n");
            }
            terms.end();
        }
    }

    /** Entries checked so far. */
    public long events() {
        return events;
    }

    /** Leaves checked so far. */
    public long leaves() {
        return leaves;
    }

    /** Agreements met so far. */
    public int agreements() {
        return claims.agreements();
    }
}
