package org.agreementledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A public key of C2SP signed-note, type Ed25519, written {@code name+id+base64} (the form of Go's
 * {@code sumdb/note}). Name and id together say which key made a signature.
 */
public final class VerifierKey {

    /** The signature type of plain Ed25519 notes. */
    static final byte ED25519 = 1;

    private final String name;
    private final byte[] publicKey;

    private VerifierKey(String name, byte[] publicKey) {
        this.name = KeyName.require(name);
        this.publicKey = publicKey;
    }

    /**
     * @param publicKey the 32 bytes of RFC 8032
     * @throws IllegalArgumentException for a name or a length that cannot be
     */
    public static VerifierKey ed25519(String name, byte[] publicKey) {
        if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException(
                    "an Ed25519 public key has 32 bytes, not " + publicKey.length);
        }
        return new VerifierKey(name, publicKey.clone());
    }

    /**
     * @throws IllegalArgumentException for anything but {@code name+id+base64} of an Ed25519 key,
     *     and for an id that is not that key's
     */
    public static VerifierKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a verifier key, which is written name+id+base64");
        }
        byte[] typed = StrictBase64.decode(parts[2]);
        if (typed.length == 0 || typed[0] != ED25519) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an Ed25519 verifier key (type 1)");
        }
        VerifierKey key = ed25519(parts[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.idHex().equals(parts[1])) {
            throw new IllegalArgumentException(
                    "the id of verifier key '" + text + "' should be " + key.idHex());
        }
        return key;
    }

    /**
     * @throws IllegalArgumentException when it is empty, or has a space, a control character or a
     *     plus
     */
    public static String requireName(String name) {
        return KeyName.require(name);
    }

    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), big-endian. */
    public int id() {
        byte[] hash =
                Digest.sha256(
                        (name + "\n").getBytes(StandardCharsets.UTF_8),
                        new byte[] {ED25519},
                        publicKey);
        return ByteBuffer.wrap(hash).getInt();
    }

    private String idHex() {
        return "%08x".formatted(id());
    }

    /** The 32 bytes of RFC 8032. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** For openssl: SubjectPublicKeyInfo of RFC 8410. */
    public String pem() {
        return Pem.publicKey(publicKey);
    }

    /** RFC 8032, section 5.1.7; false for a signature of any length but 64. */
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = ED25519;
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return name + "+" + idHex() + "+" + StrictBase64.encode(typed);
    }
}
