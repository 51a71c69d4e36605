package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.MerkleTree;
import org.agreementledger.proof.SignedNote;
import org.junit.jupiter.api.Timeout;

/**
 * Bundles by somebody who knows the format, and puts every sum, digest, root and signature right
 * around one altered part: each is told what is wrong with it, or fits.
 *
 * <p>The first byte of an input says what is altered, the second which bundle it is.
 */
@Timeout(20)
class BundleFuzzTest {

    private static final TinyLedger LEDGER = TinyLedger.example();
    private static final List<Scope> SCOPES =
            List.of(
                    TinyLedger.whole(),
                    TinyLedger.of("lease"),
                    TinyLedger.withAllLeaves("lease"),
                    TinyLedger.between("2026-03-01", "2026-04-01"));
    private static final List<byte[]> BUNDLES = SCOPES.stream().map(LEDGER::bundle).toList();
    private static final int CHOICES = Part.values().length + 3;

    @FuzzTest
    void is_refused_by_name_or_fits(byte[] bytes) {
        if (bytes.length < 2) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(bytes, 2, bytes.length);
        int which = (bytes[1] & 0xff) % SCOPES.size();
        Checks.of(forged((bytes[0] & 0xff) % CHOICES, which, rest))
                .ifPresent(mismatch -> assertThat(mismatch.what()).isNotBlank());
    }

    private static byte[] forged(int choice, int which, byte[] rest) {
        if (choice < Part.values().length) {
            return Forgery.of(BUNDLES.get(which)).put(Part.values()[choice], rest).bundle();
        }
        String line = new String(rest, StandardCharsets.UTF_8).replace("\n", "");
        return switch (choice - Part.values().length) {
            case 0 -> rest;
            case 1 -> onlyEntry(SCOPES.get(which), line);
            default -> onlyLeaf(SCOPES.get(which), line, new byte[0], new byte[0]);
        };
    }

    /** A log of this entry alone. */
    private static byte[] onlyEntry(Scope scope, String line) {
        String kind = "opening";
        byte[] documents = new byte[0];
        try {
            Entry entry =
                    EntryJson.stored(
                            entry(Objects.requireNonNull(JsonText.object("", line).get("entry"))));
            kind = entry.kind().slug();
            documents = Derived.utf8(Derived.document(entry, true) + Derived.DOCUMENTS_END);
        } catch (IllegalArgumentException
                | Mismatch
                | NullPointerException
                | ClassCastException _) {
            // The check has to find that out by itself.
        }
        String leaf =
                CanonicalBytes.text(
                        Map.of(
                                "schema",
                                "agreement-ledger/leaf/v1",
                                "agreementId",
                                "lease",
                                "sequence",
                                1,
                                "position",
                                0,
                                "eventId",
                                new UUID(0, 0).toString(),
                                "kind",
                                kind,
                                "recordedAt",
                                "2026-11-23T10:00:00.000Z",
                                "recordedBy",
                                Map.of("id", "ada", "issuer", "local"),
                                "entryDigest",
                                Digest.sha256Hex(line)));
        return onlyLeaf(scope, leaf, Derived.utf8(line + "\n"), documents);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> entry(Object tree) {
        return (Map<String, Object>) tree;
    }

    /** A log of this leaf alone. */
    private static byte[] onlyLeaf(Scope scope, String leaf, byte[] entries, byte[] documents) {
        Checkpoint checkpoint =
                new Checkpoint(TinyLedger.ORIGIN, 1, MerkleTree.leafHash(Derived.utf8(leaf)));
        SignedNote note = SignedNote.sign(checkpoint.text(), TinyLedger.KEY);
        Forgery forgery =
                Forgery.of(BUNDLES.get(SCOPES.indexOf(scope)))
                        .put(Part.LEAVES, Derived.utf8(leaf + "\n"))
                        .put(Part.ENTRIES, entries)
                        .put(Part.DOCUMENTS, documents)
                        .put(Part.CHECKPOINT, Derived.utf8(note.write()));
        if (!scope.allLeaves()) {
            forgery.put(Part.PROOFS, Derived.utf8("0\n"));
        }
        Derived.files(scope, note, TinyLedger.KEY.verifier()).forEach(forgery::put);
        return forgery.bundle();
    }
}
