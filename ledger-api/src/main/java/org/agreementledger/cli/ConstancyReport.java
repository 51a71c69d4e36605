package org.agreementledger.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.constancy.ConstancyAnswer.TermOutcome;
import org.agreementledger.constancy.ConstancyAnswer.Words;
import org.agreementledger.entries.EntryAnswer;
import org.jspecify.annotations.Nullable;

/** Did the terms change? The answer first, then the evidence. */
final class ConstancyReport {

    /** What happened stands before what did not. */
    private static final List<String> OUTCOMES =
            List.of("changed", "introduced", "retired", "lapsed", "disclosed", "unchanged");

    private static final int INDENT = 2;
    private static final int KEY_WIDTH_MAX = 36;

    private final Page page;
    private final ConstancyAnswer answer;
    private final Map<Integer, EntryAnswer> bySequence = new LinkedHashMap<>();

    ConstancyReport(Page page, ConstancyAnswer answer) {
        this.page = page;
        this.answer = answer;
        for (EntryAnswer entry : answer.entries()) {
            if (entry.sequence() != null) {
                bySequence.put(entry.sequence(), entry);
            }
        }
    }

    /**
     * @param terms the agreement on the last day; empty where it is not known
     * @param flags the options that lead to this ledger again
     */
    void print(Optional<TermsAnswer> terms, String flags) {
        heading(terms);
        counts();
        for (String outcome : OUTCOMES) {
            group(outcome);
        }
        parties();
        entries();
        fingerprints();
        page.blank();
        page.print(
                Text.of(
                        "Any term word for word, with its sources: ./ledger terms "
                                + answer.agreementId()
                                + " KEY"
                                + flags
                                + " --valid-on "
                                + answer.to(),
                        Style.QUIET));
    }

    private void heading(Optional<TermsAnswer> terms) {
        page.print(
                answer.unchanged()
                        ? Text.of("UNCHANGED", Style.GOOD_HEADING)
                                .plus(
                                        " — no term of %s changed between %s and %s"
                                                .formatted(
                                                        answer.agreementId(),
                                                        answer.from(),
                                                        answer.to()),
                                        Style.STRONG)
                        : Text.of("CHANGED", Style.BAD_HEADING)
                                .plus(
                                        " — %s of %s between %s and %s"
                                                .formatted(
                                                        whatChanged(),
                                                        answer.agreementId(),
                                                        answer.from(),
                                                        answer.to()),
                                        Style.STRONG));
        terms.ifPresent(t -> page.print(t.title() + " · " + Phrases.parties(t.parties())));
        page.print(
                Text.of(
                        "as known on "
                                + Phrases.instant(answer.knownAt())
                                + " · "
                                + Phrases.view(answer.standing()),
                        Style.QUIET));
    }

    private String whatChanged() {
        List<String> parts = new ArrayList<>();
        for (String outcome : OUTCOMES.subList(0, 4)) {
            int terms = terms(outcome).size();
            if (terms > 0) {
                String word = parts.isEmpty() ? (terms == 1 ? " term " : " terms ") : " ";
                parts.add(terms + word + outcome);
            }
        }
        if (!answer.parties().outcome().equals("unchanged")) {
            parts.add("the parties changed");
        }
        return String.join(", ", parts);
    }

    private void counts() {
        page.blank();
        count(answer.terms().size(), "term", "terms", tally(answer.terms(), TermOutcome::outcome));
        count(
                answer.entries().size(),
                "entry between",
                "entries between",
                tally(answer.entries(), entry -> entry.effect().sum()));
        List<EntryAnswer.VerdictAnswer> verdicts =
                answer.entries().stream().flatMap(entry -> entry.verdicts().stream()).toList();
        if (!verdicts.isEmpty()) {
            count(
                    verdicts.size(),
                    "reaffirmation",
                    "reaffirmations",
                    tally(verdicts, EntryAnswer.VerdictAnswer::verdict));
        }
    }

    private void count(int number, String singular, String plural, Text parts) {
        page.labelled(
                INDENT,
                18,
                Text.of(Phrases.count(number, singular, plural), Style.STRONG),
                parts);
    }

