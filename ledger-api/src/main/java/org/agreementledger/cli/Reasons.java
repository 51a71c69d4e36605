package org.agreementledger.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** One sentence out of a chain of exceptions. */
final class Reasons {

    private Reasons() {}

    /** The first line of the innermost cause that says anything, without its full stop. */
    static String first(Throwable thrown) {
        String said = thrown.getClass().getSimpleName();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getMessage() != null && !t.getMessage().isBlank()) {
                said = sentence(t).lines().findFirst().orElse(said).strip();
            }
        }
        return said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
    }

    /** Java names only the file where it has a class of its own for what went wrong. */
    private static String sentence(Throwable thrown) {
        return switch (thrown) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there already";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            default -> String.valueOf(thrown.getMessage());
        };
    }
}
