package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseTest {

    @TempDir Path data;

    @Test
    void a_rehearsal_goes_through_a_start_and_leaves_nothing_behind() throws IOException {
        List<Path> before = rehearsals();

        Shell.Output output = new Shell(data).raw("", "rehearse").isFine();

        assertThat(output.err()).contains("Rehearsed a report, a start and ");
        assertThat(output.out()).isEmpty();
        assertThat(rehearsals()).isEqualTo(before);
    }

    @Test
    void its_help_says_what_it_is_for() {
        assertThat(new Shell(data).raw("", "rehearse", "--help").isFine().out())
                .startsWith("Usage: ledger rehearse")
                .contains("AOT cache");
    }

    private static List<Path> rehearsals() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(
                            path -> path.getFileName().toString().startsWith("ledger-rehearsal"))
                    .sorted()
                    .toList();
        }
    }
}