    private static <T> Text tally(List<T> items, Function<T, String> word) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String known : OUTCOMES) {
            counts.put(known, 0);
        }
        items.forEach(item -> counts.merge(word.apply(item), 1, Integer::sum));
        List<Text> parts = new ArrayList<>();
        counts.forEach(
                (name, number) -> {
                    if (number > 0) {
                        parts.add(Text.of(number + " " + name, style(name)));
                    }
                });
        return Text.join(" · ", parts);
    }

    private static Style style(String word) {
        return switch (word) {
            case "upheld", "reworded", "contradicted", "unknown-term" -> Phrases.verdict(word);
            case "corrected" -> Style.DOUBTFUL;
            default -> Phrases.outcome(word);
        };
    }

    private List<TermOutcome> terms(String outcome) {
        return answer.terms().stream().filter(term -> term.outcome().equals(outcome)).toList();
    }

    private void group(String outcome) {
        List<TermOutcome> terms = terms(outcome);
        if (terms.isEmpty()) {
            return;
        }
        section(outcome, Phrases.outcome(outcome), terms.size() + explained(outcome));
        int keyWidth = keyWidth();
        for (TermOutcome term : terms) {
            Text key = Text.of(term.key());
            for (Text line : lines(term)) {
                page.labelled(INDENT, keyWidth, key, line);
                key = Text.EMPTY;
            }
        }
    }

    private static String explained(String outcome) {
        return switch (outcome) {
            case "disclosed" -> " · more became known; the term itself stayed";
            case "lapsed" -> " · ended on the day they were agreed to end";
            default -> "";
        };
    }

    private int keyWidth() {
        return Math.min(
                KEY_WIDTH_MAX,
                answer.terms().stream().mapToInt(term -> term.key().length()).max().orElse(0));
    }

    private List<Text> lines(TermOutcome term) {
        List<Text> lines = new ArrayList<>();
        switch (term.outcome()) {
            case "changed" -> {
                lines.add(Text.of("before  ", Style.QUIET).plus(words(term.from(), term.to())));
                lines.add(Text.of("after   ", Style.QUIET).plus(words(term.to(), term.from())));
            }
            case "retired", "lapsed" -> lines.add(words(term.from(), null));
            case "introduced" -> lines.add(words(term.to(), null));
            case "disclosed" -> lines.add(words(term.to() == null ? term.from() : term.to(), null));
            default -> lines.add(words(term.to(), null).plus(notes(term)));
        }
        if (!term.by().isEmpty()) {
            term.by().forEach(sequence -> lines.add(Text.of("by " + entry(sequence), Style.QUIET)));
        }
        if (term.outcome().equals("disclosed") && !notes(term).isEmpty()) {
            lines.set(0, lines.getFirst().plus(notes(term)));
        }
        return lines;
    }

    private static Text notes(TermOutcome term) {
        Text notes = Text.EMPTY;
        if (!term.affirmedBy().isEmpty()) {
            notes = notes.plus(" · upheld " + Phrases.sequences(term.affirmedBy()), Style.QUIET);
        }
        if (!term.notAddressedBy().isEmpty()) {
            notes =
                    notes.plus(
                            " · not addressed by " + Phrases.sequences(term.notAddressedBy()),
                            Style.QUIET);
        }
        return notes;
    }

    /** The statement, and what else tells the two versions apart. */
    private static Text words(@Nullable Words words, @Nullable Words other) {
        if (words == null) {
            return Text.of("(not in force)", Style.QUIET);
        }
        Text text = Text.of(words.statement());
        if (other != null
                && words.value() != null
                && !words.value().equals(other.value())) {
            text = text.plus(" [" + Phrases.value(words.value()) + "]");
        }
        if (words.condition() != null) {
            text = text.plus(" (" + words.condition() + ")");
        }
        return text;
    }

    private String entry(int sequence) {
        EntryAnswer entry = bySequence.get(sequence);
        return entry == null
                ? "entry " + sequence
                : "entry %d, %s %s: %s"
                        .formatted(sequence, entry.occurredOn(), entry.kind(), entry.title());
    }

    private void section(String name, Style style, String rest) {
        page.blank();
        page.print(Text.of(name.toUpperCase(Locale.ROOT), style).plus("  " + rest, Style.QUIET));
    }

    private void parties() {
        if (!answer.parties().outcome().equals("unchanged")) {
            section("parties", Style.BAD, answer.parties().outcome());
            answer.parties().by().forEach(by -> page.print(INDENT, Text.of("by " + entry(by))));
        }
    }

    private void entries() {
        section("entries between", Style.STRONG, String.valueOf(answer.entries().size()));
        EntriesReport.inShort(page, answer.entries());
    }

    private void fingerprints() {
        boolean equal = answer.fingerprintFrom().equals(answer.fingerprintTo());
        section(
                "fingerprints",
                Style.STRONG,
                equal ? "equal: the same parties and terms on both days" : "different");
        page.labelled(
                INDENT, 10, Text.of(answer.from().toString()), Text.of(answer.fingerprintFrom()));
        page.labelled(
                INDENT,
                10,
                Text.of(answer.to().toString()),
                Text.of(answer.fingerprintTo(), equal ? Style.PLAIN : Style.BAD));
    }
}
