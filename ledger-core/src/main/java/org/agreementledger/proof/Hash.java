package org.agreementledger.proof;

import java.util.Arrays;
import java.util.HexFormat;

/** 32 bytes that came out of SHA-256. */
public final class Hash {

    static final int LENGTH = 32;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of these bytes, one part after the other. */
    public static Hash sha256(byte[]... parts) {
        return new Hash(Digest.sha256(parts));
    }

    /**
     * @throws IllegalArgumentException when there are not 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /**
     * @throws IllegalArgumentException for anything but 64 lower-case hexadecimal digits
     */
    public static Hash ofHex(String hex) {
        if (hex.length() != 2 * LENGTH || !hex.chars().allMatch(Hash::isHexDigit)) {
            throw new IllegalArgumentException(
                    "'" + hex + "' is not a SHA-256 hash of 64 lower-case hexadecimal digits");
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    private static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    /**
     * @throws IllegalArgumentException for anything but the base64 of 32 bytes
     */
    public static Hash ofBase64(String base64) {
        return of(StrictBase64.decode(base64));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** For those who only read them. */
    byte[] sharedBytes() {
        return bytes;
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String base64() {
        return StrictBase64.encode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
