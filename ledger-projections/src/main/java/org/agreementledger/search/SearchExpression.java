package org.agreementledger.search;

/**
 * What words to look for: {@code revenue share} (both), {@code "revenue share"} (side by side),
 * {@code exclusiv*} (so begun), {@code -cloud} (not), {@code azure OR aws}, and round brackets.
 * Case and accents do not matter. {@code OR} binds less than words side by side.
 */
public record SearchExpression(String text) {

    static final int LENGTH_MAX = 500;

    /**
     * @throws IllegalArgumentException for one that cannot be looked for; the message says why
     */
    public SearchExpression {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the search expression is empty");
        }
        if (text.length() > LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "the search expression has "
                            + text.length()
                            + " characters; at most "
                            + LENGTH_MAX
                            + " are read");
        }
        ExpressionParser.read(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
