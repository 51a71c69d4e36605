package org.agreementledger.log;

import java.util.List;
import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;

/**
 * A checkpoint as the table has it: what it says is in the note.
 *
 * @param size the number of leaves that the note should say
 * @param note C2SP signed-note
 */
public record StoredCheckpoint(long size, String note) {

    /**
     * @throws TreeMismatch when the note is none
     */
    public SignedNote signedNote() {
        try {
            return SignedNote.parse(note);
        } catch (IllegalArgumentException e) {
            throw mismatch(e);
        }
    }

    /**
     * What it says; who signed it is another question.
     *
     * @throws TreeMismatch when the note is not that of a checkpoint of this size
     */
    public Checkpoint checkpoint() {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(signedNote().text());
        } catch (IllegalArgumentException e) {
            throw mismatch(e);
        }
        if (checkpoint.size() != size) {
            throw new TreeMismatch(
                    "the checkpoint of size %d says size %d".formatted(size, checkpoint.size()));
        }
        return checkpoint;
    }

    /**
     * What it says, once it is known that the key signed it, and for this log.
     *
     * @throws TreeMismatch when the key did not
     */
    Checkpoint verified(VerifierKey key) {
        try {
            signedNote().verifiedBy(List.of(key));
        } catch (SignedNote.NotVerified e) {
            throw mismatch(e);
        }
        Checkpoint checkpoint = checkpoint();
        if (!checkpoint.origin().equals(key.name())) {
            throw new TreeMismatch(
                    "the checkpoint of size %d is of %s".formatted(size, checkpoint.origin()));
        }
        return checkpoint;
    }

    private TreeMismatch mismatch(RuntimeException why) {
        return new TreeMismatch("the checkpoint of size %d: %s".formatted(size, why.getMessage()));
    }
}
