package org.agreementledger.api.feed;

/** The position of the last entry that a reader has; -1 for who has none. */
record After(String text) {

    public After {
        if (!text.matches("-1|0|[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is not a position; write that of the last entry you have, or -1 to begin with the first");
        }
    }

    long position() {
        return Long.parseLong(text);
    }
}
