package org.agreementledger.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.api.http.Items;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.NewCopy;
import org.agreementledger.replay.Replay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description =
                "Folds the terms from the first event of the event store, not from the read models; with --check compares the two; with --out writes the whole ledger as it stood into a folder of its own, read-only.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger replay --demo --valid-on 2026-04-26 --known-at @27",
            "  ./ledger replay --demo --check",
            "  ./ledger replay --demo --known-at @16 --out then && ./ledger serve --data then"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine; with --check: equal",
            "1:with --check: the read models differ from the fold",
            "2:wrong usage, no such agreement, or --out is not an empty folder",
            "3:cannot run, or --out cannot be written; nothing is left there then"
        })
final class ReplayCommand extends Task {

    @Option(names = "--agreement", paramLabel = "ID", description = "Only this one (default: all).")
    @Nullable AgreementId agreementId;

    @Option(
            names = "--check",
            description =
                    "Compare every entry's findings, and the terms on every day at every moment, with the read models.")
    boolean check;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write a complete read-only ledger, as known at --known-at, into this folder, which is not there yet or empty. --data DIR opens it.")
    @Nullable Path out;

    @Spec CommandSpec command;

    @Mixin final ValidTime validTime = new ValidTime();
    @Mixin final RecordTime recordTime = new RecordTime();

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (check) {
            refuse(validTime.validOn != null, "--check compares every day; leave out --valid-on.");
            refuse(isGiven("--standing"), "--check compares both views; leave out --standing.");
        }
        if (out != null) {
            refuse(check, "--out writes a copy; run --check on it afterwards, with --data.");
            refuse(
                    agreementId != null,
                    "--out writes a whole ledger: without the other agreements its positions would have gaps. Leave out --agreement.");
            refuse(
                    validTime.validOn != null,
                    "--out writes what was known, and a day does not limit that; leave out --valid-on, and ask the copy for the day.");
            refuse(
                    isGiven("--standing"),
                    "--out writes what holds in both views; leave out --standing, and ask the copy.");
            NewCopy.requireFree(out);
        }
    }

    private static void refuse(boolean when, String sentence) {
        if (when) {
            throw Failure.usage(sentence);
        }
    }

    private boolean isGiven(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    @Override
    int run(LedgerNode node) {
        Moment moment = recordTime.moment(node);
        if (out != null) {
            return write(node, moment, out.toAbsolutePath().normalize());
        }
        if (agreementId != null && node.replay().size(agreementId, moment) == 0) {
            throw unknown(agreementId, node);
        }
        return check ? compare(node, moment) : fold(node, moment);
    }

    /** What was written, and how far it goes. */
    record Written(String folder, long entries, long position, Instant knownAt) {}

    private int write(LedgerNode node, Moment moment, Path folder) {
        long entries = node.replay().size(null, moment);
        try (NewCopy copy = node.copyTo(folder, moment)) {
            timed("Copying", entries, copy::copyEntries);
            timed("Building the read models", entries, copy::buildReadModels);
            copy.finish();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Failure.cannotRun(
                    "Cannot write a copy into " + folder + ": " + Reasons.first(e) + ".", e);
        }
        if (place.json) {
            terminal.json(
                    new Written(folder.toString(), entries, moment.position(), moment.knownAt()));
            return ExitCode.FINE;
        }
        Page page = terminal.page();
        page.print(
                Text.of("Wrote a read-only copy", Style.GOOD)
                        .plus(
                                ", as known at %s: %s, up to position %d."
                                        .formatted(
                                                moment.knownAt(),
                                                Phrases.count(entries, "entry", "entries"),
                                                moment.position())));
        page.command("./ledger serve --data " + folder);
        return ExitCode.FINE;
    }

    private int fold(LedgerNode node, Moment moment) {
        List<TermsAnswer> terms =
                timed(
                        "Replaying",
                        node.replay().size(agreementId, moment),
                        done ->
                                node.replay()
                                        .terms(
                                                agreementId,
                                                validTime.day(terminal),
                                                moment,
                                                recordTime.standing,
                                                done));
        if (place.json) {
            terminal.json(new Items<>(terms));
            return ExitCode.FINE;
        }
        Page page = terminal.page();
        String separator = "";
        for (TermsAnswer answer : terms) {
            terminal.out().print(separator);
            TermsReport.print(page, answer);
            separator = "\n";
        }
        return ExitCode.FINE;
    }

    /** What a check found, with the answer first. */
    record Checked(boolean ok, long entries, long questions, List<Replay.Difference> differences) {}

    private int compare(LedgerNode node, Moment moment) {
        Replay.Check found =
                timed(
                        "Comparing",
                        node.replay().size(agreementId, moment),
                        done -> node.replay().check(agreementId, moment, done));
        boolean ok = found.differences().isEmpty();
        if (place.json) {
            terminal.json(new Checked(ok, found.entries(), found.questions(), found.differences()));
        } else {
            print(found, ok);
        }
        return ok ? ExitCode.FINE : ExitCode.DIFFERENCE;
    }

    private void print(Replay.Check found, boolean ok) {
        Page page = terminal.page();
        page.print(
                Text.of(ok ? "EQUAL" : "DIFFERENT", ok ? Style.GOOD_HEADING : Style.BAD_HEADING)
                        .plus(
                                " — %s in %s, %s"
                                        .formatted(
                                                Phrases.count(
                                                        found.differences().size(),
                                                        "difference",
                                                        "differences"),
                                                Phrases.count(found.entries(), "entry", "entries"),
                                                Phrases.count(
                                                        found.questions(),
                                                        "question",
                                                        "questions")),
                                Style.STRONG));
        for (Replay.Difference difference : found.differences()) {
            page.blank();
            page.print(difference.where());
            page.labelled(2, 6, Text.of("folded", Style.QUIET), Text.of(difference.folded()));
            page.labelled(2, 6, Text.of("read", Style.QUIET), Text.of(difference.read()));
        }
        if (!ok) {
            terminal.say("./ledger rebuild builds the read models again from the events.");
        }
    }

    private interface Timed<T> {
        T run(LongConsumer done);
    }

    private <T> T timed(String task, long max, Timed<T> timed) {
        AtomicLong folded = new AtomicLong();
        long start = System.nanoTime();
        T answer;
        try (Progress progress = terminal.progress(task, "entries", max)) {
            answer =
                    timed.run(done -> {
                        folded.set(done);
                        progress.to(done);
                    });
        }
        long nanoseconds = Math.max(1, System.nanoTime() - start);
        terminal.say(
                String.format(
                        Locale.ROOT,
                        "%s: %s in %.1f s, %,.0f entries/s.",
                        task,
                        Phrases.count(folded.get(), "entry", "entries"),
                        nanoseconds / 1e9,
                        folded.get() * 1e9 / nanoseconds));
        return answer;
    }
}
