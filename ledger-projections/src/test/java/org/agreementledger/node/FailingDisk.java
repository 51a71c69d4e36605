package org.agreementledger.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Clock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk, below H2, that does not keep what is forced to it while it is told so. */
public final class FailingDisk {

    private static volatile boolean failing;

    private FailingDisk() {}

    public static void fails(boolean now) {
        failing = now;
    }

    /** The ledger in that folder, with its database on this disk. */
    public static LedgerNode open(Path folder) {
        FilePath.register(new Disk());
        DatabaseSettings usual = DatabaseSettings.embedded(folder);
        DatabaseSettings settings =
                new DatabaseSettings(
                        usual.url().replace("jdbc:h2:retry:", "jdbc:h2:failing:"),
                        folder,
                        usual.user(),
                        usual.password(),
                        true);
        LedgerNode node =
                new LedgerNode(
                        Database.open(settings),
                        new LedgerNode.Location(folder, null),
                        Clock.systemUTC(),
                        Signing.BESIDE_DATA);
        node.start();
        return node;
    }

    /** H2's own files, but for what becomes of {@code force}. */
    public static final class Disk extends FilePathWrapper {

        @Override
        public String getScheme() {
            return "failing";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            return new DiskFile(super.open(mode));
        }
    }

    private static final class DiskFile extends FileBaseDefault {

        private final FileChannel file;

        DiskFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (failing) {
                throw new IOException("The disk says no");
            }
            file.force(metaData);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public int write(ByteBuffer bytes, long position) throws IOException {
            return file.write(bytes, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
