package org.agreementledger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.backup.Manifest;
import org.agreementledger.backup.Unfinished;
import org.agreementledger.node.BackupRestore;
import org.agreementledger.node.Damage;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.time.Rfc3339;
import org.agreementledger.verify.Verification;
import org.agreementledger.verify.Verified;
import org.jspecify.annotations.Nullable;

/** Brings a ledger back from a backup, and verifies it before it counts as restored. */
final class BackupRestoring {

    private final Terminal terminal;
    private final Place place;
    private final Trust trust;
    private final Path file;

    BackupRestoring(Terminal terminal, Place place, Trust trust, Path file) {
        this.terminal = terminal;
        this.place = place;
        this.trust = trust;
        this.file = file;
    }

    /** What came back. */
    record Restored(
            boolean ok,
            long entries,
            long position,
            String root,
            @Nullable String ledger,
            Instant takenAt,
            String folder,
            boolean originChecked) {}

    void require(LogKey logKey) {
        if (place.database != null) {
            throw Failure.usage(
                    "A backup is an embedded database; restore it into a folder, with --data DIR.");
        }
        if (logKey.file != null || logKey.origin != null) {
            throw Failure.usage(
                    "A restored backup keeps the name and the key of its log; leave out --log-key and --log-origin, and give them to who records in it.");
        }
    }

    int run() {
        try {
            BackupFile backup = BackupFile.open(file);
            Unfinished.restores(place.folder(terminal)).forEach(this::sayUnfinished);
            try (BackupRestore restore = BackupRestore.begin(backup, place.folder(terminal))) {
                return run(restore, backup.manifest());
            }
        } catch (IllegalArgumentException | Failure e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Failure.cannotRun(
                    "Cannot restore %s into %s: %s; nothing is left of it there."
                            .formatted(
                                    file,
                                    place.folder(terminal),
                                    Damage.of(e).orElseGet(() -> Reasons.first(e))),
                    e);
        }
    }

    private void sayUnfinished(Path hidden) {
        terminal.say(
                "%s was left by a restore that was cut short, unless one is under way; nothing opens it, and it can be removed."
                        .formatted(hidden));
    }

    private int run(BackupRestore restore, Manifest manifest) throws IOException {
        restore.unpack();
        Verified verified;
        LedgerVerification verification = new LedgerVerification(terminal, place.json);
        try (LedgerNode node = restore.open(terminal.clock())) {
            ReadModelsFollow.awaitAll(terminal, node, "It cannot be verified, because its");
            verified = verification.verified(node, question());
        }
        if (!verified.ok()) {
            tell(verified, verification);
            terminal.say(
                    "What is in %s does not verify, so it was not restored; try another backup."
                            .formatted(file));
            return ExitCode.DIFFERENCE;
        }
        restore.finish();
        if (place.json) {
            terminal.json(restored(manifest, verified));
        } else {
            tell(verified, verification);
            report(manifest);
        }
        return ExitCode.FINE;
    }

    private Verification.Question question() {
        return new Verification.Question(
                null, trust.key == null ? null : BundleVerification.key(trust.key), List.of());
    }

    private void tell(Verified verified, LedgerVerification verification) {
        if (place.json) {
            terminal.json(verified);
        } else {
            verification.print(verified, trust.key != null);
        }
    }

    private Restored restored(Manifest manifest, Verified verified) {
        return new Restored(
                true,
                verified.events(),
                manifest.position(),
                verified.root(),
                manifest.ledger(),
                manifest.takenAt(),
                place.folder(terminal).toString(),
                trust.key != null);
    }

    private void report(Manifest manifest) {
        Path folder = place.folder(terminal);
        Page page = terminal.page();
        page.blank();
        page.print(
                Text.of("Restored", Style.GOOD)
                        .plus(
                                " the backup of %s into %s: %s, the newest at position %d."
                                        .formatted(
                                                Rfc3339.text(manifest.takenAt()),
                                                folder,
                                                Phrases.count(
                                                        manifest.position() + 1,
                                                        "entry",
                                                        "entries"),
                                                manifest.position())));
        if (manifest.ledger() != null) {
            page.print("The key of its log:");
            page.command(manifest.ledger());
            terminal.say(
                    "The private key that signs its log is not in a backup: without it the ledger answers and verifies, and takes no entries. Put it at %s, or give it with --log-key FILE."
                            .formatted(folder.resolve("log-key.pem")));
        }
        terminal.say("What was recorded after the backup is not in it.");
    }
}
