package org.agreementledger.node;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.Ledger;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.log.Log;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Backs up an embedded database while it is used: as it is at a moment at which every entry that
 * was acknowledged has its position and is signed, and none is under way.
 */
public final class Backups implements AutoCloseable {

    /** So long writers wait at most for one that is under way before all of them go on. */
    private static final Duration PAUSE_MAX = Duration.ofMillis(250);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Database database;
    private final Durability durability;
    private final Ledger ledger;
    private final Log log;
    private final LogTree tree;
    private final Clock clock;
    private final boolean isCopy;
    private final ReentrantLock one = new ReentrantLock();
    private volatile boolean closing;

    Backups(
            Database database,
            Durability durability,
            Ledger ledger,
            Log log,
            LogTree tree,
            Clock clock,
            boolean isCopy) {
        this.database = database;
        this.durability = durability;
        this.ledger = ledger;
        this.log = log;
        this.tree = tree;
        this.clock = clock;
        this.isCopy = isCopy;
    }

    /** There is no moment at which what is stored could be backed up as a whole. */
    public static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String message) {
            super(message);
        }
    }

    /** One, of the moment at which it was begun. To be closed by the thread that began it. */
    public final class Taken implements AutoCloseable {

        private final Instant takenAt = clock.instant();
        private final long position = log.newest();
        private final @Nullable String key = tree.key().map(VerifierKey::toString).orElse(null);
        private final @Nullable String root =
                tree.checkpoint()
                        .map(StoredCheckpoint::checkpoint)
                        .map(checkpoint -> checkpoint.root().hex())
                        .orElse(null);
        private final StoreImage image;

        private Taken() throws IOException {
            this.image = StoreImage.take(database.dataSource(), () -> closing);
        }

        public void writeTo(OutputStream out) throws IOException {
            BackupFile.write(out, image::writeTo, key, position, root, takenAt);
        }

        @Override
        public void close() {
            image.close();
            one.unlock();
        }
    }

    /**
     * Begins one; after another one, if there is one under way.
     *
     * @throws NotNow when there is no moment for it
     * @throws org.agreementledger.axon.NotDurable when the disk failed
     */
    public Taken take() throws InterruptedException {
        one.lockInterruptibly();
        boolean taken = false;
        try {
            Taken begun = begin();
            taken = true;
            return begun;
        } finally {
            if (!taken) {
                one.unlock();
            }
        }
    }

    private Taken begin() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Taken[] taken = new Taken[1];
        while (taken[0] == null) {
            durability.require();
            if (closing || System.nanoTime() > deadline) {
                throw new NotNow(
                        closing
                                ? "The ledger is being closed."
                                : "For a minute there was no moment at which everything stored had its position; try again.");
            }
            ledger.betweenWrites(PAUSE_MAX, () -> taken[0] = ifSettled().orElse(null));
        }
        return taken[0];
    }

    /** Once everything stored has its position, which takes it a moment. */
    private Optional<Taken> ifSettled() {
        long deadline = System.nanoTime() + PAUSE_MAX.toNanos();
        try {
            while (!log.holdsEveryEvent()) {
                if (System.nanoTime() > deadline) {
                    return Optional.empty();
                }
                log.awaitBeyond(log.newest(), POLL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new NotNow("The backup was interrupted.");
        }
        requireSigned();
        durability.await();
        try {
            return Optional.of(new Taken());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireSigned() {
        if (!isCopy && tree.lag() > 0) {
            throw new NotNow(
                    "%d entries of the log are not signed, so that a backup would not verify; start the ledger with its key, and see what ledger verify says."
                            .formatted(tree.lag()));
        }
    }

    /** One that is under way breaks off, and is waited for: it reads the file that will close. */
    @Override
    public void close() {
        closing = true;
        one.lock();
        one.unlock();
    }
}
