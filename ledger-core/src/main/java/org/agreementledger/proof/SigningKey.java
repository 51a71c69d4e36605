package org.agreementledger.proof;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key with the name under which it signs notes. */
public final class SigningKey {

    private final byte[] seed;
    private final VerifierKey verifier;

    private SigningKey(String name, byte[] seed) {
        this.seed = seed;
        byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.verifier = VerifierKey.ed25519(name, publicKey);
    }

    public static SigningKey generate(String name, SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(random, seed);
        return new SigningKey(name, seed);
    }

    /**
     * @param pem PKCS#8 of RFC 8410, as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws IllegalArgumentException for anything else; the message does not repeat the text
     */
    public static SigningKey ofPem(String name, String pem) {
        return new SigningKey(name, Pem.seed(pem));
    }

    public String pem() {
        return Pem.privateKey(seed);
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** Of the cosignatures that this key makes. */
    public CosignerKey cosigner() {
        return new CosignerKey(verifier.name(), verifier.publicKey());
    }

    /**
     * As a witness: C2SP tlog-cosignature.
     *
     * @param at in whole seconds, after 1970
     */
    public SignedNote.Signature cosign(Checkpoint checkpoint, Instant at) {
        long seconds = at.getEpochSecond();
        byte[] signature = sign(CosignerKey.message(checkpoint, seconds));
        return SignedNote.Signature.of(
                cosigner().written(),
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(seconds)
                        .put(signature)
                        .array());
    }

    byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "private key of " + verifier;
    }
}
