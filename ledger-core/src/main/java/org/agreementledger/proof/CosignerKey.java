package org.agreementledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A witness's public key of C2SP tlog-cosignature, type Ed25519: what it signs says that at that
 * time it knew no larger tree of that log, and that all it had seen before are beginnings of this
 * one.
 */
public final class CosignerKey {

    private final WrittenKey key;

    CosignerKey(String name, byte[] publicKey) {
        this(new WrittenKey(name, WrittenKey.COSIGNATURE, publicKey));
    }

    private CosignerKey(WrittenKey key) {
        this.key = key;
    }

    /**
     * @throws IllegalArgumentException for anything but {@code name+id+base64} of such a key, and
     *     for an id that is not that key's
     */
    public static CosignerKey parse(String text) {
        return new CosignerKey(WrittenKey.parse(text, WrittenKey.COSIGNATURE));
    }

    WrittenKey written() {
        return key;
    }

    public String name() {
        return key.name();
    }

    /** When it cosigned that checkpoint; empty where that is no cosignature of this key. */
    public Optional<Instant> cosignedAt(Checkpoint checkpoint, SignedNote.Signature signature) {
        byte[] bytes = signature.bytes();
        if (!key.made(signature) || bytes.length <= Long.BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(bytes).getLong();
        return seconds > 0
                        && seconds <= Instant.MAX.getEpochSecond()
                        && key.verifies(
                                message(checkpoint, seconds),
                                Arrays.copyOfRange(bytes, Long.BYTES, bytes.length))
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    static byte[] message(Checkpoint checkpoint, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CosignerKey cosigner && key.equals(cosigner.key);
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
