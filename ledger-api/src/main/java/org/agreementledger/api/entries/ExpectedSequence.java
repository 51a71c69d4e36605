package org.agreementledger.api.entries;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header {@code If-Match} on a write: the agreement's newest sequence as its writer saw it. */
record ExpectedSequence(String text) {

    private static final Pattern FORM = Pattern.compile("\"(\\d{1,9})\"");

    public ExpectedSequence {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it takes the agreement's sequence in double quotes, like \"31\"; the ETag of an answer is something else");
        }
    }

    static @Nullable Integer sequence(@Nullable ExpectedSequence expected) {
        if (expected == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(expected.text);
        return matcher.matches() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
