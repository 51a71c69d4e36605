package org.agreementledger.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
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
            "Brings a ledger back from an audit bundle of all of it, into an empty one: the same entries, positions, record times, salts, leaves and root.",
            "",
            "Before anything is written the bundle is checked whole. It holds what the log proves, and nothing else: not the private key, and not the keys of repeated requests. With the private key that signed it, --log-key, the log goes on under its name; then the old ledger must never sign again, and the bundle must be the newest. Without it the log goes on under a new name, with a key of its own.",
            "",
            "A backup is the database itself; a bundle is its proof."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {"  ./ledger restore audit.zip --key key.txt --data restored"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:restored",
            "2:wrong usage, the bundle does not fit or is not a whole ledger, or the ledger there is not empty: it is left as it is",
            "3:cannot run; unless it says that it is restored, nothing is left of it there"
        })
final class RestoreCommand implements Callable<Integer> {

    private static final Duration STEP = Duration.ofMillis(200);

    @Parameters(
            paramLabel = "FILE",
            description = "The bundle, as export --bundle writes it without --agreement.")
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
        trust.require();
        if (place.demo) {
            throw Failure.usage("The demo has its example; restore into a folder with --data DIR.");
        }
        Bundle bundle = Trust.open(file);
        Restore restore =
                new Restore(
                        bundle,
                        place.location(terminal),
                        terminal.clock(),
                        logKey.signing(terminal));
        trust.check(terminal, bundle, file, BundleCheck.Each.NOTHING);
        restore(restore, bundle);
        try (LedgerNode node = opened(restore)) {
            follow(node);
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

    private void follow(LedgerNode node) {
        long newest = node.log().newest();
        try (Progress progress =
                terminal.progress("Building the read models", "entries", newest + 1)) {
            while (!node.readModels().awaitPosition(newest, STEP)) {
                progress.to(node.readModels().position() + 1);
                node.readModels()
                        .failure()
                        .ifPresent(failure -> {
                            throw Failure.cannotRun(
                                    "It is restored, but its read models do not follow: "
                                            + Reasons.first(failure)
                                            + ".",
                                    failure);
                        });
            }
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
