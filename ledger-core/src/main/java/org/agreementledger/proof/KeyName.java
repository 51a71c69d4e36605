package org.agreementledger.proof;

/** The name of a key, as a signed note has it. */
final class KeyName {

    private KeyName() {}

    /**
     * @throws IllegalArgumentException when it is empty or has a blank, a control character or a
     *     plus
     */
    static String require(String name) {
        if (name.isEmpty() || name.codePoints().anyMatch(KeyName::isForbidden)) {
            throw new IllegalArgumentException(
                    "'"
                            + name
                            + "' is not the name of a key: it is empty, or has a space or a plus");
        }
        return name;
    }

    private static boolean isForbidden(int c) {
        return c == '+'
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
