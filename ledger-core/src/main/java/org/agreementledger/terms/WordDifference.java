package org.agreementledger.terms;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** How one text became another, word by word. */
public final class WordDifference {

    public enum Op {
        EQUAL,
        INSERT,
        DELETE
    }

    /** A run of words, joined by single blanks. */
    public record Part(Op op, String text) {}

    private static final BiPredicate<String, String> SAME_WORD =
            (one, other) -> Words.folded(one).equals(Words.folded(other));

    private WordDifference() {}

    /** Reading the equal and deleted parts gives {@code from}, the equal and inserted ones {@code to}. */
    public static List<Part> between(String from, String to) {
        List<String> before = words(from);
        List<String> after = words(to);
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(before, after, SAME_WORD).getDeltas()) {
            add(parts, Op.EQUAL, before.subList(at, delta.getSource().getPosition()));
            add(parts, Op.DELETE, delta.getSource().getLines());
            add(parts, Op.INSERT, delta.getTarget().getLines());
            at = delta.getSource().getPosition() + delta.getSource().size();
        }
        add(parts, Op.EQUAL, before.subList(at, before.size()));
        return parts;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("(?U)\\s+"));
    }

    private static void add(List<Part> parts, Op op, List<String> words) {
        if (!words.isEmpty()) {
            parts.add(new Part(op, String.join(" ", words)));
        }
    }
}
