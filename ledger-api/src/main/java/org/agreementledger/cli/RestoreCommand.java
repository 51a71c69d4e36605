package org.agreementledger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.agreementledger.backup.BackupFile;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Mismatch;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Brings a ledger back, from a backup or from an audit bundle of all of it; which of the two FILE is, is seen from its content.",
            "",
            "A backup is the database itself. It is unpacked into a folder that is not there yet or is empty, and verified as verify does before it counts as restored; cut short, nothing is left that would be served. The private key is not in it.",
            "",
            "A bundle is its proof, and is restored into an empty ledger: the same entries, positions, record times, salts, leaves and root. Before anything is written it is checked whole. It holds what the log proves, and nothing else: not the private key, and not the keys of repeated requests. With the private key that signed it, --log-key, the log goes on under its name; then the old ledger must never sign again, and the bundle must be the newest. Without it the log goes on under a new name, with a key of its own."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger restore ledger-2026-11-27.zip --data restored",
            "  ./ledger restore audit.zip --key key.txt --data restored"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored",
            "1:what is in the backup does not verify: it was not restored",
            "2:wrong usage, FILE is damaged, or does not hold a whole ledger, or there is something there already: it is left as it is",
            "3:cannot run; unless it says that it is restored, nothing is left of it there"
        })
final class RestoreCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "A backup, or a bundle as export --bundle writes it without --agreement.")
    Path file = Path.of("");

    @Mixin final Trust trust = new Trust();
    @Mixin final Place place = new Place();

    @Mixin final LogKey logKey = new LogKey();

    private final Terminal terminal;

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** What came back. */
    record Restored(long entries, String root, String from, String key, boolean originChecked) {}

    @Override
    public Integer call() {
        if (place.demo) {
            throw Failure.usage("The demo has its example; restore into a folder with --data DIR.");
        }
        if (BackupFile.isOne(file)) {
            BackupRestoring backup = new BackupRestoring(terminal, place, trust, file);
            backup.require(logKey);
            return backup.run();
        }
        return restoreBundle();
    }

    private int restoreBundle() {
        Bundle bundle = Trust.open(file);
        trust.require();
        Restore restore =
                new Restore(
                        bundle,
                        place.location(terminal),
                        terminal.clock(),
                        logKey.signing(terminal));
        trust.check(terminal, bundle, file, BundleCheck.Each.NOTHING);
        restore(restore, bundle);
        try (LedgerNode node = opened(restore)) {
            ReadModelsFollow.awaitAll(terminal, node, "It is restored, but its");
            report(bundle, node);
        }
        return ExitCode.FINE;
    }

    private void restore(Restore restore, Bundle bundle) {
        try (Progress progress =
                terminal.progress("Restoring", "entries", bundle.checkpoint().size())) {
            restore.run(progress::to);
        } catch (IllegalArgumentException | LedgerNode.DatabaseInUse e) {
            throw e;
        } catch (Mismatch e) {
            throw Failure.cannotRun(
                    "%s changed while it was read: %s: %s.".formatted(file, e.where(), e.what()),
                    e);
        } catch (IOException | RuntimeException e) {
            throw Failure.cannotRun(
                    "Cannot restore into %s: %s; nothing is left of it there."
                            .formatted(place.describe(terminal), Reasons.first(e)),
                    e);
        }
    }

    private LedgerNode opened(Restore restore) {
        try {
            return restore.open();
        } catch (RuntimeException e) {
            throw Failure.cannotRun(
                    "It is restored, but cannot be opened: " + Reasons.first(e) + ".", e);
        }
    }

    private void report(Bundle bundle, LedgerNode node) {
        String key = node.tree().key().orElseThrow().toString();
        boolean goesOn = key.equals(bundle.key().toString());
        if (place.json) {
            terminal.json(
                    new Restored(
                            bundle.checkpoint().size(),
                            bundle.checkpoint().root().hex(),
                            bundle.key().toString(),
                            key,
                            trust.key != null));
            return;
        }
        Page page = terminal.page();
        page.print(
                Text.of("Restored", Style.GOOD)
                        .plus(
                                " %s of %s, with the root %s."
                                        .formatted(
                                                Phrases.count(
                                                        bundle.checkpoint().size(),
                                                        "entry",
                                                        "entries"),
                                                bundle.checkpoint().origin(),
                                                bundle.checkpoint().root().hex())));
        page.print(
                goesOn
                        ? "The log goes on under its name; the old ledger must not sign any more."
                        : "From now on it signs under a name and with a key of its own:");
        if (!goesOn) {
            page.command(key);
        }
        if (trust.key == null) {
            terminal.say("Its origin was not checked: nobody's key was given.");
        }
    }
}
