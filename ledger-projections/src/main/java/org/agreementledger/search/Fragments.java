package org.agreementledger.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agreementledger.search.Fragment.Part;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;

/** Cuts fragments around what an expression looks for out of the texts themselves. */
public final class Fragments {

    private static final int LENGTH = 160;
    private static final int FRAGMENTS_MAX = 3;

    private final Query query;
    private final UnifiedHighlighter highlighter =
            UnifiedHighlighter.builderWithoutSearcher(Words.ANALYZER)
                    .withMaxLength(Integer.MAX_VALUE - 1)
                    // Each text holds some of the words; to match as a whole, it would need all.
                    .withWeightMatches(false)
                    .withBreakIterator(Fragments::pieces)
                    .withFormatter(new Cut())
                    .build();

    public Fragments(SearchExpression expression) {
        this.query = ExpressionParser.read(expression.text());
    }

    private static BreakIterator pieces() {
        return LengthGoalBreakIterator.createClosestToLength(
                BreakIterator.getWordInstance(Locale.ROOT), LENGTH, 0.5f);
    }

    /**
     * The first few of an entry.
     *
     * @param texts by the pointer to where they stand in it
     */
    public List<Fragment> of(Map<String, String> texts) {
        List<Fragment> fragments = new ArrayList<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            for (List<Part> parts : cut(text.getValue(), FRAGMENTS_MAX - fragments.size())) {
                fragments.add(new Fragment(text.getKey(), parts));
            }
            if (fragments.size() == FRAGMENTS_MAX) {
                break;
            }
        }
        return fragments;
    }

    private List<List<Part>> cut(String text, int atMost) {
        try {
            Object cut =
                    highlighter.highlightWithoutSearcher(
                            ExpressionParser.TEXT, query, text, atMost);
            return cut instanceof Pieces pieces ? pieces.parts() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Pieces(List<List<Part>> parts) {}

    private static final class Cut extends PassageFormatter {

        @Override
        public Pieces format(Passage[] passages, String text) {
            return new Pieces(
                    Arrays.stream(passages)
                            .filter(passage -> passage.getNumMatches() > 0)
                            .map(passage -> parts(passage, text))
                            .toList());
        }

        private static List<Part> parts(Passage passage, String text) {
            List<Part> parts = new ArrayList<>();
            int done = passage.getStartOffset();
            int end = passage.getEndOffset();
            while (Character.isWhitespace(text.charAt(done))) {
                done++;
            }
            while (Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            for (int i = 0; i < passage.getNumMatches(); i++) {
                int start = Math.max(done, passage.getMatchStarts()[i]);
                int stop = Math.min(passage.getMatchEnds()[i], end);
                if (start < stop) {
                    add(parts, text.substring(done, start), false);
                    add(parts, text.substring(start, stop), true);
                    done = stop;
                }
            }
            add(parts, text.substring(done, end), false);
            return parts;
        }

        private static void add(List<Part> parts, String text, boolean hit) {
            if (!text.isEmpty()) {
                parts.add(new Part(text, hit));
            }
        }
    }
}
