package org.agreementledger.terms;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How one text became another, word by word. */
public final class WordDifference {

    public enum Op {
        EQUAL,
        INSERT,
        DELETE
    }

    /** A run of words, joined by single blanks. */
    public record Part(Op op, String text) {}

    private static final Pattern BLANKS = Pattern.compile("(?U)\\s+");

    /**
     * Beyond this, texts that share little would take seconds: they are shown one after the other.
     */
    private static final int COMPARED_WORDS_MAX = 8_000;

    private WordDifference() {}

    /**
     * Reading the equal and deleted parts gives {@code from}, the equal and inserted ones {@code
     * to}.
     */
    public static List<Part> between(String from, String to) {
        List<String> before = words(from);
        List<String> after = words(to);
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (AbstractDelta<String> delta : deltas(before, after)) {
            add(parts, Op.EQUAL, before.subList(at, delta.getSource().getPosition()));
            at = delta.getSource().getPosition() + delta.getSource().size();
            add(parts, Op.DELETE, before.subList(delta.getSource().getPosition(), at));
            int inserted = delta.getTarget().getPosition();
            add(parts, Op.INSERT, after.subList(inserted, inserted + delta.getTarget().size()));
        }
        add(parts, Op.EQUAL, before.subList(at, before.size()));
        return parts;
    }

    private static List<AbstractDelta<String>> deltas(List<String> before, List<String> after) {
        List<String> source = before.stream().map(Words::folded).toList();
        List<String> target = after.stream().map(Words::folded).toList();
        if (source.size() + target.size() > COMPARED_WORDS_MAX && !source.equals(target)) {
            return List.of(new ChangeDelta<>(new Chunk<>(0, source), new Chunk<>(0, target)));
        }
        return DiffUtils.diff(source, target).getDeltas();
    }

    private static List<String> words(String text) {
        return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    private static void add(List<Part> parts, Op op, List<String> words) {
        if (!words.isEmpty()) {
            parts.add(new Part(op, String.join(" ", words)));
        }
    }
}
