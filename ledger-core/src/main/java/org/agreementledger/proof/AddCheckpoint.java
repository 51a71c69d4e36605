package org.agreementledger.proof;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log sends to a witness: C2SP tlog-witness, add-checkpoint.
 *
 * @param oldSize of the tree that the witness cosigned last, as far as the log knows
 * @param proof that the new tree begins with that one
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedNote checkpoint) {

    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");
    private static final int PROOF_MAX = 63;

    public AddCheckpoint {
        proof = List.copyOf(proof);
    }

    /**
     * @throws IllegalArgumentException for any other text
     */
    public static AddCheckpoint parse(String text) {
        int blankLine = text.indexOf("\n\n");
        if (blankLine < 0) {
            throw malformed("it has no blank line above a checkpoint");
        }
        List<String> lines = Arrays.asList(text.substring(0, blankLine).split("\n", -1));
        Matcher old = OLD.matcher(lines.getFirst());
        if (!old.matches()) {
            throw malformed("its first line is not 'old' and a size");
        }
        if (lines.size() - 1 > PROOF_MAX) {
            throw malformed("it has more than " + PROOF_MAX + " lines of proof");
        }
        return new AddCheckpoint(
                Long.parseLong(old.group(1)),
                lines.subList(1, lines.size()).stream().map(Hash::ofBase64).toList(),
                SignedNote.parse(text.substring(blankLine + 2)));
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a checkpoint for a witness: " + why);
    }

    public String write() {
        StringBuilder text = new StringBuilder("old " + oldSize + "\n");
        proof.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.write()).toString();
    }
}
