package org.agreementledger.terms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a term at one point differs from the same term at another.
 *
 * @param key of the term
 * @param from null where the term is not in force at the first point
 * @param to null where it is not in force at the second
 */
public record TermDifference(String key, @Nullable Provision from, @Nullable Provision to) {

    public enum Outcome {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** By key, those that say the same left out. */
    public static List<TermDifference> between(
            Map<String, Provision> from, Map<String, Provision> to) {
        SortedSet<String> keys = new TreeSet<>(from.keySet());
        keys.addAll(to.keySet());
        List<TermDifference> differences = new ArrayList<>();
        for (String key : keys) {
            TermDifference difference = new TermDifference(key, from.get(key), to.get(key));
            if (!difference.saysTheSame()) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** What is fingerprinted, and the quote. */
    private boolean saysTheSame() {
        return from != null
                && to != null
                && from.statement().equals(to.statement())
                && Objects.equals(from.quote(), to.quote())
                && Objects.equals(from.value(), to.value())
                && Objects.equals(from.condition(), to.condition())
                && Objects.equals(from.validTo(), to.validTo());
    }

    public Outcome outcome() {
        if (from == null) {
            return Outcome.ADDED;
        }
        return to == null ? Outcome.REMOVED : Outcome.CHANGED;
    }

    /** Word by word; empty where the statements are equal, or one is not there. */
    public List<WordDifference.Part> statement() {
        return from == null || to == null ? List.of() : words(from.statement(), to.statement());
    }

    /** Word by word; empty where the quotes are equal, or one is not there. */
    public List<WordDifference.Part> quote() {
        return from == null || to == null || from.quote() == null || to.quote() == null
                ? List.of()
                : words(from.quote(), to.quote());
    }

    private static List<WordDifference.Part> words(String from, String to) {
        return from.equals(to) ? List.of() : WordDifference.between(from, to);
    }

    public Optional<Movement> moved() {
        return from == null || to == null || from.value() == null || to.value() == null
                ? Optional.empty()
                : Movement.between(from.value(), to.value());
    }
}
