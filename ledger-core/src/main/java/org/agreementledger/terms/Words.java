package org.agreementledger.terms;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When two quotes count as the same words: after Unicode NFC and folding of case and blanks. */
public final class Words {

    private Words() {}

    /** False where one of them is not known. */
    public static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !folded(one).equals(folded(other));
    }

    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("(?U)\\s+", " ")
                .strip();
    }
}
