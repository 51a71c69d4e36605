package org.agreementledger.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.agreementledger.audit.Selection;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Bytes;
import org.agreementledger.bundle.Mismatch;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.node.LedgerNode;

/** Writes an audit bundle, and checks it before it is handed out. */
final class BundleExport {

    private final Terminal terminal;
    private final boolean json;

    BundleExport(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** What was written. */
    record Written(String bundle, String holds, long events, long leaves, String key) {}

    int write(LedgerNode node, Selection selection, Path file) {
        Path target = file.toAbsolutePath().normalize();
        try {
            Path draft = target.resolveSibling(target.getFileName() + ".part");
            try {
                write(node, selection, target.getParent(), draft);
                report(file, checked(draft));
                Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot write " + file + ": " + Reasons.first(e) + ".", e);
        } catch (TreeMismatch e) {
            throw doesNotFit(e.getMessage(), e);
        }
        return ExitCode.FINE;
    }

    private void write(LedgerNode node, Selection selection, Path parent, Path draft)
            throws IOException {
        try (Progress progress =
                        terminal.progress("Exporting", "entries", node.log().newest() + 1);
                OutputStream out = Files.newOutputStream(draft)) {
            node.bundles().write(selection, parent, out, progress::to);
        }
    }

    private record Checked(Bundle bundle, BundleCheck check) {}

    private Checked checked(Path draft) throws IOException {
        try {
            Bundle bundle = Bundle.open(Bytes.of(draft));
            try (Progress progress =
                    terminal.progress("Checking", "leaves", bundle.checkpoint().size())) {
                BundleCheck check = new BundleCheck(bundle, BundleCheck.Each.NOTHING, progress::to);
                check.run();
                return new Checked(bundle, check);
            }
        } catch (Mismatch e) {
            throw doesNotFit(e.where() + ": " + e.what(), e);
        }
    }

    private static Failure doesNotFit(String what, RuntimeException cause) {
        return Failure.cannotRun(
                "No bundle was written, because what is stored does not fit what was signed: "
                        + what
                        + ". ./ledger verify finds out more.",
                cause);
    }

    private void report(Path file, Checked checked) {
        Bundle bundle = checked.bundle();
        if (json) {
            terminal.json(
                    new Written(
                            file.toString(),
                            bundle.scope().describe(),
                            checked.check().events(),
                            checked.check().leaves(),
                            bundle.key().toString()));
            return;
        }
        terminal.say(
                "Wrote %s to %s: %s."
                        .formatted(
                                Phrases.count(checked.check().events(), "entry", "entries"),
                                file,
                                bundle.scope().describe()));
        bundle.scope().limits().forEach(terminal::say);
        terminal.say("Who checks it needs the key from you, by another way: " + bundle.key() + ".");
    }
}
