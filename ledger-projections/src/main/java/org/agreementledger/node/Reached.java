package org.agreementledger.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beside an embedded database, how far its log has got: a file that was cut short, or replaced by
 * an older one, may open without complaint, as the ledger it was then.
 *
 * <p>The note is never ahead of the disk, and need not be on it itself: it follows what was
 * flushed, in one small write that a killed process cannot tear.
 */
final class Reached implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Reached.class);
    private static final String NAME = "reached";

    private final Path path;

    /** Not a channel, which an interrupted thread would close. */
    private final RandomAccessFile file;

    private long noted;
    private boolean failed;

    private Reached(Path path, RandomAccessFile file, long noted) {
        this.path = path;
        this.file = file;
        this.noted = noted;
    }

    /**
     * Before a new database takes the place of one that is gone.
     *
     * @throws IllegalStateException when there was one
     */
    static void requireDatabase(Path folder, Path database) {
        Path note = folder.resolve(NAME);
        if (Files.exists(note) && !Files.exists(database)) {
            throw new IllegalStateException(
                    "its database is gone: there is no %s any more. Put it back, or a backup; to begin an empty ledger there, remove %s"
                            .formatted(database, note));
        }
    }

    /**
     * Before anything is written to the database.
     *
     * @param newest position that the database holds
     * @throws IllegalStateException when it has held more
     */
    static void require(Path folder, long newest) {
        Path path = folder.resolve(NAME);
        try {
            long noted = Files.exists(path) ? read(path) : -1;
            if (noted > newest) {
                throw new IllegalStateException(
                        "its log had come to position %d, and its database ends at %d: the file was cut short, or an older one put in its place. Put back the newer file or a backup; to go on without what is missing, remove %s"
                                .formatted(noted, newest, path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * @param newest position that the database holds
     */
    static Reached open(Path folder, long newest) {
        Path path = folder.resolve(NAME);
        try {
            Reached reached = new Reached(path, new RandomAccessFile(path.toFile(), "rw"), -1);
            reached.note(newest);
            return reached;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static long read(Path path) throws IOException {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        try {
            return text.isEmpty() ? -1 : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new IllegalStateException(
                    "%s is damaged: it should say how far the log has got. Remove it, and see what ledger verify says of the rest"
                            .formatted(path));
        }
    }

    /** The disk holds the log up to {@code position}. */
    synchronized void note(long position) {
        if (position <= noted || failed) {
            return;
        }
        try {
            file.seek(0);
            file.write("%-19d\n".formatted(position).getBytes(StandardCharsets.US_ASCII));
            noted = position;
        } catch (IOException e) {
            failed = true;
            LOGGER.warn(
                    "{} cannot be written any more; a database that is cut short may not be noticed.",
                    path,
                    e);
        }
    }

    @Override
    public synchronized void close() {
        failed = true;
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
