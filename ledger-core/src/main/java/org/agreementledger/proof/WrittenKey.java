package org.agreementledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key as C2SP signed-note writes it, {@code name+id+base64} (the form of Go's {@code
 * sumdb/note}). Name and id together say which key made a signature.
 *
 * @param type what is signed, and how
 * @param bytes the 32 of RFC 8032; not copied
 */
record WrittenKey(String name, byte type, byte[] bytes) {

    /** Of plain notes. */
    static final byte ED25519 = 1;

    /** Of cosignatures with their time. */
    static final byte COSIGNATURE = 4;

    /**
     * @throws IllegalArgumentException for a name or a length that cannot be
     */
    WrittenKey {
        KeyName.require(name);
        if (bytes.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has 32 bytes, not " + bytes.length);
        }
    }

    /**
     * @throws IllegalArgumentException for anything but {@code name+id+base64} of a key of that
     *     type, and for an id that is not that key's
     */
    static WrittenKey parse(String text, byte type) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a verifier key, which is written name+id+base64");
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        if (typed.length == 0 || typed[0] != type) {
            throw new IllegalArgumentException(
                    "'%s' is not an Ed25519 verifier key (type %d)".formatted(text, type));
        }
        WrittenKey key = new WrittenKey(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.idHex().equals(parts[1])) {
            throw new IllegalArgumentException(
                    "the id of verifier key '" + text + "' should be " + key.idHex());
        }
        return key;
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), big-endian. */
    int id() {
        byte[] hash =
                Digest.sha256(
                        (name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {type}, bytes);
        return ByteBuffer.wrap(hash).getInt();
    }

    private String idHex() {
        return "%08x".formatted(id());
    }

    boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, bytes, 0, message, 0, message.length);
    }

    boolean made(SignedNote.Signature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenKey key
                && name.equals(key.name)
                && type == key.type
                && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        byte[] typed = new byte[1 + bytes.length];
        typed[0] = type;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return name + "+" + idHex() + "+" + StrictBase64.encode(typed);
    }
}
