package org.agreementledger.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.api.http.Items;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.replay.Replay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description =
                "Folds the terms from the first event of the event store, not from the read models; with --check compares the two.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./ledger replay --demo --valid-on 2026-04-26 --known-at @27",
            "  ./ledger replay --demo --check"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine; with --check: equal",
            "1:with --check: the read models differ from the fold",
            "2:wrong usage, or no such agreement",
            "3:cannot run"
        })
final class ReplayCommand extends Task {

    @Option(names = "--agreement", paramLabel = "ID", description = "Only this one (default: all).")
    @Nullable AgreementId agreementId;

    @Option(
            names = "--check",
            description =
                    "Compare every entry's findings, and the terms on every day at every moment, with the read models.")
    boolean check;

    @Mixin final ValidTime validTime = new ValidTime();
    @Mixin final RecordTime recordTime = new RecordTime();

    ReplayCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void prepare() {
        if (check && validTime.validOn != null) {
            throw Failure.usage("--check compares every day; leave out --valid-on.");
        }
    }

    @Override
    int run(LedgerNode node) {
        if (agreementId != null && node.ledger().history(agreementId).size() == 0) {
            throw unknown(agreementId, node);
        }
        return check ? compare(node) : fold(node);
    }

    private int fold(LedgerNode node) {
        Moment moment = recordTime.moment(node);
        List<TermsAnswer> terms =
                timed(
                        node,
                        "Replaying",
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

    private int compare(LedgerNode node) {
        Replay.Check found =
                timed(
                        node,
                        "Comparing",
                        done -> node.replay().check(agreementId, recordTime.moment(node), done));
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

    private <T> T timed(LedgerNode node, String task, Timed<T> timed) {
        long max =
                agreementId == null
                        ? node.log().newest() + 1
                        : node.ledger().history(agreementId).size();
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
                        "%s in %.1f s: %,.0f entries/s.",
                        Phrases.count(folded.get(), "entry", "entries"),
                        nanoseconds / 1e9,
                        folded.get() * 1e9 / nanoseconds));
        return answer;
    }
}
