package org.agreementledger.proof;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ed25519 keys as RFC 8410 and RFC 7468 write them: a fixed beginning, then 32 bytes. */
final class Pem {

    private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final byte[] PRIVATE =
            HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile(
                    "\\s*-----BEGIN PRIVATE KEY-----\\s+(\\S+)\\s+-----END PRIVATE KEY-----\\s*");

    private Pem() {}

    static String publicKey(byte[] key) {
        return wrapped("PUBLIC KEY", PUBLIC, key);
    }

    static String privateKey(byte[] seed) {
        return wrapped("PRIVATE KEY", PRIVATE, seed);
    }

    private static String wrapped(String label, byte[] beginning, byte[] key) {
        byte[] der = Arrays.copyOf(beginning, beginning.length + key.length);
        System.arraycopy(key, 0, der, beginning.length, key.length);
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .replace("%n", "\n")
                .formatted(label, StrictBase64.encode(der));
    }

    /**
     * @throws IllegalArgumentException without repeating a text that may be a secret
     */
    static byte[] seed(String pem) {
        Matcher matcher = PRIVATE_KEY.matcher(pem);
        if (matcher.matches()) {
            byte[] der = decoded(matcher.group(1));
            if (der.length == PRIVATE.length + Hash.LENGTH
                    && Arrays.equals(PRIVATE, Arrays.copyOf(der, PRIVATE.length))) {
                return Arrays.copyOfRange(der, PRIVATE.length, der.length);
            }
        }
        throw new IllegalArgumentException(
                "not an unencrypted Ed25519 private key in PEM, as 'openssl genpkey -algorithm ed25519' writes it");
    }

    private static byte[] decoded(String base64) {
        try {
            return StrictBase64.decode(base64);
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }
}
