package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A copy of the demo's ledger as known at position 16, asked and written to by its commands. */
class CopyTest {

    private static final String ANNOUNCEMENT =
            """
            kind: announcement
            agreementId: microsoft-openai
            occurredOn: 2026-11-20
            title: A claim
            speakers: [{id: microsoft, name: Microsoft}]
            """;

    private static final List<String> QUESTIONS =
            List.of(
                    "agreements",
                    "terms microsoft-openai --valid-on 2026-02-27",
                    "terms microsoft-openai --valid-on 2026-02-27 --standing all",
                    "constancy microsoft-openai --from 2025-10-28 --to 2026-02-27",
                    "replay --valid-on 2026-02-27");

    @TempDir Path folder;

    private Shell copied(Shell source, String... more) {
        Path copy = folder.resolve("copy");
        List<String> line =
                new ArrayList<>(
                        List.of(
                                "replay",
                                "--demo",
                                "--known-at",
                                "@16",
                                "--out",
                                copy.toString(),
                                "--json"));
        line.addAll(List.of(more));
        JsonNode written = source.run(line.toArray(String[]::new)).isFine().json();
        assertThat(written.get("folder").asString()).isEqualTo(copy.toString());
        assertThat(written.get("entries").asLong()).isEqualTo(17);
        assertThat(written.get("position").asLong()).isEqualTo(16);
        return new Shell(copy);
    }

    @Test
    void it_answers_what_its_source_answers_of_that_moment() {
        Shell source = new Shell(folder.resolve("data"));
        Shell copy = copied(source);

        for (String question : QUESTIONS) {
            Shell.Output answer = copy.run((question + " --json").split(" ")).isFine();
            assertThat(answer.json())
                    .as(question)
                    .isEqualTo(source.run((question + " --json --known-at @16").split(" ")).json());
            assertThat(answer.err()).contains("read-only copy", "(position 16)");
        }
        assertThat(copy.run("entries", "--json").json().get("items")).hasSize(17);
        assertThat(copy.run("replay", "--check").isFine().out()).startsWith("EQUAL");
    }

    @Test
    void it_takes_no_entry_and_stays_as_it_was() {
        Shell copy = copied(new Shell(folder.resolve("data")));
        JsonNode before = copy.run("entries", "--json").json();

        copy.type(ANNOUNCEMENT, "record")
                .refusedWith(ExitCode.CANNOT_RUN, "read-only copy", "nothing can be recorded");
        copy.type(ANNOUNCEMENT, "import", "-").refusedWith(ExitCode.CANNOT_RUN, "read-only copy");
        copy.type(ANNOUNCEMENT, "import", "--each", "-")
                .refusedWith(ExitCode.CANNOT_RUN, "read-only copy");
        copy.run("demo", "--no-serve").refusedWith(ExitCode.CANNOT_RUN, "read-only copy");
        copy.run("serve", "--kafka", "broker:9092")
                .refusedWith(ExitCode.USAGE, "--kafka", "read-only copy");
        assertThat(copy.run("agreements", "--demo").exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
        assertThat(copy.type(ANNOUNCEMENT, "record", "--dry-run").isFine().out())
                .startsWith("DRY RUN");
        copy.run("rebuild").isFine();

        assertThat(copy.run("entries", "--json").json()).isEqualTo(before);
    }

    @Test
    void what_was_known_later_is_not_known_there() {
        Shell copy = copied(new Shell(folder.resolve("data")));

        assertThat(copy.run("agreements", "--known-at", "@17").err())
                .contains("@17 is beyond the newest position, 16");
        Shell.Output later = copy.run("agreements", "--known-at", "2026-11-23T23:59:59Z");
        assertThat(later.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(later.err()).contains("later than this copy");
    }

    @Test
    void it_is_embedded_also_where_its_source_is_on_postgresql() {
        Location postgresql = TestDatabase.POSTGRESQL.untouched(folder);
        Shell source = new Shell(postgresql.data());

        Shell copy = copied(source, "--database", postgresql.url());

        assertThat(copy.run("replay", "--check", "--json").isFine().json().get("entries").asInt())
                .isEqualTo(17);
        assertThat(Files.exists(folder.resolve("copy").resolve("ledger.mv.db"))).isTrue();
    }
}
