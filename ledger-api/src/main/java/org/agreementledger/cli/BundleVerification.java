package org.agreementledger.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.agreementledger.bundle.Bundle;
import org.agreementledger.bundle.BundleCheck;
import org.agreementledger.bundle.Bytes;
import org.agreementledger.bundle.Mismatch;
import org.agreementledger.proof.SignedNote;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Checks an audit bundle, and says what that shows. */
final class BundleVerification {

    private static final int LABEL_WIDTH = 10;

    private final Terminal terminal;
    private final boolean json;

    BundleVerification(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** One thing that does not fit. */
    record Difference(String where, String what) {}

    /**
     * What was found, with the answer first; null is what was not reached.
     *
     * @param root of the signed tree, in hexadecimal
     * @param originChecked whether a key was given that did not come with the bundle
     */
    record Verified(
            boolean ok,
            long events,
            long leaves,
            @Nullable String root,
            long agreements,
            List<Difference> differences,
            String bundle,
            @Nullable String holds,
            List<String> limits,
            @Nullable String origin,
            @Nullable Long size,
            @Nullable String key,
            boolean originChecked) {}

    int run(Path file, @Nullable String key, @Nullable Path against) {
        VerifierKey trusted = key == null ? null : key(key);
        SignedNote older = against == null ? null : note(against);
        Verified verified = verified(file, trusted, older);
        if (json) {
            terminal.json(verified);
        } else {
            print(verified);
        }
        return verified.ok() ? ExitCode.FINE : ExitCode.DIFFERENCE;
    }

    private Verified verified(
            Path file, @Nullable VerifierKey trusted, @Nullable SignedNote older) {
        Bundle bundle = null;
        BundleCheck check = null;
        try {
            bundle = Bundle.open(bytes(file));
            try (Progress progress =
                    terminal.progress("Checking", "leaves", bundle.checkpoint().size())) {
                check = new BundleCheck(bundle, BundleCheck.Each.NOTHING, progress::to);
                if (trusted != null) {
                    check.requireSignedBy(trusted);
                }
                if (older != null) {
                    check.requireGrownFrom(older);
                }
                check.run();
            }
            return answer(file, bundle, check, trusted, List.of());
        } catch (Mismatch e) {
            return answer(
                    file, bundle, check, trusted, List.of(new Difference(e.where(), e.what())));
        } catch (IOException e) {
            throw Failure.cannotRun("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    private static Verified answer(
            Path file,
            @Nullable Bundle bundle,
            @Nullable BundleCheck check,
            @Nullable VerifierKey trusted,
            List<Difference> differences) {
        return new Verified(
                differences.isEmpty(),
                check == null ? 0 : check.events(),
                check == null ? 0 : check.leaves(),
                bundle == null ? null : bundle.checkpoint().root().hex(),
                check == null ? 0 : check.agreements(),
                differences,
                file.toString(),
                bundle == null ? null : bundle.scope().describe(),
                bundle == null ? List.of() : bundle.scope().limits(),
                bundle == null ? null : bundle.checkpoint().origin(),
                bundle == null ? null : bundle.checkpoint().size(),
                bundle == null ? null : bundle.key().toString(),
                trusted != null);
    }

    static Bytes bytes(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw Failure.usage(file + " is a folder; a bundle is one file, as it was exported.");
        }
        try {
            return Bytes.of(file);
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + file + ".", e);
        }
    }

    /** The text of a key, or a file that holds one. */
    static VerifierKey key(String given) {
        if (!given.contains("+") || Files.isRegularFile(Path.of(given))) {
            return VerifierKey.parse(text(Path.of(given)).strip());
        }
        return VerifierKey.parse(given.strip());
    }

    private static SignedNote note(Path file) {
        try {
            return SignedNote.parse(text(file));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(file + " holds no checkpoint: " + Reasons.first(e) + ".", e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + file + ".", e);
        } catch (CharacterCodingException e) {
            throw Failure.usage(file + " is not text.", e);
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + file + ": " + Reasons.first(e) + ".", e);
        }
    }

    private void print(Verified verified) {
        Page page = terminal.page();
        if (!verified.ok()) {
            Difference first = verified.differences().getFirst();
            page.print(
                    Text.of("BROKEN", Style.BAD_HEADING)
                            .plus(" — " + verified.bundle() + ": ", Style.STRONG)
                            .plus(first.where() + ": " + first.what() + "."));
            return;
        }
        page.print(
                Text.of("INTACT", Style.GOOD_HEADING)
                        .plus(
                                " — %s: %s of %s, %s; digests, leaves, proofs, root and signature fit"
                                        .formatted(
                                                verified.bundle(),
                                                Phrases.count(
                                                        verified.events(), "entry", "entries"),
                                                Phrases.count(
                                                        verified.agreements(),
                                                        "agreement",
                                                        "agreements"),
                                                Phrases.count(verified.leaves(), "leaf", "leaves")),
                                Style.STRONG));
        page.blank();
        labelled(page, "holds", verified.holds() + ". " + String.join(" ", verified.limits()));
        labelled(
                page,
                "ledger",
                "%s, %d entries when it was signed, root %s"
                        .formatted(verified.origin(), verified.size(), verified.root()));
        if (verified.originChecked()) {
            labelled(page, "origin", "checked: signed with the key that you gave.");
        } else {
            page.labelled(
                    2,
                    LABEL_WIDTH,
                    Text.of("origin", Style.QUIET),
                    Text.of("not checked", Style.DOUBTFUL)
                            .plus(
                                    ": this was integrity only. It is signed with a key that it brings itself, and a forger can sign with a key of his own. Get the ledger's key by another way, and give it with --key. In the bundle is:"));
            page.command(String.valueOf(verified.key()));
        }
    }

    private static void labelled(Page page, String label, String text) {
        page.labelled(2, LABEL_WIDTH, Text.of(label, Style.QUIET), Text.of(text));
    }
}
