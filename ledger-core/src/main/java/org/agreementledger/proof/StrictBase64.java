package org.agreementledger.proof;

import java.util.Base64;

/**
 * Base 64 of RFC 4648, section 4, in its one canonical form. The JDK's decoder also takes text
 * without its padding and with stray bits at the end, so that a signed text could be altered and
 * still pass.
 */
final class StrictBase64 {

    private StrictBase64() {}

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * @throws IllegalArgumentException for anything that {@link #encode} does not write
     */
    static byte[] decode(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            throw unreadable(text);
        }
        throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'" + text + "' is not base64 with its padding");
    }
}
