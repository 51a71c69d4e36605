package org.agreementledger.tokens;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.VerifierKey;

/**
 * A token as its owner holds it: {@code agl_}, the ledger it opens, and 256 random bits, so that it
 * is recognised wherever it turns up, and one that leads to another ledger is told apart.
 */
public final class TokenText {

    public static final String PREFIX = "agl_";

    private static final Pattern FORM =
            Pattern.compile(PREFIX + "(?<ledger>[0-9a-f]{8})_[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;
    private final String ledger;

    private TokenText(String text, String ledger) {
        this.text = text;
        this.ledger = ledger;
    }

    /**
     * @param ledger as {@link #ledger(VerifierKey)} gives it
     */
    public static TokenText random(String ledger) {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new TokenText(PREFIX + ledger + "_" + HexFormat.of().formatHex(secret), ledger);
    }

    /** Empty for text of another form. */
    public static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new TokenText(text, form.group("ledger")))
                : Optional.empty();
    }

    /** What a ledger is called in its tokens: the id of the key that signs its log. */
    public static String ledger(VerifierKey key) {
        return "%08x".formatted(key.id());
    }

    public String ledger() {
        return ledger;
    }

    /**
     * What is stored of it. One plain SHA-256 is enough: nobody goes through 256 random bits,
     * however quickly each is tried; slow hashes are for words that people choose.
     */
    public String sha256() {
        return Digest.sha256Hex(text);
    }

    /** The whole token; to be told once, to its owner. */
    public String reveal() {
        return text;
    }

    /** Without the secret: this ends in logs. */
    @Override
    public String toString() {
        return PREFIX + ledger + "_…";
    }
}
