package org.agreementledger.verify;

import org.agreementledger.proof.Checkpoint;
import org.agreementledger.proof.SignedNote;

/**
 * A checkpoint that somebody kept from earlier, or from elsewhere.
 *
 * @param name for those who read the answer, such as that of its file
 */
public record Against(String name, SignedNote note, Checkpoint checkpoint) {

    /**
     * @throws IllegalArgumentException when that is no checkpoint
     */
    public static Against parse(String name, String text) {
        SignedNote note = SignedNote.parse(text);
        return new Against(name, note, Checkpoint.parse(note.text()));
    }

    /**
     * What was found about it.
     *
     * @param size of its tree
     * @param ok whether the present tree begins with that one
     * @param finding in one sentence, what that means
     */
    public record Answer(String checkpoint, long size, boolean ok, String finding) {}
}
