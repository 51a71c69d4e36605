package org.agreementledger.node;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.agreementledger.backup.Unfinished;

/**
 * The folder of an embedded database. Whether it can be ours is asked before anything in it is
 * touched: H2 would open a file that it cannot write to for reading only, and say so too late.
 */
record DataFolder(Path path) {

    /** Of the database, without the ending that H2 gives its file. */
    static final String DATABASE = "ledger";

    /** With less, in bytes, what opens would fail at its first write. */
    private static final int ROOM = 1 << 20;

    /**
     * Makes it where it is not there.
     *
     * @throws IllegalStateException when this process cannot write there, or when the ledger in it
     *     belongs to somebody else, whom files of ours would lock out
     */
    void require() {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException _) {
            throw new IllegalStateException(path + " is a file, not a folder");
        } catch (IOException e) {
            throw new IllegalStateException("the folder cannot be made: " + said(e));
        }
        UserPrincipal us = requireWritable();
        Path file = path.resolve(DATABASE + ".mv.db");
        Reached.requireDatabase(path, file);
        if (Files.exists(file)) {
            requireOurs(file, us);
        } else {
            requireNothingUnfinished();
        }
    }

    /** Else an empty ledger would stand where somebody waits for the one that is restored. */
    private void requireNothingUnfinished() {
        try {
            List<Path> unfinished = Unfinished.restores(path);
            if (!unfinished.isEmpty()) {
                throw new IllegalStateException(
                        "a restore into it is under way, or was cut short. Restore the backup again; to begin an empty ledger there, remove "
                                + unfinished.getFirst());
            }
        } catch (IOException e) {
            throw new IllegalStateException("what is beside it cannot be read: " + said(e));
        }
    }

    /** Returns as whom: who owns what we make there. */
    private UserPrincipal requireWritable() {
        try {
            Path probe = Files.createTempFile(path, "probe", ".draft");
            try {
                return Files.getOwner(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "nothing can be written there (%s); the folder belongs to %s, and this runs as %s"
                            .formatted(said(e), owner(path), System.getProperty("user.name")));
        }
    }

    /**
     * For who records, of a folder that can be written to.
     *
     * @throws IllegalStateException when there is not room for a megabyte
     */
    void requireRoom() {
        if (!Files.isWritable(path)) {
            return;
        }
        try {
            Path probe = Files.createTempFile(path, "room", ".draft");
            try {
                Files.write(probe, new byte[ROOM]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a megabyte cannot be written there: " + said(e));
        }
    }

    private static void requireOurs(Path file, UserPrincipal us) {
        String owner = owner(file);
        if (!owner.equals(us.getName())) {
            throw new IllegalStateException(
                    "it belongs to %s, and this runs as %s; run it as %s, or give the folder and all in it to %s"
                            .formatted(owner, us.getName(), owner, us.getName()));
        }
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new IllegalStateException(
                    file + " cannot be written by " + us.getName() + ", who owns it");
        }
    }

    private static String owner(Path path) {
        try {
            return Files.getOwner(path).getName();
        } catch (IOException | UnsupportedOperationException _) {
            return "somebody else";
        }
    }

    /** Java says only which file where it has a class of its own for what went wrong. */
    private static String said(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "no permission";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
