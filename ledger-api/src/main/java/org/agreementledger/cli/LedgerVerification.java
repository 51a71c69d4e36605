package org.agreementledger.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.VerifierKey;
import org.agreementledger.verify.Against;
import org.agreementledger.verify.Difference;
import org.agreementledger.verify.Verification;
import org.agreementledger.verify.Verification.Stage;
import org.agreementledger.verify.Verified;
import org.jspecify.annotations.Nullable;

/** Verifies a ledger, and says what that shows. */
final class LedgerVerification {

    private static final int LABEL_WIDTH = 11;
    private static final int SHOWN_MAX = 10;

    /** Of what another process stored a moment ago. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Terminal terminal;
    private final boolean json;

    LedgerVerification(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int run(
            LedgerNode node,
            @Nullable AgreementId only,
            @Nullable VerifierKey key,
            @Nullable Path against) {
        Verification.Question question =
                new Verification.Question(
                        only, key, against == null ? List.of() : List.of(kept(against)));
        Verified verified = verified(node, question);
        if (json) {
            terminal.json(verified);
        } else {
            print(verified, key != null);
        }
        if (!verified.ok()) {
            advise(verified);
        }
        return verified.ok() ? ExitCode.FINE : ExitCode.DIFFERENCE;
    }

    private static Against kept(Path file) {
        try {
            return Against.parse(file.toString(), BundleVerification.text(file));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(file + " holds no checkpoint: " + Reasons.first(e) + ".", e);
        }
    }

    Verified verified(LedgerNode node, Verification.Question question) {
        long start = System.nanoTime();
        Verified verified = found(node, question);
        sayHowFast(verified, System.nanoTime() - start);
        return verified;
    }

    private Verified found(LedgerNode node, Verification.Question question) {
        try (Bars bars = new Bars()) {
            return node.verification().verify(question, PATIENCE, bars, () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cannotRun("It was interrupted.", e);
        }
    }

    /** One bar after the other. */
    private final class Bars implements Verification.Progress, AutoCloseable {
        private @Nullable Stage stage;
        private @Nullable Progress bar;

        @Override
        public void to(Stage now, long done, long of) {
            if (stage != now) {
                close();
                stage = now;
                bar = terminal.progress(title(now), "entries", of);
            }
            if (bar != null) {
                bar.to(done);
            }
        }

        private static String title(Stage stage) {
            return switch (stage) {
                case LOG -> "Checking events, log and tree";
                case READ_MODELS -> "Comparing the read models";
            };
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private void sayHowFast(Verified verified, long nanoseconds) {
        terminal.say(
                String.format(
                        Locale.ROOT,
                        "Verified %s in %.1f s, %,.0f entries/s.",
                        Phrases.count(verified.events(), "entry", "entries"),
                        nanoseconds / 1e9,
                        verified.events() * 1e9 / Math.max(1, nanoseconds)));
    }

    void print(Verified verified, boolean isOriginChecked) {
        Page page = terminal.page();
        if (verified.ok()) {
            page.print(
                    Text.of("INTACT", Style.GOOD_HEADING)
                            .plus(
                                    " — %s of %s: events, log, tree, checkpoints and read models fit"
                                            .formatted(
                                                    Phrases.count(
                                                            verified.events(), "entry", "entries"),
                                                    Phrases.count(
                                                            verified.agreements(),
                                                            "agreement",
                                                            "agreements")),
                                    Style.STRONG));
            page.blank();
        } else {
            page.print(
                    Text.of("BROKEN", Style.BAD_HEADING)
                            .plus(
                                    " — %s in %s"
                                            .formatted(
                                                    Phrases.count(
                                                            verified.found(),
                                                            "difference",
                                                            "differences"),
                                                    Phrases.count(
                                                            verified.events(), "entry", "entries")),
                                    Style.STRONG));
            verified.differences().stream().limit(SHOWN_MAX).forEach(it -> print(page, it));
            if (verified.found() > SHOWN_MAX) {
                page.blank();
                page.print("…");
            }
            page.blank();
        }
        labelled(
                page,
                "tree",
                "%s, root %s"
                        .formatted(
                                Phrases.count(verified.leaves(), "leaf", "leaves"),
                                verified.root()));
        labelled(
                page,
                "signatures",
                "%s, the newest of %s, %s"
                        .formatted(
                                Phrases.count(verified.checkpoints(), "checkpoint", "checkpoints"),
                                Phrases.count(verified.signed(), "leaf", "leaves"),
                                isOriginChecked
                                        ? "by the key that you gave"
                                        : "by the key that the ledger says is its own"));
        labelled(
                page,
                "read models",
                Phrases.count(verified.rows(), "row", "rows")
                        + (verified.searched() == 0
                                ? ""
                                : "; the search index was asked for "
                                        + Phrases.count(
                                                verified.searched(), "agreement", "agreements")));
        for (Against.Answer answer : verified.against()) {
            page.labelled(
                    2,
                    LABEL_WIDTH,
                    Text.of("against", Style.QUIET),
                    Text.of(answer.checkpoint() + ": ")
                            .plus(answer.finding(), answer.ok() ? Style.GOOD : Style.BAD));
        }
    }

    private static void print(Page page, Difference difference) {
        page.blank();
        page.print(
                Text.of(difference.table() + ", ")
                        .plus(difference.row() + ": ")
                        .plus(difference.field(), Style.STRONG));
        labelled(page, "expected", difference.expected());
        labelled(page, "found", difference.found());
    }

    private static void labelled(Page page, String label, String text) {
        page.labelled(2, LABEL_WIDTH, Text.of(label, Style.QUIET), Text.of(text));
    }

    private void advise(Verified verified) {
        terminal.say(
                verified.differences().stream().allMatch(Difference::concernsReadModels)
                        ? "What was recorded is sound; ./ledger rebuild builds the read models again from it."
                        : "Keep the database as it is, with its backups and every checkpoint that was seen elsewhere. An event without a place in the log may be one that was being recorded when a process was killed: any command that records gives it its place; verify again then.");
    }
}
