package org.agreementledger.log;

import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;

/**
 * A checkpoint as the table has it: what it says is in the note.
 *
 * @param size the number of leaves that the note should say
 * @param note C2SP signed-note
 */
public record StoredCheckpoint(long size, String note) {

    /**
     * @throws IllegalArgumentException when the note is none
     */
    public SignedNote signedNote() {
        return SignedNote.parse(note);
    }

    /**
     * What it says; who signed it is another question.
     *
     * @throws IllegalArgumentException when the note is not that of a checkpoint
     */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(signedNote().text());
    }
}
