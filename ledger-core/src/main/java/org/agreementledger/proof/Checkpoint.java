package org.agreementledger.proof;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tree's size and root, as the note text of C2SP tlog-checkpoint.
 *
 * @param origin which log it is of
 * @param size how many leaves
 * @param extensions further lines, kept as they are and never looked at; we write none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine(origin);
        extensions.forEach(Checkpoint::requireLine);
        if (size < 0) {
            throw malformed("a tree of " + size + " leaves cannot be");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /**
     * @param text of a note
     * @throws IllegalArgumentException when it is not a checkpoint
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[lines.length - 1].isEmpty()) {
            throw malformed("it has no origin, size and root, a line each");
        }
        if (!SIZE.matcher(lines[1]).matches()) {
            throw malformed("'" + lines[1] + "' is not the size of a tree");
        }
        return new Checkpoint(
                lines[0],
                Long.parseLong(lines[1]),
                Hash.ofBase64(lines[2]),
                Arrays.asList(lines).subList(3, lines.length - 1));
    }

    private static void requireLine(String line) {
        if (line.isEmpty() || line.indexOf('\n') >= 0) {
            throw malformed("a line is empty");
        }
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a checkpoint: " + why);
    }

    /** The text to sign. */
    public String text() {
        StringBuilder text = new StringBuilder(origin + "\n" + size + "\n" + root.base64() + "\n");
        extensions.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
