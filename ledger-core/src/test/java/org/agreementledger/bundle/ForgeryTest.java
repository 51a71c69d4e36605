package org.agreementledger.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad bundle is refused, and told what is wrong with it. */
class ForgeryTest {

    private static final TinyLedger LEDGER = TinyLedger.example();

    private static Forgery whole() {
        return Forgery.of(LEDGER.bundle(TinyLedger.whole()));
    }

    private static Forgery lease() {
        return Forgery.of(LEDGER.bundle(TinyLedger.of("lease")));
    }

    private static void refused(Forgery forgery, String where, String... what) {
        refused(forgery.bundle(), where, what);
    }

    private static void refused(byte[] bundle, String where, String... what) {
        assertThat(Checks.of(bundle))
                .hasValueSatisfying(mismatch -> {
                    assertThat(mismatch.where()).isEqualTo(where);
                    assertThat(mismatch.what()).contains(what);
                });
    }

    @Test
    void a_truncated_bundle() {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        refused(Arrays.copyOf(bundle, bundle.length - 1), "the archive", "it is cut off after");
        refused(Arrays.copyOf(bundle, bundle.length - 500), "the archive", "it is cut off");
        refused(Arrays.copyOf(bundle, bundle.length / 2), "entries.json", "it is cut off");
        refused(new byte[0], "the archive", "it does not begin like a bundle");
    }

    @Test
    void every_truncated_bundle() {
        byte[] bundle = LEDGER.bundle(TinyLedger.of("licence"));
        for (int length = 0; length < bundle.length; length++) {
            assertThat(Checks.of(Arrays.copyOf(bundle, length))).as("%d bytes", length).isPresent();
        }
    }

    @Test
    void something_behind_or_before_it() {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        refused(Arrays.copyOf(bundle, bundle.length + 1), "the archive", "behind its end");
        byte[] shifted = new byte[bundle.length + 1];
        System.arraycopy(bundle, 0, shifted, 1, bundle.length);
        refused(shifted, "the archive", "it does not begin like a bundle");
    }

    @Test
    void a_file_that_claims_to_be_larger_than_the_bundle() {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        bundle[21] = (byte) 0xf0;
        refused(bundle, "README.txt", "it is cut off");
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"PROOFS", "SUMS"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_missing_file(Part part) {
        refused(whole().without(part), part.file(), "it is missing");
    }

    @Test
    void a_file_that_does_not_belong_there() {
        refused(whole().put(Part.PROOFS, new byte[1]), "proofs.txt", "does not belong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../keys", "/etc/a/", "KEY.TXT"})
    void a_file_of_another_name(String name) {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        String text = new String(bundle, StandardCharsets.ISO_8859_1);
        int header =
                text.lastIndexOf("PK\3\4", text.lastIndexOf("\0\0key.txt", text.indexOf("PK\1\2")));
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, bundle, header + 30, 7);
        refused(bundle, "the archive", "at byte " + header, "a file of another name");
    }

    @Test
    void a_file_twice() {
        byte[] bundle = LEDGER.bundle(TinyLedger.whole());
        int length = new String(bundle, StandardCharsets.ISO_8859_1).indexOf("PK\3\4", 4);
        byte[] twice = new byte[bundle.length + length];
        System.arraycopy(bundle, 0, twice, 0, length);
        System.arraycopy(bundle, 0, twice, length, bundle.length);
        refused(twice, "the archive", "at byte " + length, "not in its place");
    }

    @Test
    void a_sum_that_is_not_that_of_the_file() throws IOException {
        byte[] sums = whole().bytes(Part.SUMS);
        sums[0] ^= 1;
        Map<Part, Bytes> contents = new EnumMap<>(Part.class);
        for (Part part : Part.of(TinyLedger.whole())) {
            contents.put(part, Bytes.of(part == Part.SUMS ? sums : whole().bytes(part)));
        }
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        Archive.write(bundle, contents);
        refused(bundle.toByteArray(), "SHA256SUMS, line 1", "it is not the SHA-256 of the file");
    }

    @Test
    void a_checkpoint_of_another_key() {
        SigningKey other = TinyLedger.anotherKey();
        SignedNote note = SignedNote.sign(LEDGER.checkpoint(7).text(), other);
        refused(
                whole().put(Part.CHECKPOINT, Derived.utf8(note.write())),
                "checkpoint.txt",
                "not signed with the key of key.txt");
    }

    /** With a key of one's own everything can be forged: only --key tells. */
    @Test
    void a_key_and_a_checkpoint_of_somebody_else_fit_and_prove_no_origin() {
        SigningKey other = TinyLedger.anotherKey();
        SignedNote note = SignedNote.sign(LEDGER.checkpoint(7).text(), other);
        Forgery forgery =
                whole().put(Part.CHECKPOINT, Derived.utf8(note.write()))
                        .put(Part.KEY, Derived.utf8(other.verifier() + "\n"));
        Derived.files(TinyLedger.whole(), note, other.verifier()).forEach(forgery::put);

        assertThat(Checks.of(forgery.bundle())).isEmpty();
    }

