package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agreementledger.api.words.ValueWords;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.constancy.ConstancyAnswer.TermOutcome;
import org.agreementledger.constancy.ConstancyAnswer.Words;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.WordDifference;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;

/**
 * What became of the terms between two days, as a page says it.
 *
 * @param terms the agreement on the last day
 * @param groups the terms by what became of them, what changed first
 * @param between the entries that occurred between, in order
 */
record ConstancyReport(
        ConstancyAnswer answer,
        TermsAnswer terms,
        List<Group> groups,
        Map<Integer, EntryAnswer> entries,
        List<EntryAnswer> between) {

    private static final List<String> OUTCOMES =
            List.of("changed", "introduced", "retired", "lapsed", "disclosed", "unchanged");

    record Group(String outcome, List<Term> terms) {

        public boolean isChange() {
            return !outcome.equals("disclosed") && !outcome.equals("unchanged");
        }
    }

    /**
     * @param words what it says on the last day, or said on the first
     * @param difference word by word, where it was said otherwise on the first day
     * @param value in words; where it was another one before, {@code formerValue}
     */
    record Term(
            TermOutcome outcome,
            Words words,
            List<Piece> difference,
            @Nullable String value,
            @Nullable String formerValue) {}

    record Piece(String op, String text) {}

    /** Empty where the agreement was not known at that moment. */
    static Optional<ConstancyReport> find(
            LedgerNode node, Point point, LocalDate from, LocalDate to) {
        return node.constancy()
                .between(point.id(), from, to, point.knownAt(), point.view())
                .map(answer ->
                        of(
                                answer,
                                node.terms()
                                        .asOf(point.id(), to, point.knownAt(), point.view())
                                        .orElseThrow()));
    }

    private static ConstancyReport of(ConstancyAnswer answer, TermsAnswer terms) {
        Map<String, List<Term>> groups = new LinkedHashMap<>();
        OUTCOMES.forEach(outcome -> groups.put(outcome, new ArrayList<>()));
        answer.terms().forEach(term -> groups.get(term.outcome()).add(term(term)));
        groups.values().removeIf(List::isEmpty);
        return new ConstancyReport(
                answer,
                terms,
                groups.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList(),
                answer.entries().stream()
                        .collect(Collectors.toMap(EntryAnswer::sequence, entry -> entry)),
                answer.entries().stream().filter(entry -> isBetween(answer, entry)).toList());
    }

    private static boolean isBetween(ConstancyAnswer answer, EntryAnswer entry) {
        Day day = Day.parse(entry.occurredOn());
        return day.date().isAfter(answer.from()) && !day.date().isAfter(answer.to());
    }

    private static Term term(TermOutcome outcome) {
        Words from = outcome.from();
        Words to = outcome.to();
        Words words = to != null ? to : from != null ? from : new Words("", null, null, null);
        boolean reworded = from != null && to != null && !from.statement().equals(to.statement());
        String value = value(words);
        String former = from == null ? null : value(from);
        return new Term(
                outcome,
                words,
                reworded ? difference(from.statement(), to.statement()) : List.of(),
                value,
                Objects.equals(value, former) ? null : former);
    }

    private static @Nullable String value(Words words) {
        return words.value() == null ? null : ValueWords.value(words.value());
    }

    private static List<Piece> difference(String from, String to) {
        return WordDifference.between(from, to).stream()
                .map(part -> new Piece(part.op().name().toLowerCase(Locale.ROOT), part.text()))
                .toList();
    }

    public String headline() {
        long changed =
                groups.stream()
                        .filter(Group::isChange)
                        .mapToInt(group -> group.terms().size())
                        .sum();
        if (answer.unchanged()) {
            return answer.terms().isEmpty() ? "There was no term" : "No term changed";
        }
        return changed == 0
                ? "The parties changed"
                : changed == 1 ? "1 term changed" : changed + " terms changed";
    }

    /** "2 changed, 4 introduced"; empty where nothing did. */
    public String changes() {
        String terms =
                groups.stream()
                        .filter(Group::isChange)
                        .map(group -> group.terms().size() + " " + group.outcome())
                        .collect(Collectors.joining(", "));
        boolean parties = !answer.parties().outcome().equals("unchanged");
        return terms + (parties ? (terms.isEmpty() ? "" : ", ") + "the parties changed" : "");
    }

    public int counted() {
        return answer.terms().size();
    }
}
