package org.agreementledger.cli;

/** One sentence out of a chain of exceptions. */
final class Reasons {

    private Reasons() {}

    /** The first line of the innermost cause that says anything, without its full stop. */
    static String first(Throwable thrown) {
        String said = thrown.getClass().getSimpleName();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                said = t.getMessage().lines().findFirst().orElse(said).strip();
            }
        }
        return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
    }
}
