package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported can be imported, and answers the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoundTripTest {

    private Path folder;
    private Shell first;

    @BeforeAll
    void load(@TempDir Path folder) {
        this.folder = folder;
        first = new Shell(folder.resolve("first"));
        first.run("rebuild", "--demo").isFine();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "ndjson", "json"})
    void an_export_into_a_fresh_folder_answers_the_same(String format) throws IOException {
        Path file = folder.resolve("export." + format);
        first.run("export", "--format", format, "-o", file.toString()).isFine();
        Shell second = new Shell(folder.resolve(format));
        assertThat(second.run("import", file.toString()).isFine().out())
                .isEqualTo("Recorded 30 entries about 1 agreement.\n");

        assertThat(second.run("export", "--format", format).isFine().out())
                .isEqualTo(Files.readString(file));
        for (String line :
                List.of(
                        "constancy microsoft-openai --from 2019-07-22 --to 2026-11-22 --standing all",
                        "terms microsoft-openai --valid-on 2026-04-26 --known-at @27",
                        "terms microsoft-openai --valid-on 2026-11-22 --standing all",
                        "history microsoft-openai investment.commitment",
                        "entries")) {
            assertThat(steady(second.run(line.split(" "))))
                    .as(line)
                    .isEqualTo(steady(first.run(line.split(" "))));
        }
        second.run("replay", "--check").isFine();
    }

    private static String steady(Shell.Output output) {
        return output.out()
                .replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "T")
                .replaceAll(" --data \\S+", "");
    }

    @Test
    void one_agreement_is_exported_alone() {
        Shell two = new Shell(folder.resolve("two"));
        for (String id : List.of("a-b", "c-d")) {
            two.type(
                            "{kind: opening, agreementId: %s, title: x, occurredOn: 2020, parties: [{id: a, name: A}]}"
                                    .formatted(id),
                            "record")
                    .isFine();
        }

        assertThat(
                        two.run("export", "--agreement", "c-d", "--format", "ndjson")
                                .isFine()
                                .out()
                                .lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line)
                                .contains("\"agreementId\":\"c-d\"", "\"occurredOn\":\"2020\""));
    }

    @Test
    void each_by_itself_records_what_is_good_and_names_what_is_not() {
        Shell each = new Shell(folder.resolve("each"));
        Shell.Output output =
                each.type(
                        """
                        {"kind":"opening","agreementId":"a-b","title":"x","occurredOn":"2020-01-01","parties":[{"id":"a","name":"A"}]}
                        {broken
                        {"kind":"opening","agreementId":"a-b","title":"x","occurredOn":"2020-01-01","parties":[{"id":"a","name":"A"}]}
                        {"kind":"announcement","agreementId":"a-b","title":"y","occurredOn":"2020-01-32","speakers":[{"id":"a","name":"A"}]}
                        {"kind":"announcement","agreementId":"a-b","title":"y","occurredOn":"2020-01-02","speakers":[{"id":"a","name":"A"}]}
                        """,
                        "import",
                        "--each",
                        "-");

        assertThat(output.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err().lines()).hasSize(3);
        assertThat(output.err())
                .contains("line 2", "line 3", "agreement-exists", "line 4, /occurredOn");
        assertThat(output.out()).isEqualTo("Recorded 2 entries, refused 3 about 1 agreement.\n");
        assertThat(each.run("entries", "--json").json().get("items")).hasSize(2);
    }

    @Test
    void a_recorded_entry_is_answered_as_it_is_read_later() {
        Shell shell = new Shell(folder.resolve("record"));
        Shell.Output recorded =
                shell.type(
                                "{\"kind\": \"opening\", \"title\": \"x\", \"occurredOn\": \"2020-01-01\", \"parties\": [{\"id\": \"a\", \"name\": \"A\"}]}",
                                "record",
                                "--agreement",
                                "a-b",
                                "--json",
                                "-")
                        .isFine();

        assertThat(recorded.json().get("recordedBy").get("id").asString()).isEqualTo("ada");
        assertThat(shell.run("entries", "--json").json().get("items").get(0))
                .isEqualTo(recorded.json());
    }

    @Test
    void a_dry_run_stores_nothing_and_leaves_out_what_only_storing_gives() {
        Shell shell = new Shell(folder.resolve("dry"));
        Shell.Output tried =
                shell.type(
                                "{kind: opening, agreementId: a-b, title: x, occurredOn: 2020-01-01, parties: [{id: a, name: A}], terms: [{action: introduce, key: k, statement: s}]}",
                                "record",
                                "--dry-run",
                                "--json")
                        .isFine();

        assertThat(tried.json().propertyNames())
                .doesNotContain("sequence", "position", "recordedAt", "salt");
        assertThat(tried.json().get("effect").get("sum").asString()).isEqualTo("changed");
        assertThat(shell.run("entries", "--json").json().get("items")).isEmpty();
    }
}
