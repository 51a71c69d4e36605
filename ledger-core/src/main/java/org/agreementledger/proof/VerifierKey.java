package org.agreementledger.proof;

/**
 * A public key of C2SP signed-note, type Ed25519, written {@code name+id+base64} (the form of Go's
 * {@code sumdb/note}). Name and id together say which key made a signature.
 */
public final class VerifierKey {

    private final WrittenKey key;

    private VerifierKey(WrittenKey key) {
        this.key = key;
    }

    /**
     * @param publicKey the 32 bytes of RFC 8032
     * @throws IllegalArgumentException for a name or a length that cannot be
     */
    public static VerifierKey ed25519(String name, byte[] publicKey) {
        return new VerifierKey(new WrittenKey(name, WrittenKey.ED25519, publicKey.clone()));
    }

    /**
     * @throws IllegalArgumentException for anything but {@code name+id+base64} of an Ed25519 key,
     *     and for an id that is not that key's
     */
    public static VerifierKey parse(String text) {
        return new VerifierKey(WrittenKey.parse(text, WrittenKey.ED25519));
    }

    /**
     * @throws IllegalArgumentException when it is empty, or has a space, a control character or a
     *     plus
     */
    public static String requireName(String name) {
        return KeyName.require(name);
    }

    WrittenKey written() {
        return key;
    }

    public String name() {
        return key.name();
    }

    /** The first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key), big-endian. */
    public int id() {
        return key.id();
    }

    /** The 32 bytes of RFC 8032. */
    public byte[] publicKey() {
        return key.bytes().clone();
    }

    /** For openssl: SubjectPublicKeyInfo of RFC 8410. */
    public String pem() {
        return Pem.publicKey(key.bytes());
    }

    /** RFC 8032, section 5.1.7; false for a signature of any length but 64. */
    public boolean verifies(byte[] message, byte[] signature) {
        return key.verifies(message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey verifier && key.equals(verifier.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key.toString();
    }
}
