package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

    @TempDir Path data;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve",
                "record",
                "import",
                "export",
                "agreements",
                "terms",
                "history",
                "diff",
                "constancy",
                "entries",
                "replay",
                "rebuild",
                "backup",
                "restore",
                "token create",
                "token list",
                "token revoke",
                "verify"
            })
    void every_command_says_what_it_is_for_how_to_use_it_and_how_it_ends(String command) {
        Shell.Output help = new Shell(data).raw("", (command + " --help").split(" ")).isFine();

        assertThat(help.out())
                .startsWith("Usage: ledger " + command)
                .contains("--data", "--database", "--demo", "--as", "--json", "--help")
                .contains("Exit codes:", "0   ", "3   ")
                .containsPattern("Examples?:\n  \\./ledger ");
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(help.err()).isEmpty();
    }

    /**
     * A restored backup has no key, and what is derived from its entries can still be made anew.
     */
    @Test
    void who_lets_no_entry_into_the_log_takes_no_key() {
        for (String command : List.of("rebuild", "verify", "entries", "backup")) {
            assertThat(new Shell(data).raw("", command, "--help").isFine().out())
                    .doesNotContain("--log-key", "--no-fsync");
        }
    }

    @Test
    void the_version_is_told() {
        assertThat(new Shell(data).raw("", "--version").isFine().out())
                .startsWith("agreement ledger ");
    }
}
