package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.agreementledger.api.json.AnswerJson;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntriesFormatTest {

    private Shell shell;

    @BeforeAll
    void load(@TempDir Path data) {
        shell = new Shell(data);
        shell.run("entries", "--demo").isFine();
    }

    @Test
    void one_entry_a_line_is_what_json_lists() {
        List<JsonNode> items =
                shell.run("entries", "--json").isFine().json().get("items").valueStream().toList();
        assertThat(items).hasSize(30);
        assertThat(
                        shell.run("entries", "--format", "ndjson")
                                .isFine()
                                .out()
                                .lines()
                                .map(line -> (JsonNode) AnswerJson.MAPPER.readTree(line)))
                .isEqualTo(items);
        assertThat(shell.run("entries", "--format", "json").out())
                .isEqualTo(shell.run("entries", "--json").out());
    }

    @Test
    void rows_for_a_spreadsheet_are_read_back() throws IOException {
        String csv =
                shell.run("entries", "--format", "csv", "--limit", "3", "--known-at", "@1")
                        .isFine()
                        .out();
        try (CSVParser rows =
                CSVFormat.RFC4180
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(new StringReader(csv))) {
            assertThat(rows.stream().map(row -> row.get("title")))
                    .containsExactly(
                            "Microsoft and OpenAI partnership",
                            "Microsoft exclusively licenses GPT-3");
        }
    }

    @Test
    void where_nothing_fits_there_is_a_heading_and_no_row() {
        assertThat(shell.run("entries", "--format", "csv", "--actor", "nobody").isFine().out())
                .startsWith("position,agreementId,")
                .hasLineCount(1);
        assertThat(shell.run("entries", "--format", "ndjson", "--actor", "nobody").isFine().out())
                .isEmpty();
        assertThat(shell.run("entries", "--actor", "nobody").isFine().err())
                .contains("No entry fits.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--format xml | is none of table, csv, ndjson and json",
                "--occurred-from 2024-02-01 --occurred-to 2024-01-31 | --occurred-from 2024-02-01 is after --occurred-to 2024-01-31",
                "--recorded-from 2024-02-01 --recorded-to 2024-01-31 | --recorded-from 2024-02-01T00:00:00Z is after --recorded-to",
                "--occurred-to 2026-02-30 | 2026-02-30",
                "--recorded-from 2026-02-30 | 2026-02-30",
                "--known-at 2999-01-01T00:00:00Z | later than now",
                "--colour red | --colour",
            })
    void what_cannot_be_asked_is_refused_in_one_sentence(String options, String part) {
        shell.run(("entries " + options).split(" ")).refusedWith(ExitCode.USAGE, part);
    }
}
