package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a build without the profile axon-server, as most are. */
class AxonServerOptionsTest {

    @TempDir Path data;

    private final String[] server = {"--axon-server", "127.0.0.1:8124"};

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "record", "import"})
    void a_build_without_a_client_says_which_one_has_it_and_touches_nothing(String command)
            throws Exception {
        String[] line =
                command.equals("serve") || command.equals("demo")
                        ? new String[] {command, server[0], server[1]}
                        : new String[] {command, server[0], server[1], example().toString()};

        new Shell(data.resolve("ledger"))
                .run(line)
                .refusedWith(2, "this build cannot speak to Axon Server", "-Paxon-server");

        assertThat(data.resolve("ledger")).doesNotExist();
    }

    private Path example() throws Exception {
        return Files.writeString(
                data.resolve("opening.json"),
                """
                {"kind": "opening", "agreementId": "alpha", "occurredOn": "2021-01-01", "title": "Alpha",
                 "parties": [{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}]}
                """);
    }

    @Test
    void its_address_may_come_from_the_environment() {
        new Shell(data.resolve("ledger"))
                .with("LEDGER_AXON_SERVER", "127.0.0.1:8124")
                .run("demo", "--no-serve")
                .refusedWith(2, "$LEDGER_AXON_SERVER: this build cannot speak to Axon Server");
    }

    @Test
    void settings_are_for_a_server_and_known() throws Exception {
        Path config = Files.writeString(data.resolve("axon.properties"), "contxt=ledger\n");

        new Shell(data.resolve("ledger"))
                .run("serve", "--axon-server-config", config.toString())
                .refusedWith(2, "--axon-server-config needs --axon-server");
        new Shell(data.resolve("ledger"))
                .run("serve", server[0], server[1], "--axon-server-config", config.toString())
                .refusedWith(2, "no setting contxt", "certificate, context, tls, token");
    }

    @Test
    void commands_that_only_read_do_not_take_it() {
        new Shell(data.resolve("ledger"))
                .run("agreements", server[0], server[1])
                .refusedWith(2, "--axon-server");
    }
}
