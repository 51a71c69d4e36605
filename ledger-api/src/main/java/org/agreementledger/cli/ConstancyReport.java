package org.agreementledger.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.constancy.ConstancyAnswer.TermOutcome;
import org.agreementledger.constancy.ConstancyAnswer.Words;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryAnswer.VerdictAnswer;
import org.agreementledger.time.Day;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** Did the terms change? The answer first, then the evidence. */
final class ConstancyReport {

    /** What happened stands before what did not. */
    private static final List<String> CHANGES =
            List.of("changed", "introduced", "retired", "lapsed");

    private static final int INDENT = 2;
    private static final int KEY_WIDTH_MAX = 36;

    private final Page page;
    private final ConstancyAnswer answer;
    private final Map<Integer, EntryAnswer> bySequence = new LinkedHashMap<>();

    ConstancyReport(Page page, ConstancyAnswer answer) {
        this.page = page;
        this.answer = answer;
        answer.entries().forEach(entry -> bySequence.put(entry.sequence(), entry));
    }

    /**
     * @param terms the agreement on the last day; empty where it is not known
     * @param flags the options that lead to this ledger again
     */
    void print(Optional<TermsAnswer> terms, String flags) {
        heading(terms);
        counts();
        CHANGES.forEach(this::group);
        group("disclosed");
        group("unchanged");
        parties();
        entries();
        fingerprints();
        page.blank();
        more(
                "One term word for word",
                "terms " + answer.agreementId() + " KEY --valid-on " + answer.to() + flags);
    }

    /** Only what changed, for a reader who has just seen a whole report. */
    void printChanges(Optional<TermsAnswer> terms, String flags) {
        heading(terms);
        counts();
        CHANGES.forEach(this::group);
        parties();
        fingerprints();
        page.blank();
        more(
                "The whole report",
                "constancy %s --from %s --to %s%s"
                        .formatted(answer.agreementId(), answer.from(), answer.to(), flags));
    }

