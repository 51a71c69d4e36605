package org.agreementledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * C2SP tlog-proof: that a leaf is in the tree of a checkpoint, in one text that can be checked
 * offline.
 *
 * @param extra bytes that nobody signed, in base64; null for none. Ours are the leaf itself
 * @param index of the leaf, from 0
 * @param hashes from the leaf's sibling up to the root's child
 * @param checkpoint a signed note, as it is
 */
public record TlogProof(
        @Nullable String extra, long index, List<Hash> hashes, SignedNote checkpoint) {

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");

    public TlogProof {
        hashes = List.copyOf(hashes);
        if (extra != null) {
            StrictBase64.decode(extra);
        }
    }

    /** With the leaf's bytes as what comes along. */
    public static TlogProof of(byte[] leaf, long index, List<Hash> hashes, SignedNote checkpoint) {
        return new TlogProof(StrictBase64.encode(leaf), index, hashes, checkpoint);
    }

    /**
     * @throws IllegalArgumentException for any other text
     */
    public static TlogProof parse(String text) {
        int blankLine = text.indexOf("\n\n");
        if (blankLine < 0) {
            throw malformed("it has no blank line above a checkpoint");
        }
        List<String> lines =
                new ArrayList<>(Arrays.asList(text.substring(0, blankLine).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST_LINE)) {
            throw malformed("its first line is not " + FIRST_LINE);
        }
        String extra = null;
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = lines.removeFirst().substring(EXTRA.length());
        }
        if (lines.isEmpty() || !INDEX.matcher(lines.getFirst()).matches()) {
            throw malformed("it has no line 'index' with the leaf's index");
        }
        return new TlogProof(
                extra,
                Long.parseLong(lines.removeFirst().substring("index ".length())),
                lines.stream().map(Hash::ofBase64).toList(),
                SignedNote.parse(text.substring(blankLine + 2)));
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a tlog-proof: " + why);
    }

    /** The bytes that came along, unproven as they are; null for none. */
    public byte @Nullable [] extraBytes() {
        return extra == null ? null : StrictBase64.decode(extra);
    }

    /**
     * Whether that leaf is at {@link #index} of the tree of the checkpoint; who signed the
     * checkpoint is another question.
     */
    public boolean proves(Hash leafHash) {
        Checkpoint tree = Checkpoint.parse(checkpoint.text());
        return MerkleTree.provesInclusion(hashes, index, leafHash, tree.size(), tree.root());
    }

    public String write() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(extra).append('\n');
        }
        text.append("index ").append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.write()).toString();
    }
}
