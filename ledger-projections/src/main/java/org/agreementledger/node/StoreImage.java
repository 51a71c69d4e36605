package org.agreementledger.node;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;

/**
 * The file of an open database as it was at one moment, byte for byte what a process killed then
 * would have left, read while others go on writing.
 *
 * <p>H2's own BACKUP TO copies the file while what was begun before it may still move parts of it,
 * and goes on into what is written meanwhile. Here what is under way is waited for, and from then
 * on, until this is closed, H2 only appends: nothing of what it had written by that moment is moved
 * or written over. The file is read through H2, because on POSIX systems another channel would take
 * away its lock when it is closed.
 */
final class StoreImage implements AutoCloseable {

    /** The two blocks that say where the newest part of the store is. */
    private static final int HEADER = 2 * 4096;

    /** H2 leaves up to a hundredth of the file unused at its end, and writes there again. */
    private static final int TAIL_PART = 50;

    private static final int TAIL_MAX = 64 << 20;
    private static final int BLOCK = 1 << 16;

    private final MVStore store;
    private final SingleFileStore file;
    private final int retention;
    private final BooleanSupplier closing;
    private byte[] header = {};
    private byte[] tail = {};
    private long tailAt;

    private StoreImage(MVStore store, BooleanSupplier closing) {
        this.store = store;
        this.file = (SingleFileStore) store.getFileStore();
        this.retention = file.getRetentionTime();
        this.closing = closing;
    }

    /**
     * Of this moment, as far as it is written: what is committed may be written later. There must
     * be no other one of the same database.
     *
     * @param closing asked now and then whether the database is about to be closed
     */
    static StoreImage take(DataSource dataSource, BooleanSupplier closing) throws IOException {
        StoreImage image = new StoreImage(StorageEngine.of(dataSource), closing);
        try {
            image.store.setReuseSpace(false);
            image.file.setRetentionTime(Integer.MAX_VALUE);
            image.freeze();
            return image;
        } catch (IOException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** Reads what is written over in place, while nothing is. */
    private void freeze() throws IOException {
        IOException[] failure = new IOException[1];
        store.executeFilestoreOperation(() -> {
            // What is thrown in here would stop the store for good.
            try {
                long size = file.size();
                tailAt = Math.max(HEADER, size - Math.clamp(size / TAIL_PART, BLOCK, TAIL_MAX));
                header = read(0, HEADER);
                tail = read(tailAt, Math.toIntExact(size - tailAt));
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private byte[] read(long position, int length) throws IOException {
        try {
            return file.readFully((SFChunk) null, position, length).array();
        } catch (MVStoreException e) {
            throw new IOException("The database cannot be read: " + e.getMessage(), e);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(header);
        for (long at = HEADER; at < tailAt; at += BLOCK) {
            if (closing.getAsBoolean()) {
                throw new IOException("The ledger is closed.");
            }
            out.write(read(at, Math.toIntExact(Math.min(BLOCK, tailAt - at))));
        }
        out.write(tail);
    }

    /** From now on H2 uses again what it does not need any more. */
    @Override
    public void close() {
        file.setRetentionTime(retention);
        store.setReuseSpace(true);
    }
}
