package org.agreementledger.bundle;

import java.io.IOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;

/** A bundle whose files are all there and undamaged; {@link BundleCheck} says what they prove. */
public final class Bundle {

    private final Archive archive;
    private final Scope scope;
    private final VerifierKey key;
    private final SignedNote note;
    private final Checkpoint checkpoint;

    private Bundle(
            Archive archive, Scope scope, VerifierKey key, SignedNote note, Checkpoint checkpoint) {
        this.archive = archive;
        this.scope = scope;
        this.key = key;
        this.note = note;
        this.checkpoint = checkpoint;
    }

    /**
     * Reads every byte.
     *
     * @throws Mismatch when it is not exactly what such a bundle would be, or its own key has not
     *     signed its checkpoint
     */
    public static Bundle open(Bytes bytes) throws IOException {
        Archive archive = Archive.read(bytes);
        requireSums(archive);
        Scope scope = Scope.parse(text(archive, Part.SCOPE));
        requireParts(archive, scope);
        VerifierKey key = key(text(archive, Part.KEY));
        SignedNote note = note(archive);
        Checkpoint checkpoint = checkpoint(note);
        requireSigned(note, key);
        if (!checkpoint.origin().equals(key.name())) {
            throw new Mismatch(
                    Part.CHECKPOINT.file(),
                    "it is of %s, and signed by %s".formatted(checkpoint.origin(), key.name()));
        }
        for (Map.Entry<Part, byte[]> file : Derived.files(scope, note, key).entrySet()) {
            requireSame(archive, file.getKey(), file.getValue());
        }
        return new Bundle(archive, scope, key, note, checkpoint);
    }

    private static void requireSums(Archive archive) throws IOException {
        Map<Part, String> sums = new EnumMap<>(Part.class);
        archive.files().forEach((part, file) -> sums.put(part, file.sha256()));
        requireSame(archive, Part.SUMS, Derived.sums(sums));
    }

    private static void requireParts(Archive archive, Scope scope) {
        Set<Part> surplus = EnumSet.noneOf(Part.class);
        surplus.addAll(archive.files().keySet());
        List<Part> expected = Part.of(scope);
        for (Part part : expected) {
            if (!surplus.remove(part)) {
                throw new Mismatch(part.file(), "it is missing");
            }
        }
        for (Part part : surplus) {
            throw new Mismatch(part.file(), "it does not belong into a bundle of this scope");
        }
    }

    private static String text(Archive archive, Part part) throws IOException {
        return Lines.text(part.file(), archive.read(part));
    }

    private static void requireSame(Archive archive, Part part, byte[] expected)
            throws IOException {
        try (Expected file = new Expected(part, archive.open(part))) {
            file.next(expected);
            file.end();
        }
    }

    private static VerifierKey key(String line) {
        try {
            VerifierKey key = VerifierKey.parse(line.strip());
            if ((key + "\n").equals(line)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new Mismatch(Part.KEY.file(), String.valueOf(e.getMessage()));
        }
        throw new Mismatch(Part.KEY.file(), Part.KEY.unlike());
    }

    private static SignedNote note(Archive archive) throws IOException {
        try {
            return SignedNote.parse(archive.read(Part.CHECKPOINT));
        } catch (IllegalArgumentException e) {
            throw new Mismatch(Part.CHECKPOINT.file(), String.valueOf(e.getMessage()));
        }
    }

    private static Checkpoint checkpoint(SignedNote note) {
        try {
            return Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw new Mismatch(Part.CHECKPOINT.file(), String.valueOf(e.getMessage()));
        }
    }

    private static void requireSigned(SignedNote note, VerifierKey key) {
        try {
            note.verifiedBy(Set.of(key));
        } catch (SignedNote.NotVerified e) {
            throw new Mismatch(
                    Part.CHECKPOINT.file(),
                    "it is not signed with the key of key.txt: " + e.getMessage());
        }
        if (!note.signatures().getFirst().isBy(key)) {
            throw new Mismatch(
                    Part.CHECKPOINT.file(), "its first signature is not that of key.txt");
        }
    }

    Archive archive() {
        return archive;
    }

    public Scope scope() {
        return scope;
    }

    /** The key that the bundle carries; whose it is, the bundle cannot say. */
    public VerifierKey key() {
        return key;
    }

    public SignedNote note() {
        return note;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }
}
