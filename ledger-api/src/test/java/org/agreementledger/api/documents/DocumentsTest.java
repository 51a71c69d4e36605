package org.agreementledger.api.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    @Test
    void yaml_documents_know_the_line_they_start_on() {
        List<Document> documents =
                Documents.read("# a comment\nkind: opening\ntitle: One\n---\nkind: closing\n");

        assertThat(documents).extracting(Document::line).containsExactly(2, 5);
        assertThat(documents)
                .extracting(Document::tree)
                .containsExactly(
                        Map.of("kind", "opening", "title", "One"), Map.of("kind", "closing"));
    }

    @Test
    void a_place_in_a_yaml_document_has_its_own_line() {
        Document second =
                Documents.read("a: 1\n---\nkind: x\nterms:\n  - key: k\n    a/b: {c: 1}\n").get(1);

        assertThat(second.line("")).isEqualTo(3);
        assertThat(second.line("/terms/0")).isEqualTo(5);
        assertThat(second.line("/terms/0/a~1b/c")).isEqualTo(6);
    }

    @Test
    void a_missing_place_has_the_line_of_what_should_hold_it() {
        Document document = Documents.read("kind: x\nterms:\n  - key: k\n  - key: l\n").getFirst();

        assertThat(document.line("/terms/1/statement")).isEqualTo(4);
        assertThat(document.line("/title")).isEqualTo(1);
    }

    @Test
    void an_array_stands_for_its_items() {
        List<Document> json = Documents.read("[\n {\"a\": 1},\n {\"a\":\n 2}\n]");
        List<Document> yaml = Documents.read("- a: 1\n- a: 2\n");

        assertThat(json).extracting(Document::line).containsExactly(2, 3);
        assertThat(json.get(1).line("/a")).isEqualTo(3);
        assertThat(yaml).extracting(Document::line).containsExactly(1, 2);
    }

    @Test
    void lines_of_ndjson_are_parsed_one_by_one() {
        List<Document> documents = Documents.read("{\"a\":1}\n\n{broken\n{\"a\":3}\n");

        assertThat(documents).extracting(Document::line).containsExactly(1, 3, 4);
        assertThat(documents.get(2).tree()).isEqualTo(Map.of("a", 3));
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(documents.get(1)::tree)
                .satisfies(e -> assertThat(e.line()).isEqualTo(3));
    }

    @Test
    void json_over_many_lines_is_one_document() {
        assertThat(Documents.read("\n{\n  \"a\": {\n\"b\": []}\n}\n"))
                .singleElement()
                .satisfies(document -> {
                    assertThat(document.line()).isEqualTo(2);
                    assertThat(document.line("/a/b")).isEqualTo(4);
                    assertThat(document.tree()).isEqualTo(Map.of("a", Map.of("b", List.of())));
                });
    }

    @Test
    void yaml_in_braces_is_yaml() {
        assertThat(Documents.read("{kind: closing, day: 2026-02-27}\n---\n{kind: x}"))
                .extracting(Document::tree)
                .containsExactly(
                        Map.of("kind", "closing", "day", "2026-02-27"), Map.of("kind", "x"));
    }

    @Test
    void empty_documents_are_skipped() {
        assertThat(Documents.read("---\n---\nkind: x\n---\n# nothing\n")).hasSize(1);
        assertThat(Documents.read("")).isEmpty();
        assertThat(Documents.read("\ufeff\n")).isEmpty();
    }

    @Test
    void numbers_stay_exact() {
        assertThat(Documents.read("{\"a\": 1e3, \"b\": 0.10, \"c\": 99999999999, \"d\": 7}"))
                .extracting(Document::tree)
                .containsExactly(
                        Map.of(
                                "a", new BigDecimal("1e3"),
                                "b", new BigDecimal("0.10"),
                                "c", new BigInteger("99999999999"),
                                "d", 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1,\n\"a\": 2}",
                "a: 1\na: 2\n",
                "a: &x 1\nb: *x\n",
                "{\"a\": 1,\n}",
                "{\"a\":\nNaN}",
                "a: 1\n  b: 2\n",
                "a: 1\nb: \"c",
                "a: 1\nb: {c: [}\n",
                "{\"a\": 1}\n{\"b\": 2} {\"c\": 3}"
            })
    void what_a_reader_would_have_to_guess_is_refused_with_its_line(String text) {
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> Documents.read(text).forEach(Document::tree))
                .satisfies(e -> assertThat(e.line()).isEqualTo(2))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(200));
    }

    @Test
    void a_deep_nest_is_refused_without_a_stack_overflow() {
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> Documents.read("[" + "[".repeat(100_000)));
        assertThatExceptionOfType(Unreadable.class)
                .isThrownBy(() -> Documents.read("a: " + "[".repeat(5_000)));
    }

    @Test
    void ten_megabytes_of_text_are_read_for_the_codec_to_judge() {
        String statement = "x".repeat(10_000_000);

        assertThat(Documents.read("statement: " + statement + "\n"))
                .extracting(Document::tree)
                .containsExactly(Map.of("statement", statement));
        assertThat(Documents.read("{\"statement\": \"" + statement + "\"}")).hasSize(1);
    }

    @Test
    void the_shipped_example_is_28_documents() throws Exception {
        try (var in = getClass().getResourceAsStream("/example/microsoft-openai.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Documents.read(text)).hasSize(28);
            assertThat(Documents.read(text).getFirst().line()).isEqualTo(7);
        }
    }
}