    private void more(String what, String command) {
        page.print(Text.of(what + ":", Style.QUIET));
        page.command("./ledger " + command);
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
                                        " — %s between %s and %s: %s"
                                                .formatted(
                                                        answer.agreementId(),
                                                        answer.from(),
                                                        answer.to(),
                                                        whatChanged()),
                                        Style.STRONG));
        terms.ifPresent(t -> page.print(t.title() + " · " + Phrases.parties(t.parties())));
        page.print(
                Text.of(
                        "as known on "
                                + Rfc3339.text(answer.knownAt())
                                + " · "
                                + Phrases.view(answer.standing()),
                        Style.QUIET));
    }

    private String whatChanged() {
        List<String> parts = new ArrayList<>();
        for (String outcome : CHANGES) {
            int terms = terms(outcome).size();
            if (terms > 0) {
                parts.add(terms + " " + outcome);
            }
        }
        if (partiesChanged()) {
            parts.add("the parties changed");
        }
        return String.join(", ", parts);
    }

    private boolean partiesChanged() {
        return !answer.parties().outcome().equals("unchanged");
    }

    private void counts() {
        page.blank();
        count(answer.terms().size(), "term", "terms", tally(answer.terms(), TermOutcome::outcome));
        List<EntryAnswer> between = between(true);
        count(
                between.size(),
                "entry between",
                "entries between",
                tally(between, entry -> entry.effect().sum()));
        List<VerdictAnswer> verdicts =
                between.stream().flatMap(entry -> entry.verdicts().stream()).toList();
        if (!verdicts.isEmpty()) {
            count(
                    verdicts.size(),
                    "reaffirmation",
                    "reaffirmations",
                    tally(verdicts, VerdictAnswer::verdict));
        }
    }

    /** Those that occurred in the window, or else the others that a term names. */
    private List<EntryAnswer> between(boolean inside) {
        return answer.entries().stream()
                .filter(entry -> {
                    LocalDate day = Day.parse(entry.occurredOn()).date();
                    return inside == (day.isAfter(answer.from()) && !day.isAfter(answer.to()));
                })
                .toList();
    }

    private void count(int number, String singular, String plural, Text parts) {
        page.labelled(
                INDENT, 18, Text.of(Phrases.count(number, singular, plural), Style.STRONG), parts);
    }

    private static <T> Text tally(List<T> items, Function<T, String> word) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        List.of("unchanged", "disclosed", "changed", "introduced", "retired", "lapsed")
                .forEach(known -> counts.put(known, 0));
        items.forEach(item -> counts.merge(word.apply(item), 1, Integer::sum));
        List<Text> parts = new ArrayList<>();
        counts.forEach((name, number) -> {
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
            if (outcome.equals("changed")) {
                changed(term, keyWidth);
            } else {
                Words words = term.to() == null ? term.from() : term.to();
                page.labelled(
                        INDENT,
                        keyWidth,
                        Text.of(term.key()),
                        words(words, null).plus(by(term)).plus(claims(term)));
            }
        }
    }

    /** A claim within the window was about the version before. */
    private void changed(TermOutcome term, int keyWidth) {
        Text key = Text.of(term.key());
        if (key.width() > keyWidth) {
            page.print(INDENT, key);
            key = Text.EMPTY;
        }
        page.labelled(
                INDENT,
                keyWidth + 8,
                key.padded(keyWidth).plus("  before", Style.QUIET),
                words(term.from(), term.to()).plus(claims(term)));
        page.labelled(
                INDENT,
                keyWidth + 8,
                Text.EMPTY.padded(keyWidth).plus("  after", Style.QUIET),
                words(term.to(), term.from()).plus(by(term)));
    }

    private static String explained(String outcome) {
        return switch (outcome) {
            case "disclosed" -> " · more became known; the term itself stayed as it was";
            case "lapsed" -> " · ended on the day they were agreed to end";
            default -> "";
        };
    }

    private int keyWidth() {
        int longest = answer.terms().stream().mapToInt(term -> term.key().length()).max().orElse(0);
        return Math.min(Math.min(KEY_WIDTH_MAX, page.width() * 2 / 5), longest);
    }

    private Text by(TermOutcome term) {
        return term.by().isEmpty()
                ? Text.EMPTY
                : Text.EMPTY.note(entries(term.by()), Phrases.outcome(term.outcome()));
    }

    private static Text claims(TermOutcome term) {
        Text claims = Text.EMPTY;
        if (!term.affirmedBy().isEmpty()) {
            claims = claims.note("upheld by " + Phrases.sequences(term.affirmedBy()), Style.QUIET);
        }
        if (!term.notAddressedBy().isEmpty()) {
            claims =
                    claims.note(
                            "not addressed by " + Phrases.sequences(term.notAddressedBy()),
                            Style.QUIET);
        }
        return claims;
    }

    /** With its day where it is one, which tells more than its number. */
    private String entries(List<Integer> sequences) {
        EntryAnswer only = sequences.size() == 1 ? bySequence.get(sequences.getFirst()) : null;
        return (sequences.size() == 1 ? "by entry " : "by entries ")
                + Phrases.sequences(sequences)
                + (only == null ? "" : " of " + only.occurredOn());
    }

    /** The statement, and what else tells the two versions apart. */
    private static Text words(@Nullable Words words, @Nullable Words other) {
        if (words == null) {
            return Text.of("not in force", Style.QUIET);
        }
        Text text = Text.of(words.statement());
        if (other != null
                && words.statement().equals(other.statement())
                && words.value() != null
                && !words.value().equals(other.value())) {
            text = text.plus(" [" + ValueWords.value(words.value()) + "]");
        }
        return words.condition() == null ? text : text.plus(" (" + words.condition() + ")");
    }

    private void section(String name, Style style, String rest) {
        page.blank();
        page.print(Text.of(name.toUpperCase(Locale.ROOT), style).plus("  " + rest, Style.QUIET));
    }

    private void parties() {
        if (partiesChanged()) {
            section("parties", Style.BAD, answer.parties().outcome());
            page.print(INDENT, Text.of(entries(answer.parties().by())));
        }
    }

    private void entries() {
        entries("entries between", between(true));
        entries("other entries named above", between(false));
    }

    private void entries(String name, List<EntryAnswer> entries) {
        if (!entries.isEmpty()) {
            section(name, Style.STRONG, String.valueOf(entries.size()));
            EntriesReport.inShort(page, entries);
        }
    }

    private void fingerprints() {
        boolean equal = answer.fingerprintFrom().equals(answer.fingerprintTo());
        section(
                "fingerprints",
                Style.STRONG,
                equal ? "equal: the same parties and terms at both ends" : "different");
        fingerprint(answer.from(), answer.fingerprintFrom(), Style.PLAIN);
        fingerprint(answer.to(), answer.fingerprintTo(), equal ? Style.GOOD : Style.BAD);
    }

    private void fingerprint(LocalDate day, String fingerprint, Style style) {
        page.labelled(INDENT, 10, Text.of(day.toString()), Text.of(fingerprint, style));
    }
}
