package org.agreementledger.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.backup.Manifest;
import org.agreementledger.backup.Unfinished;
import org.agreementledger.node.Backups;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description = {
            "Writes the embedded database as it is at this moment into one file, from which restore brings it back.",
            "",
            "While a server holds the database, it is asked for it, with what it left beside its data for those who may read it; it goes on meanwhile. The file is there complete, or not at all.",
            "",
            "The private key that signs the log is not in it: keep a copy of that elsewhere. The secrets of webhooks are in it."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger backup --out ledger-2026-11-27.zip"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:backed up",
            "2:wrong usage, there is no ledger there, or FILE is there already",
            "3:cannot run, or FILE cannot be written; there is no such file then"
        })
final class BackupCommand implements Callable<Integer> {

    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where to write it; a file that is not there yet.")
    Path out = Path.of("");

    @Mixin final Place place = new Place();

    private final Terminal terminal;

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What was written. */
    record Written(
            String file,
            long position,
            @Nullable String ledger,
            @Nullable String root,
            Instant takenAt,
            long bytes) {}

    @Override
    public Integer call() {
        if (place.database != null) {
            throw Failure.usage(
                    "A PostgreSQL database is backed up with pg_dump, or with a base backup and its write-ahead log, and ./ledger verify --database URL checks what is restored from them; ledger backup is for the embedded database.");
        }
        Path target = out.toAbsolutePath().normalize();
        requireNew(target);
        requireLedger();
        try {
            Unfinished.backups(target).forEach(this::sayUnfinished);
            report(written(target), Files.size(target));
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot write " + out + ": " + Reasons.first(e) + ".", e);
        }
        return ExitCode.FINE;
    }

    private void requireNew(Path target) {
        if (Files.exists(target)) {
            throw Failure.usage(
                    out + " is there already; no backup is written over another. Name a new file.");
        }
    }

    /** Else one would be made, and an empty one backed up. */
    private void requireLedger() {
        Path folder = place.folder(terminal);
        if (!Files.exists(folder.resolve(BackupFile.DATABASE))) {
            throw Failure.usage("There is no ledger in " + folder + " to back up.");
        }
    }

    private void sayUnfinished(Path part) {
        terminal.say(
                "%s was left by a backup that was cut short, unless one is under way; nothing restores from it, and it can be removed."
                        .formatted(part));
    }

    private Manifest written(Path target) throws IOException {
        Path part = Unfinished.backup(target);
        try {
            writeTo(part);
            Manifest manifest = checked(part);
            Files.move(part, target);
            force(target.getParent());
            return manifest;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void writeTo(Path part) throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                part,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                OWNER_ONLY);
                OutputStream to =
                        new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16)) {
            take(to);
            to.flush();
            file.force(true);
        }
    }

    private void take(OutputStream to) throws IOException {
        try (LedgerNode node = place.openToRead(terminal);
                Backups.Taken taken = node.backups().orElseThrow().take()) {
            taken.writeTo(to);
        } catch (LedgerNode.DatabaseInUse e) {
            HoldingServer.of(place, terminal, e).download("v1/backup", to);
        } catch (Backups.NotNow e) {
            throw Failure.cannotRun(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cannotRun("It was interrupted.", e);
        }
    }

    /** What came over a wire, or onto a disk, is read once more before it counts. */
    private static Manifest checked(Path part) throws IOException {
        try {
            BackupFile backup = BackupFile.open(part);
            backup.check();
            return backup.manifest();
        } catch (IllegalArgumentException e) {
            throw Failure.cannotRun(
                    "What was written is not what was read: " + Reasons.first(e) + ".", e);
        }
    }

    /** So that its name survives a power cut too, where a folder can be forced at all. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Windows keeps names by itself.
        }
    }

    private void report(Manifest manifest, long bytes) {
        if (place.json) {
            terminal.json(
                    new Written(
                            out.toString(),
                            manifest.position(),
                            manifest.ledger(),
                            manifest.root(),
                            manifest.takenAt(),
                            bytes));
            return;
        }
        terminal.page()
                .print(
                        Text.of("Backed up", Style.GOOD)
                                .plus(
                                        " %s, as at %s, to %s (%s)."
                                                .formatted(
                                                        Phrases.count(
                                                                manifest.position() + 1,
                                                                "entry",
                                                                "entries"),
                                                        Rfc3339.text(manifest.takenAt()),
                                                        out,
                                                        Phrases.count(bytes, "byte", "bytes"))));
        terminal.say(
                "The private key that signs the log is not in it; keep a copy of that, apart from the backups.");
    }
}