    @Test
    void a_checkpoint_of_another_tree() {
        SignedNote note = LEDGER.signed(6);
        Forgery forgery = whole().put(Part.CHECKPOINT, Derived.utf8(note.write()));
        Derived.files(TinyLedger.whole(), note, TinyLedger.KEY.verifier()).forEach(forgery::put);
        refused(forgery, "leaves.ndjson", "there are 7 leaves, and the checkpoint is of 6");
    }

    @Test
    void a_checkpoint_of_a_log_of_another_name() {
        Checkpoint other = new Checkpoint("elsewhere", 7, LEDGER.checkpoint(7).root());
        SignedNote note = SignedNote.sign(other.text(), TinyLedger.KEY);
        Forgery forgery = whole().put(Part.CHECKPOINT, Derived.utf8(note.write()));
        Derived.files(TinyLedger.whole(), note, TinyLedger.KEY.verifier()).forEach(forgery::put);
        refused(forgery, "checkpoint.txt", "it is of elsewhere, and signed by ledger.example");
    }

    @Test
    void a_proof_for_another_size() {
        TinyLedger grown = TinyLedger.example();
        grown.record(TinyLedger.announcement("licence", "2026-07-01"));
        Forgery forgery =
                lease().put(
                                Part.PROOFS,
                                Forgery.of(grown.bundle(TinyLedger.of("lease")))
                                        .bytes(Part.PROOFS));
        refused(
                forgery,
                "proofs.txt, line 1",
                "it does not lead from the leaf of position 0 to the signed root of 7 leaves");
    }

    @Test
    void proofs_that_changed_places_or_are_missing_or_too_many() {
        refused(
                lease().lines(Part.PROOFS, lines -> Collections.swap(lines, 1, 2)),
                "proofs.txt, line 2",
                "it is about position '4', and its leaf about 2");
        refused(
                lease().lines(Part.PROOFS, lines -> lines.removeLast()),
                "proofs.txt",
                "there is no proof for the leaf of 5");
        refused(
                lease().lines(Part.PROOFS, lines -> lines.add(lines.getLast())),
                "proofs.txt, line 5",
                "there is no leaf for this proof");
    }

    @Test
    void an_entry_edited_in_the_documents_alone() {
        refused(
                whole().replace(Part.DOCUMENTS, "1,250 euros.", "1,950 euros."),
                "entries.json, line 69",
                "it is not what entries.ndjson says");
    }

    @Test
    void an_edited_entry_with_recomputed_digest_and_its_old_leaf() {
        refused(
                whole().replace(Part.DOCUMENTS, "1,250 euros.", "1,950 euros.")
                        .replace(Part.ENTRIES, "1,250 euros.", "1,950 euros."),
                "entries.ndjson, line 3",
                "it should be entry 2 of lease, at position 2, with the digest");
    }

    @Test
    void an_edited_entry_with_recomputed_digest_and_leaf() {
        String before = whole().text(Part.ENTRIES).lines().toList().get(2);
        String after = before.replace("1,250 euros.", "1,950 euros.");
        Forgery forgery =
                whole().replace(Part.DOCUMENTS, "1,250 euros.", "1,950 euros.")
                        .replace(Part.ENTRIES, before, after)
                        .replace(Part.LEAVES, Digest.sha256Hex(before), Digest.sha256Hex(after));
        refused(forgery, "leaves.ndjson", "they come to the root", "and the checkpoint has");
    }

    @Test
    void the_same_in_a_bundle_with_proofs() {
        String before = lease().text(Part.ENTRIES).lines().toList().get(1);
        String after = before.replace("1,250 euros.", "1,950 euros.");
        Forgery forgery =
                lease().replace(Part.DOCUMENTS, "1,250 euros.", "1,950 euros.")
                        .replace(Part.ENTRIES, before, after)
                        .replace(Part.LEAVES, Digest.sha256Hex(before), Digest.sha256Hex(after));
        refused(forgery, "proofs.txt, line 2", "it does not lead from the leaf of position 2");
    }

    @Test
    void a_leaf_of_another_agreement() {
        Forgery forgery = lease();
        Forgery other = Forgery.of(LEDGER.bundle(TinyLedger.of("licence")));
        String leaf = other.text(Part.LEAVES).lines().toList().get(1);
        String proof = other.text(Part.PROOFS).lines().toList().get(1);
        forgery.lines(Part.LEAVES, lines -> lines.add(2, leaf))
                .lines(Part.PROOFS, lines -> lines.add(2, proof));
        refused(
                forgery,
                "leaves.ndjson, line 3",
                "it is entry 2 of licence, which comes after entry 0");
        refused(
                Forgery.of(LEDGER.bundle(TinyLedger.between("2026-03-01", "2026-04-01")))
                        .put(Part.SCOPE, Derived.utf8("{}\n")),
                "bundle.json",
                "the format is not agreement-ledger/bundle/v1");
    }

