package org.agreementledger.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.search.Fragment.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "stateless; the stateless API; the [stateless] API",
                "\"stateless api\"; a stateless API, an API; a [stateless] [API], an API",
                "exclusiv*; Exclusive or exclusivity; [Exclusive] or [exclusivity]",
                "cafe -tea; A Café and no tea; A [Café] and no tea",
                "rocket 🚀; our 🚀 rocket 👩‍🚀!; our [🚀] [rocket] 👩‍🚀!",
                "שלום; אמר שלום לכל; אמר [שלום] לכל",
                "azure AND missing; only Azure here; only [Azure] here",
                "<b>; a <b> & c; a <[b]> & c"
            })
    void marks_what_was_looked_for(String expression, String text, String marked) {
        assertThat(marked(fragments(expression, Map.of("/title", text)))).containsExactly(marked);
    }

    @Test
    void a_long_text_is_cut_around_the_hits_between_words() {
        String text = "lorem ipsum 😀 ".repeat(100) + "needle " + "dolor sit 😀 ".repeat(100);

        List<Fragment> fragments = fragments("needle", Map.of("/summary", text));

        assertThat(fragments).hasSize(1);
        String piece = text(fragments.getFirst());
        assertThat(text).contains(piece);
        assertThat(piece.length()).isBetween(120, 200);
        assertThat(piece.indexOf("needle")).isBetween(40, 140);
        assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
        assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
    }

    @Test
    void an_entry_gives_three_at_most_in_the_order_of_its_texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("/title", "one needle");
        texts.put("/summary", "none");
        texts.put("/terms/0/quote", ("needle " + "hay ".repeat(100)).repeat(3));
        texts.put("/terms/1/quote", "another needle");

        List<Fragment> fragments = fragments("needle", texts);

        assertThat(fragments)
                .extracting(Fragment::pointer)
                .containsExactly("/title", "/terms/0/quote", "/terms/0/quote");
    }

    private static List<Fragment> fragments(String expression, Map<String, String> texts) {
        return new Fragments(new SearchExpression(expression)).of(texts);
    }

    private static List<String> marked(List<Fragment> fragments) {
        return fragments.stream()
                .map(fragment ->
                        fragment.parts().stream()
                                .map(part -> part.hit() ? "[" + part.text() + "]" : part.text())
                                .collect(Collectors.joining()))
                .toList();
    }

    private static String text(Fragment fragment) {
        return fragment.parts().stream().map(Part::text).collect(Collectors.joining());
    }
}
