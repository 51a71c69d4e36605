package org.agreementledger.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.agreementledger.copy.CopiedRows;
import org.agreementledger.copy.CopyTable;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * A ledger as it stood, on its way into a folder of its own. Closed before it is finished, it is
 * taken away; cut short, it says so to whoever opens it.
 */
public final class NewCopy implements AutoCloseable {

    private final Path folder;
    private final Moment moment;
    private final CopyTable mark;
    private final CopiedRows rows;
    private final Clock clock;
    private final Database database;
    private @Nullable LedgerNode node;

    /** Never true of what another process wrote there in the meantime. */
    private boolean isOurs;

    private boolean finished;

    private NewCopy(LedgerNode source, Path folder, Moment moment, Clock clock) {
        this.folder = folder;
        this.moment = moment;
        this.clock = clock;
        this.database = Database.open(DatabaseSettings.embedded(folder));
        this.mark = new CopyTable(database.jdbc());
        this.rows =
                new CopiedRows(
                        source.database().jdbc(),
                        database.batches(),
                        new TransactionTemplate(database.transactions()));
    }

    /**
     * @param folder that is not there yet, or is empty
     * @param moment up to which the copy goes, and which the source holds
     * @throws IllegalArgumentException for any other folder, and when nothing was recorded by then
     */
    static NewCopy begin(LedgerNode source, Path folder, Moment moment, Clock clock) {
        requireFree(folder);
        if (moment.position() < 0) {
            throw new IllegalArgumentException(
                    "Nothing was recorded yet at "
                            + moment.knownAt()
                            + ", so there is nothing to copy");
        }
        NewCopy copy = new NewCopy(source, folder, moment, clock);
        try {
            copy.mark.begin(moment);
            copy.isOurs = true;
            return copy;
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /**
     * @throws IllegalArgumentException when there is anything but an empty folder
     */
    public static void requireFree(Path folder) {
        requireFree(folder, _ -> false);
    }

    /**
     * @param names of files that do not count
     */
    static void requireFree(Path folder, Predicate<String> names) {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    folder + " is a file; this takes a folder that is not there yet, or is empty");
        }
        try (var files = Files.list(folder)) {
            if (!files.map(file -> file.getFileName().toString()).allMatch(names)) {
                throw new IllegalArgumentException(
                        "The folder "
                                + folder
                                + " is not empty; this takes one that is not there yet, or is empty");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Returns how many there are.
     *
     * @param done told the number of entries copied so far
     */
    public long copyEntries(LongConsumer done) {
        rows.copy(moment.position(), done);
        return moment.position() + 1;
    }

    /**
     * Once the entries are there; returns how many the read models hold.
     *
     * @param done told the number that they hold so far
     */
    public long buildReadModels(LongConsumer done) {
        node =
                new LedgerNode(
                        database,
                        new LedgerNode.Location(folder, null),
                        clock,
                        Signing.BESIDE_DATA);
        node.readModels().catchUp(done);
        return node.readModels().position() + 1;
    }

    /** From now on it opens, and takes no entries. */
    public void finish() {
        mark.finish();
        finished = true;
    }

    @Override
    public void close() {
        try {
            if (node == null) {
                database.close();
            } else {
                node.close();
            }
        } finally {
            if (isOurs && !finished) {
                FileSystemUtils.deleteRecursively(folder.toFile());
            }
        }
    }
}