    @Test
    void an_entry_dropped_in_the_middle() {
        refused(
                lease().lines(Part.LEAVES, lines -> lines.remove(1))
                        .lines(Part.PROOFS, lines -> lines.remove(1))
                        .lines(Part.ENTRIES, lines -> lines.remove(1)),
                "leaves.ndjson, line 2",
                "it is entry 3 of lease, which comes after entry 1: one is missing");
        refused(
                whole().lines(Part.LEAVES, lines -> lines.remove(3))
                        .lines(Part.ENTRIES, lines -> lines.remove(3)),
                "leaves.ndjson, line 4",
                "it is the leaf of position 4, in the place of 3");
        refused(
                whole().lines(Part.ENTRIES, lines -> lines.remove(3)),
                "entries.ndjson, line 4",
                "it should be entry 2 of licence, at position 3");
    }

    @Test
    void the_last_entry_dropped_from_a_bundle_with_all_leaves() {
        refused(
                Forgery.of(LEDGER.bundle(TinyLedger.withAllLeaves("lease")))
                        .lines(Part.ENTRIES, lines -> lines.removeLast()),
                "entries.ndjson",
                "entry 4 of lease, at position 5, is missing");
        refused(
                whole().lines(Part.ENTRIES, lines -> lines.removeLast())
                        .lines(Part.LEAVES, lines -> lines.removeLast()),
                "entries.json, line 140",
                "it is not what entries.ndjson says");
    }

    @Test
    void an_entry_too_many() {
        refused(
                whole().lines(Part.ENTRIES, lines -> lines.add(lines.getLast())),
                "entries.ndjson, line 8",
                "there is no leaf for this entry");
    }

    @Test
    void swapped_entries() {
        refused(
                whole().lines(Part.ENTRIES, lines -> Collections.swap(lines, 3, 4)),
                "entries.ndjson, line 4",
                "it should be entry 2 of licence");
        refused(
                whole().lines(Part.ENTRIES, lines -> Collections.swap(lines, 3, 4))
                        .lines(Part.LEAVES, lines -> Collections.swap(lines, 3, 4)),
                "leaves.ndjson, line 4",
                "it is the leaf of position 4, in the place of 3");
    }

    @Test
    void terms_that_do_not_follow() {
        refused(
                whole().replace(Part.TERMS, "1,200 euros.", "1,900 euros."),
                "terms.ndjson, line 1",
                "it is not what follows from the entries");
        refused(
                whole().lines(Part.TERMS, lines -> lines.removeLast()),
                "terms.ndjson, line 4",
                "it ends here, and should not");
    }

    @Test
    void another_readme() {
        refused(
                whole().replace(
                                Part.README,
                                "Compare key.txt with",
                                "No need to compare key.txt with"),
                "README.txt, line 50",
                "it is not what every such bundle says here");
    }

    @Test
    void the_openssl_files_of_another_checkpoint() {
        refused(
                whole().replace(Part.BODY, "\n7\n", "\n8\n"),
                "checkpoint.body, line 2",
                "it is not the text of checkpoint.txt");
        refused(
                whole().put(Part.SIGNATURE, new byte[64]),
                "checkpoint.sig, line 1",
                "it is not the signature of checkpoint.txt");
        refused(
                whole().put(Part.KEY_PEM, Derived.utf8(TinyLedger.anotherKey().verifier().pem())),
                "key.pem, line 2",
                "it is not the key of key.txt");
    }

    @Test
    void text_that_is_none() {
        refused(
                whole().edit(Part.LEAVES, text -> text.substring(0, text.length() - 1)),
                "leaves.ndjson, line 7",
                "it does not end");
        refused(
                whole().put(Part.LEAVES, new byte[] {(byte) 0xff, '\n'}),
                "leaves.ndjson, line 1",
                "it is not text in UTF-8");
        refused(
                whole().replace(Part.LEAVES, "\"sequence\":1}", "\"sequence\":1,\"sequence\":1}"),
                "leaves.ndjson, line 1",
                "it is not JSON",
                "Duplicate");
        refused(
                whole().put(Part.LEAVES, Derived.utf8("[]\n")),
                "leaves.ndjson, line 1",
                "it is not");
        refused(
                whole().put(Part.KEY, Derived.utf8("ledger.example\n")),
                "key.txt",
                "is not a verifier key");
        refused(
                whole().put(Part.SCOPE, new byte[200_000]),
                "bundle.json",
                "it is longer than 100000 bytes");
    }
}
