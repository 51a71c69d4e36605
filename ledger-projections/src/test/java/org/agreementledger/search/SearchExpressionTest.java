package org.agreementledger.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchExpressionTest {

    /** Each line one entry; a bar begins the next text. */
    private static final List<String> ENTRIES =
            List.of(
                    "The API is exclusive | to Azure",
                    "Exclusivity of the stateless API | to Azure, not to AWS",
                    "Société Générale holds a non-exclusive licence",
                    "Societe\u0301 Anonyme and AT&T: café, naïve, STRASSE, Straße",
                    "launch 🚀 today | שלום עולם | 東京都",
                    "exclusive to | Azure");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "exclusive; 0 2 5",
                "EXCLUSIVE azure; 0 5",
                "\"exclusive to\"; 5",
                "\"to azure\"; 0 1",
                "\"exclusive to azure\"; ",
                "exclusiv*; 0 1 2 5",
                "exclusiv* -azure; 2",
                "azure -api; 5",
                "azure NOT api; 5",
                "aws OR 東京都; 1 4",
                "azure api OR licence; 0 1 2",
                "licence OR azure api; 0 1 2",
                "azure (aws OR \"is exclusive\"); 0 1",
                "azure -(aws OR \"is exclusive\"); 5",
                "société; 2 3",
                "SOCIETE; 2 3",
                "strasse; 3",
                "cafe naive; 3",
                "non-exclusive; 2",
                "at&t; 3",
                "🚀; 4",
                "שלום; 4",
                "not; 1",
                "licenc*; 2",
                "licences; ",
                "azure & api; 0 1"
            })
    void finds(String expression, String positions) throws IOException {
        assertThat(found(expression))
                .isEqualTo(
                        positions == null
                                ? List.of()
                                : List.of(positions.split(" ")).stream()
                                        .map(Long::valueOf)
                                        .toList());
    }

    private static List<Long> found(String expression) throws IOException {
        try (EntryIndex index = new EntryIndex(List.of(), entries(ENTRIES))) {
            return index.positions(
                    new Criteria(
                            Map.of(), null, null, null, null, new SearchExpression(expression)),
                    -1,
                    100);
        }
    }

    private static EntryIndex.Source entries(List<String> texts) {
        return new EntryIndex.Source() {
            @Override
            public List<IndexedEntry> after(long position, int atMost) {
                return IntStream.range((int) position + 1, texts.size())
                        .limit(atMost)
                        .mapToObj(at ->
                                new IndexedEntry(
                                        at,
                                        "event-" + at,
                                        Map.of(),
                                        LocalDate.EPOCH,
                                        Instant.EPOCH,
                                        List.of(texts.get(at).split(" \\| "))))
                        .toList();
            }

            @Override
            public Optional<String> eventId(long position) {
                return Optional.of("event-" + position);
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; is empty",
                "`   `; is empty",
                "!!; does not parse",
                "\"!!\"; holds no word",
                "&; holds no word",
                "*; match everything",
                "*:*; match everything",
                "-only; only excludes",
                "-a -b; only excludes",
                "a OR -b; only excludes",
                "a (-b); only excludes",
                "e*; at least 2 letters",
                "*clusive; at the end of a word only",
                "ex*ive; at the end of a word only",
                "exclu?ive; at the end of a word only",
                "micro-so*; not the beginning of one word",
                "exclusve~; similar words",
                "\"a b\"~3; word by word",
                "word^2; weight",
                "/ex.*/; regular expressions",
                "[a TO b]; no ranges",
                "{a TO b}; no ranges",
                "title:word; has no meaning",
                "_exists_:word; has no meaning",
                "(a; it breaks off",
                "a); ')' has no meaning",
                "\"open; stands alone",
                "a AND; it breaks off",
                "AND a; 'AND' has no meaning",
                "OR; 'OR' has no meaning"
            })
    void refuses(String expression, String reason) {
        assertThatThrownBy(() -> new SearchExpression(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("Lexical error");
    }

    @Test
    void refuses_what_is_too_long_or_has_too_many_words() {
        assertThatThrownBy(() -> new SearchExpression("a".repeat(501)))
                .hasMessageContaining("501 characters");
        assertThatThrownBy(() -> new SearchExpression("ab* ".repeat(51)))
                .hasMessageContaining("more than 50");
        assertThat(new SearchExpression("ab* ".repeat(50)).text()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"((((((", "\\", "a\\", "\u0000", "\ud83d", "+", "-", "a -", "\"\"", "''"})
    void never_fails_otherwise(String expression) {
        List<String> ends = new ArrayList<>();
        try {
            ends.add(new SearchExpression(expression).text());
        } catch (IllegalArgumentException e) {
            ends.add(String.valueOf(e.getMessage()));
        }
        assertThat(ends).hasSize(1).doesNotContainNull();
    }

    @Test
    void brackets_as_deep_as_an_expression_is_long_are_read() throws IOException {
        assertThat(found("(".repeat(240) + "licence" + ")".repeat(240))).containsExactly(2L);
    }
}
