package org.agreementledger.api.http;

/** How many items a page holds. */
public record Limit(String text) {

    /** Where none is given. */
    public static final int OF_A_PAGE = 100;

    public Limit {
        if (!text.matches("[1-9]\\d{0,2}|1000")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a whole number from 1 to 1000");
        }
    }

    public int count() {
        return Integer.parseInt(text);
    }
}
