package org.agreementledger.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.agreementledger.terms.WordDifference.Op;
import org.agreementledger.terms.WordDifference.Part;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void case_and_blanks_make_no_difference() {
        assertThat(Words.differ("The rate", "  the\t\nRATE ")).isFalse();
        assertThat(Words.differ("the rate", "the\u00a0rate")).as("no-break space").isFalse();
        assertThat(Words.differ("the rate", "\u00a0the\u202f \u2009rate\u3000"))
                .as("narrow, thin and ideographic spaces")
                .isFalse();
        assertThat(Words.differ("STRASSE", "straße")).isFalse();
        assertThat(Words.differ("ΟΔΟΣ", "οδος")).isFalse();
        assertThat(Words.differ("the rate", "therate")).isTrue();
    }

    @Test
    void composed_and_decomposed_letters_are_the_same() {
        String composed = "Café Ǆ Å";
        assertThat(Words.differ(composed, Normalizer.normalize(composed, Normalizer.Form.NFD)))
                .isFalse();
        assertThat(Words.differ("Café", "Cafe")).isTrue();
        assertThat(Words.differ("ﬁve", "five"))
                .as("NFC keeps the ligature; case folding opens it")
                .isFalse();
    }

    @Test
    void punctuation_is_part_of_the_words() {
        assertThat(Words.differ("exclusive.", "exclusive")).isTrue();
        assertThat(Words.differ("\"exclusive\"", "“exclusive”")).isTrue();
    }

    @Test
    void what_is_not_known_does_not_differ() {
        assertThat(Words.differ(null, "x")).isFalse();
        assertThat(Words.differ("x", null)).isFalse();
    }

    @Test
    void a_difference_is_told_word_by_word() {
        assertThat(
                        WordDifference.between(
                                "the exclusive cloud provider", "The cloud provider of choice"))
                .containsExactly(
                        new Part(Op.EQUAL, "the"),
                        new Part(Op.DELETE, "exclusive"),
                        new Part(Op.EQUAL, "cloud provider"),
                        new Part(Op.INSERT, "of choice"));
    }

    @Test
    void blanks_around_a_text_are_no_words() {
        assertThat(WordDifference.between("\u00a0the rate\u00a0", "the rate"))
                .containsExactly(new Part(Op.EQUAL, "the rate"));
        assertThat(WordDifference.between("", "the rate"))
                .containsExactly(new Part(Op.INSERT, "the rate"));
        assertThat(WordDifference.between("\u00a0 ", "")).isEmpty();
    }

    @Test
    void both_texts_can_be_read_from_the_difference() {
        List<String> words = List.of("a", "b", "c", "d");
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            String from = text(random, words);
            String to = text(random, words);
            List<Part> parts = WordDifference.between(from, to);
            assertThat(without(parts, Op.INSERT)).as("seed %d", seed).isEqualTo(from);
            assertThat(without(parts, Op.DELETE)).as("seed %d", seed).isEqualTo(to);
            assertThat(parts.stream().allMatch(part -> part.op() == Op.EQUAL))
                    .as("seed %d", seed)
                    .isEqualTo(!Words.differ(from, to));
        }
    }

    private static String text(Random random, List<String> words) {
        return random.ints(random.nextInt(12), 0, words.size())
                .mapToObj(words::get)
                .collect(Collectors.joining(" "));
    }

    private static String without(List<Part> parts, Op left) {
        return parts.stream()
                .filter(part -> part.op() != left)
                .map(Part::text)
                .collect(Collectors.joining(" "));
    }

    @Test
    void very_long_texts_are_shown_one_after_the_other() {
        String from = "a ".repeat(10_000).strip();
        String to = "b ".repeat(10_000).strip();
        assertThat(WordDifference.between(from, to))
                .containsExactly(new Part(Op.DELETE, from), new Part(Op.INSERT, to));
        assertThat(WordDifference.between(from, from)).containsExactly(new Part(Op.EQUAL, from));
    }
}
