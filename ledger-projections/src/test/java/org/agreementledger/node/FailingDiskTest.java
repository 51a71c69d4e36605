package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.node.LedgerNode.Location;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database on a disk that one day does not keep what is forced to it. */
@Timeout(60)
class FailingDiskTest {

    @TempDir Path folder;

    private static volatile boolean failing;

    @BeforeAll
    static void a_disk() {
        FilePath.register(new Disk());
    }

    @Test
    void after_a_flush_that_failed_nothing_is_acknowledged_until_the_ledger_is_opened_again()
            throws Exception {
        try (LedgerNode node = onTheDisk()) {
            node.ledger().record(Drafts.opening("alpha"));
            LogChecks.awaitIntact(node, 1);

            failing = true;
            assertThatThrownBy(() -> node.ledger().record(Drafts.opening("beta")))
                    .isInstanceOf(NotDurable.class)
                    .hasMessageContaining("(The disk says no); nothing is recorded until");
            failing = false;

            assertThatThrownBy(() -> node.ledger().record(Drafts.opening("gamma")))
                    .isInstanceOf(NotDurable.class);
            assertThat(node.ledger().history(new AgreementId("gamma")).size()).isZero();
            assertThat(node.diskFailure()).isPresent();
            assertThat(node.log().newest()).isZero();
        }

        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            node.ledger().record(Drafts.opening("gamma"));
            List<String> stored = LogChecks.storedEventIds(node);
            LogChecks.awaitIntact(node, stored.size());
            assertThat(stored).hasSizeBetween(2, 3);
            assertThat(node.diskFailure()).isEmpty();
        }
    }

    private LedgerNode onTheDisk() {
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
                        Database.open(settings), folder, Clock.systemUTC(), Signing.BESIDE_DATA);
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
