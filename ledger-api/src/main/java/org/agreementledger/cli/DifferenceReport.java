package org.agreementledger.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.difference.DifferenceAnswer;
import org.agreementledger.difference.DifferenceAnswer.Term;
import org.agreementledger.difference.DifferenceAnswer.Version;
import org.agreementledger.difference.DifferenceAnswer.Words;
import org.agreementledger.time.Rfc3339;
import org.jspecify.annotations.Nullable;

/** What differs between two points: the answer first, then term by term, word by word. */
final class DifferenceReport {

    private static final List<String> OUTCOMES = List.of("changed", "added", "removed");
    private static final int INDENT = 2;
    private static final int LABEL_WIDTH = 10;

    private final Page page;
    private final DifferenceAnswer answer;

    DifferenceReport(Page page, DifferenceAnswer answer) {
        this.page = page;
        this.answer = answer;
    }

    void print() {
        page.print(
                answer.nothingDiffers()
                        ? Text.of("EQUAL", Style.GOOD_HEADING)
                                .plus(
                                        " — "
                                                + answer.agreementId()
                                                + " says the same at both points",
                                        Style.STRONG)
                        : Text.of("NOT EQUAL", Style.BAD_HEADING)
                                .plus(
                                        " — " + answer.agreementId() + ": " + whatDiffers(),
                                        Style.STRONG));
        point("from", answer.from(), answer.fromKnownAt());
        point("to", answer.to(), answer.toKnownAt());
        page.print(Text.of(Phrases.view(answer.standing()), Style.QUIET));
        parties();
        OUTCOMES.forEach(this::group);
    }

    private String whatDiffers() {
        List<String> parts = new ArrayList<>();
        for (String outcome : OUTCOMES) {
            int terms = terms(outcome).size();
            if (terms > 0) {
                parts.add(Phrases.count(terms, "term", "terms") + " " + outcome);
            }
        }
        if (!answer.parties().added().isEmpty() || !answer.parties().removed().isEmpty()) {
            parts.add("other parties");
        }
        return String.join(", ", parts);
    }

    private void point(String name, LocalDate day, Instant knownAt) {
        page.print(
                Text.of(name, Style.QUIET)
                        .padded(5)
                        .plus(day.toString())
                        .plus(" · as known on " + Rfc3339.text(knownAt), Style.QUIET));
    }

    private void parties() {
        answer.parties().added().forEach(party -> party("joined", party.name(), Style.GOOD));
        answer.parties().removed().forEach(party -> party("left", party.name(), Style.BAD));
    }

    private void party(String what, String name, Style style) {
        page.blank();
        page.print(Text.of("PARTY", style).plus("  " + what + ": " + name));
    }

    private List<Term> terms(String outcome) {
        return answer.terms().stream().filter(term -> term.outcome().equals(outcome)).toList();
    }

    private void group(String outcome) {
        for (Term term : terms(outcome)) {
            page.blank();
            page.print(
                    Text.of(outcome.toUpperCase(Locale.ROOT), style(outcome))
                            .plus("  ")
                            .plus(term.key(), Style.STRONG));
            Version from = term.from();
            Version to = term.to();
            if (from != null && to != null) {
                changed(term, from, to);
            } else {
                alone(Objects.requireNonNullElseGet(to, () -> Objects.requireNonNull(from)));
            }
        }
    }

    private static Style style(String outcome) {
        return switch (outcome) {
            case "added" -> Style.GOOD;
            case "removed" -> Style.BAD;
            default -> Style.DOUBTFUL;
        };
    }

    private void changed(Term term, Version from, Version to) {
        field(
                "statement",
                term.difference().isEmpty()
                        ? Text.of(to.statement(), Style.QUIET)
                        : words(term.difference()));
        if (!Objects.equals(from.quote(), to.quote())) {
            field(
                    "quote",
                    term.quoteDifference().isEmpty()
                            ? arrow(from.quote(), to.quote())
                            : words(term.quoteDifference()));
        }
        if (!Objects.equals(from.value(), to.value())) {
            Text value = arrow(value(from.value()), value(to.value()));
            field(
                    "value",
                    term.moved() == null
                            ? value
                            : value.note("moved by " + moved(term.moved()), Style.STRONG));
        }
        different("condition", from.condition(), to.condition());
        different("ends", from.validTo(), to.validTo());
        field(
                "set by",
                from.setBy().equals(to.setBy())
                        ? Text.of(Phrases.link(to.setBy()), Style.QUIET)
                        : Text.of(Phrases.link(from.setBy()), Style.QUIET)
                                .plus(" → ", Style.QUIET)
                                .plus(Phrases.link(to.setBy()), Style.QUIET));
    }

    private void alone(Version version) {
        field("statement", Text.of(version.statement()));
        if (version.value() != null) {
            field("value", Text.of(ValueWords.value(version.value())));
        }
        if (version.condition() != null) {
            field("condition", Text.of(version.condition()));
        }
        field("valid", Text.of(Phrases.days(version.validFrom(), version.validTo())));
        field("set by", Text.of(Phrases.link(version.setBy()), Style.QUIET));
    }

    private void different(String name, @Nullable String from, @Nullable String to) {
        if (!Objects.equals(from, to)) {
            field(name, arrow(from, to));
        }
    }

    private static Text arrow(@Nullable String from, @Nullable String to) {
        return Text.of(from == null ? "none" : from, Style.BAD)
                .plus(" → ", Style.QUIET)
                .plus(to == null ? "none" : to, Style.GOOD);
    }

    private static @Nullable String value(@Nullable Map<String, Object> value) {
        return value == null ? null : ValueWords.value(value);
    }

    /** Brackets as well as colours, so that it is told apart on paper too. */
    private static Text words(List<Words> words) {
        return Text.join(
                " ",
                words.stream()
                        .map(part ->
                                switch (part.op()) {
                                    case "delete" -> Text.of("[-" + part.text() + "-]", Style.BAD);
                                    case "insert" -> Text.of("{+" + part.text() + "+}", Style.GOOD);
                                    default -> Text.of(part.text());
                                })
                        .toList());
    }

    private static String moved(Map<String, Object> moved) {
        Object percent = moved.get("percent");
        String by =
                switch (String.valueOf(moved.get("type"))) {
                    case "percentage" -> moved.get("points") + " points";
                    case "day" -> moved.get("days") + " days (" + moved.get("period") + ")";
                    default -> ValueWords.value(moved);
                };
        return percent == null ? by : by + " (" + percent + " %)";
    }

    private void field(String name, Text text) {
        page.labelled(INDENT, LABEL_WIDTH, Text.of(name, Style.QUIET), text);
    }
}
