package org.agreementledger.cli;

/** One sentence out of a chain of exceptions. */
final class Reasons {

    private Reasons() {}

    /** The first line of the innermost cause that says anything. */
    static String first(Throwable thrown) {
        String said = thrown.getClass().getSimpleName();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                said = t.getMessage().lines().findFirst().orElse(said).strip();
            }
        }
        return said;
    }

    /** Whether an exception of that name is in the chain; by name, because not every door is loaded. */
    static boolean has(Throwable thrown, String simpleName) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getClass().getSimpleName().equals(simpleName)) {
                return true;
            }
        }
        return false;
    }
}
