package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.proof.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeyTest {

    @TempDir Path folder;
    private Path data;
    private Path entry;
    private Shell shell;

    @BeforeEach
    void an_entry() throws IOException {
        data = folder.resolve("ledger");
        shell = new Shell(data);
        entry =
                Files.writeString(
                        folder.resolve("entry.yaml"),
                        """
                        kind: opening
                        agreementId: a-b
                        title: A and B
                        occurredOn: 2020-01-01
                        parties: [{id: a, name: A}, {id: b, name: B}]
                        """);
    }

    private Path newKey(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name), SigningKey.generate("any", new SecureRandom()).pem());
    }

    private String signedAs() {
        try (LedgerNode node = LedgerNode.openToRead(new Location(data, null), Clock.systemUTC())) {
            assertThat(node.tree().checkpoint().orElseThrow().size()).isEqualTo(1);
            return node.tree().key().orElseThrow().name();
        }
    }

    @Test
    void the_first_command_that_records_may_bring_key_and_name() throws IOException {
        String key = newKey("key.pem").toString();

        shell.run("record", "--log-key", key, "--log-origin", "example.com/a", entry.toString())
                .isFine();

        assertThat(signedAs()).isEqualTo("example.com/a");
        assertThat(data.resolve("log-key.pem")).doesNotExist();
        shell.run("record", entry.toString())
                .refusedWith(
                        3, "Cannot open", "is signed with the key example.com/a+", "--log-key");
        shell.run("record", "--log-key", newKey("other.pem").toString(), entry.toString())
                .refusedWith(3, "which is not the one in", "other.pem");
        shell.run("record", "--log-key", key, "--log-origin", "example.com/b", entry.toString())
                .refusedWith(2, "is example.com/a", "cannot become example.com/b");
        shell.run("agreements").isFine();
    }

    @Test
    void both_may_come_from_the_environment() throws IOException {
        shell.with("LEDGER_LOG_KEY", newKey("key.pem").toString())
                .with("LEDGER_LOG_ORIGIN", "example.com/e")
                .run("record", entry.toString())
                .isFine();

        assertThat(signedAs()).isEqualTo("example.com/e");
        assertThat(data.resolve("log-key.pem")).doesNotExist();
    }

    @Test
    void what_is_no_key_and_what_is_no_name_is_refused() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "secret");

        shell.run("record", "--log-key", nonsense.toString(), entry.toString())
                .refusedWith(2, nonsense.toString(), "openssl genpkey -algorithm ed25519");
        shell.run("record", "--log-key", folder.resolve("none").toString(), entry.toString())
                .refusedWith(2, "There is no key file");
        shell.run("record", "--log-origin", "two words", entry.toString())
                .refusedWith(2, "'two words' is not the name of a key");
    }

    @Test
    void who_only_reads_needs_no_key_and_the_demo_is_signed_when_it_is_loaded() {
        shell.run("agreements").isFine();
        assertThat(data.resolve("log-key.pem")).doesNotExist();

        shell.run("terms", "microsoft-openai", "--demo").isFine();

        assertThat(data.resolve("log-key.pem")).exists();
    }
}
