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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.backup.Manifest;
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
     * @param folder that is not there yet, or is empty
     * @throws IllegalArgumentException for any other folder
     * @throws IllegalStateException when there is no room for it
     */
    public static BackupRestore begin(BackupFile backup, Path folder) throws IOException {
        NewCopy.requireFree(folder);
        String name = ".restoring-" + UUID.randomUUID();
        // An empty folder may be where a disk of its own is mounted: it can be filled, not
        // replaced.
        Path hidden =
                Files.exists(folder)
                        ? folder.resolve(name)
                        : folder.resolveSibling("." + folder.getFileName() + name);
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
     * @throws IllegalArgumentException when the backup is damaged
     */
    public void unpack() throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                database(),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            backup.unpackTo(out);
            file.force(true);
        }
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
        if (Files.exists(folder)) {
            fill();
        } else {
            Files.move(hidden, folder, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** The database comes last: without it there is no ledger. */
    private void fill() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(hidden)) {
            files = all.filter(file -> !file.equals(database())).toList();
        }
        for (Path file : files) {
            Files.move(file, folder.resolve(file.getFileName()));
        }
        Files.move(
                database(),
                folder.resolve(database().getFileName()),
                StandardCopyOption.ATOMIC_MOVE);
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
