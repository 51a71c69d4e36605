package org.agreementledger.cli;

/** How a text looks where colours are shown; the meanings are the same in every table. */
enum Style {
    PLAIN(""),
    STRONG("1"),
    QUIET("2"),
    /** A word that was looked for. */
    HIT("1;4"),
    /** As it was. */
    GOOD("32"),
    GOOD_HEADING("1;32"),
    /** Changed, retired, contradicted. */
    BAD("31"),
    BAD_HEADING("1;31"),
    /** Disclosed. */
    TOLD("94"),
    /** Reworded. */
    DOUBTFUL("33");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    /** An escape sequence of ECMA-48. */
    String paint(String text) {
        return code.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
