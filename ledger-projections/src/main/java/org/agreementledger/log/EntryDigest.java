package org.agreementledger.log;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.agreementledger.proof.CanonicalBytes;
import org.agreementledger.proof.Digest;

/** What the log holds of an entry: a digest that says nothing of it without its salt. */
public final class EntryDigest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private EntryDigest() {}

    /** 32 random bytes in hexadecimal. */
    static String salt() {
        byte[] salt = new byte[32];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    public static String of(Entry entry, String salt) {
        return Digest.sha256Hex(
                CanonicalBytes.of(Map.of("entry", EntryJson.write(entry), "salt", salt)));
    }
}
