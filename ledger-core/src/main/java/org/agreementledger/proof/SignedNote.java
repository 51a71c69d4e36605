package org.agreementledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A text and its signatures, as C2SP signed-note has them. Trust the text only after {@link
 * #verifiedBy}.
 *
 * @param text ends in a newline
 */
public record SignedNote(String text, List<Signature> signatures) {

    /** More than the specification asks us to take; beyond it somebody wants to keep us busy. */
    private static final int SIGNATURES_MAX = 100;

    private static final int BYTES_MAX = 1_000_000;
    private static final String MARK = "— ";
    private static final int ID_LENGTH = 4;

    public SignedNote {
        signatures = List.copyOf(signatures);
        requireText(text);
    }

    /**
     * One line below the text.
     *
     * @param name of the key
     * @param encoded the base64 of the key's id and the bytes that the key made
     */
    public record Signature(String name, String encoded) {

        public Signature {
            KeyName.require(name);
            if (StrictBase64.decode(encoded).length <= ID_LENGTH) {
                throw new IllegalArgumentException(
                        "the signature of " + name + " is too short to be one");
            }
        }

        static Signature of(WrittenKey key, byte[] bytes) {
            byte[] all =
                    ByteBuffer.allocate(ID_LENGTH + bytes.length)
                            .putInt(key.id())
                            .put(bytes)
                            .array();
            return new Signature(key.name(), StrictBase64.encode(all));
        }

        public int keyId() {
            return ByteBuffer.wrap(StrictBase64.decode(encoded)).getInt();
        }

        public byte[] bytes() {
            byte[] all = StrictBase64.decode(encoded);
            return Arrays.copyOfRange(all, ID_LENGTH, all.length);
        }

        /** As it stands below the text, without its newline. */
        public String line() {
            return MARK + name + " " + encoded;
        }

        /** Whether it claims to be that key's. */
        public boolean isBy(VerifierKey key) {
            return key.written().made(this);
        }
    }

    /** Thrown when no known key, or a known key wrongly, has signed. */
    public static final class NotVerified extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotVerified(String message) {
            super(message);
        }
    }

    public static SignedNote sign(String text, SigningKey key) {
        requireText(text);
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(Signature.of(key.verifier().written(), signature)));
    }

    /**
     * @throws IllegalArgumentException for bytes that are not a signed note
     */
    public static SignedNote parse(byte[] note) {
        if (note.length > BYTES_MAX) {
            throw malformed("it is longer than " + BYTES_MAX + " bytes");
        }
        try {
            return parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note)).toString());
        } catch (CharacterCodingException _) {
            throw malformed("it is not UTF-8");
        }
    }

    /** The same from its text. */
    public static SignedNote parse(String note) {
        int blankLine = note.lastIndexOf("\n\n");
        if (blankLine < 0 || !note.endsWith("\n")) {
            throw malformed(
                    "it has no text, blank line and signature lines, each ending in a newline");
        }
        String below = note.substring(blankLine + 2);
        if (below.isEmpty()) {
            throw malformed("it has no signature");
        }
        String[] lines = below.substring(0, below.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX) {
            throw malformed("it has more than " + SIGNATURES_MAX + " signatures");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(signature(line));
        }
        return new SignedNote(note.substring(0, blankLine + 1), signatures);
    }

    private static Signature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(MARK) || space < MARK.length()) {
            throw malformed("'" + line + "' is not a signature line");
        }
        return new Signature(line.substring(MARK.length(), space), line.substring(space + 1));
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw malformed("its text does not end in a newline");
        }
        if (text.codePoints().anyMatch(c -> c < ' ' && c != '\n')) {
            throw malformed("it has a control character");
        }
        if (text.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw malformed("it has a lone surrogate, which is not text");
        }
    }

    private static IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("not a signed note: " + why);
    }

    /** With one more signature below the others. */
    public SignedNote with(Signature signature) {
        List<Signature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new SignedNote(text, all);
    }

    /**
     * Which of the known keys signed; signatures of others are ignored.
     *
     * @return at least one
     * @throws NotVerified when a signature that claims to be a known key's is not, or when there is
     *     none
     */
    public List<VerifierKey> verifiedBy(Collection<VerifierKey> known) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<VerifierKey> signers = new ArrayList<>();
        for (Signature signature : signatures) {
            for (VerifierKey key : known) {
                if (!signature.isBy(key) || signers.contains(key)) {
                    continue;
                }
                if (!key.verifies(message, signature.bytes())) {
                    throw new NotVerified("the signature of " + key.name() + " is wrong");
                }
                signers.add(key);
            }
        }
        if (signers.isEmpty()) {
            throw new NotVerified("none of the known keys signed it");
        }
        return signers;
    }

    /** As it is sent and stored. */
    public String write() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()).append('\n'));
        return note.toString();
    }
}
