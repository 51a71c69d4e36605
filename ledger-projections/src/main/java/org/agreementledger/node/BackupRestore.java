package org.agreementledger.node;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.backup.Manifest;
import org.agreementledger.backup.Unfinished;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.proof.VerifierKey;
import org.springframework.util.FileSystemUtils;

/**
 * Brings a ledger back from a backup: in a hidden folder, which takes its name only once somebody
 * has looked at what is in it. Cut short, it leaves nothing that would be served.
 */
public final class BackupRestore implements AutoCloseable {

    private final BackupFile backup;
    private final Path folder;
    private final Path hidden;

    private BackupRestore(BackupFile backup, Path folder, Path hidden) {
        this.backup = backup;
        this.folder = folder;
        this.hidden = hidden;
    }

    /**
     * @param folder that is not there yet, or holds nothing but what unfinished restores left
     * @throws IllegalArgumentException for any other folder
     * @throws IllegalStateException when there is no room for it
     */
    public static BackupRestore begin(BackupFile backup, Path folder) throws IOException {
        NewCopy.requireFree(folder, Unfinished::isRestore);
        Path hidden = Unfinished.restore(folder);
        Files.createDirectories(hidden);
        BackupRestore restore = new BackupRestore(backup, folder, hidden);
        try {
            restore.requireRoom();
            return restore;
        } catch (IOException | RuntimeException e) {
            restore.close();
            throw e;
        }
    }

    private void requireRoom() throws IOException {
        long room = Files.getFileStore(hidden).getUsableSpace();
        if (room < backup.manifest().size()) {
            throw new IllegalStateException(
                    "there are %d bytes free, and its database takes %d"
                            .formatted(room, backup.manifest().size()));
        }
    }

    /**
     * Under another name until it is whole: a part of a database may open, as an older one.
     *
     * @throws IllegalArgumentException when the backup is damaged
     */
    public void unpack() throws IOException {
        Path part = hidden.resolve("unpacking");
        try (FileChannel file =
                        FileChannel.open(
                                part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            backup.unpackTo(out);
            file.force(true);
        }
        Files.move(part, database());
    }

    private Path database() {
        return hidden.resolve(DataFolder.DATABASE + ".mv.db");
    }

    /**
     * What was unpacked, to be looked at.
     *
     * @throws IllegalStateException when it is not what the backup says, or a newer version has
     *     written it
     */
    public LedgerNode open(Clock clock) {
        LedgerNode node = LedgerNode.openToVerify(new Location(hidden, null), clock);
        try {
            requireAsAnnounced(node, backup.manifest());
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static void requireAsAnnounced(LedgerNode node, Manifest manifest) {
        String key = node.tree().key().map(VerifierKey::toString).orElse("none");
        String announced = manifest.ledger() == null ? "none" : manifest.ledger();
        if (!key.equals(announced) || node.log().newest() != manifest.position()) {
            throw new IllegalStateException(
                    "its database ends at position %d with the key %s, and its manifest says position %d and the key %s"
                            .formatted(node.log().newest(), key, manifest.position(), announced));
        }
    }

    /** Once it is closed again: from now on it is the ledger in that folder. */
    public void finish() throws IOException {
        try (FileChannel file = FileChannel.open(database(), StandardOpenOption.WRITE)) {
            file.force(true);
        }
        if (hidden.startsWith(folder)) {
            // At once, and never over another one; all else in there is derived from it.
            Files.move(database(), folder.resolve(database().getFileName()));
        } else {
            Files.move(hidden, folder, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(hidden);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
