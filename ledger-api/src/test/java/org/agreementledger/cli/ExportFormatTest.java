package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agreementledger.api.documents.Document;
import org.agreementledger.api.documents.Documents;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportFormatTest {

    private static final List<String> AWKWARD =
            List.of(
                    "",
                    " ",
                    "null",
                    "~",
                    "true",
                    "No",
                    "yes",
                    "2026",
                    "2026-04-27",
                    "1e3",
                    "0x1F",
                    "012",
                    "1_000",
                    ".5",
                    "-",
                    "- a",
                    "? b",
                    ": c",
                    "a: b",
                    "a #b",
                    "#c",
                    "&a",
                    "*a",
                    "!tag",
                    "|",
                    ">",
                    "'",
                    "\"",
                    "%",
                    "@",
                    "`",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "---",
                    "...",
                    "a\n---\nb",
                    "line one\nline two",
                    " leading",
                    "trailing ",
                    "\ttab",
                    "tab\t",
                    "a\n",
                    "\n",
                    "a\n\n b\n",
                    "\r\n",
                    "a\u0085b",
                    "\u2028",
                    "\ufeff",
                    "\u0001",
                    "”quoted“",
                    "😀 協定",
                    "<<",
                    "=",
                    ".nan",
                    ".inf",
                    "\\",
                    "\\n",
                    "a\\",
                    "12:30:00",
                    "+1",
                    "\u00a0");

    private static final String ALPHABET = " \n\t:#-?&*!|>'\"%@`[]{},\\~aZ0.9_é協😀\u0000\u007f";

    @ParameterizedTest
    @EnumSource
    void awkward_words_come_back_as_they_were(ExportFormat format) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (String word : AWKWARD) {
            entries.add(entry(word));
        }
        comesBack(format, entries);
    }

    @ParameterizedTest
    @EnumSource
    void random_words_come_back_as_they_were(ExportFormat format) {
        Random random = new Random(20_260_427);
        List<Map<String, Object>> entries = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            entries.add(entry(words(random)));
        }
        comesBack(format, entries);
    }

    private static String words(Random random) {
        int[] letters = ALPHABET.codePoints().toArray();
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            words.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return words.toString();
    }

    private static Map<String, Object> entry(String word) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", "announcement");
        entry.put("title", word);
        entry.put("binding", false);
        entry.put("corrects", 14);
        entry.put(
                "terms", List.of(Map.of("statement", word), Map.of("quote", List.of(word, word))));
        return entry;
    }

    private static void comesBack(ExportFormat format, List<Map<String, Object>> entries) {
        StringBuilder text = new StringBuilder(format.start());
        for (Map<String, Object> entry : entries) {
            text.append(format.entry(entry, entry == entries.getFirst()));
        }
        text.append(format.end());

        List<Document> documents = Documents.read(text.toString());
        assertThat(documents).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            assertThat(documents.get(i).tree())
                    .as(format.entry(entries.get(i), true))
                    .isEqualTo(entries.get(i));
        }
    }
}
