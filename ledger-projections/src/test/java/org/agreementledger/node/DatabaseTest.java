package org.agreementledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.node.LedgerNode.DatabaseInUse;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DatabaseTest {

    @TempDir Path folder;

    @Test
    void a_folder_that_another_process_holds_is_refused_and_its_server_named() throws Exception {
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RestlessWriter.class.getName(),
                                folder.toString(),
                                "1")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader output = other.inputReader()) {
            assertThat(output.readLine()).startsWith("stored ");
            Location location = new Location(folder, null);

            assertThatThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                    .isInstanceOf(DatabaseInUse.class)
                    .hasMessage("The ledger in " + folder + " is open in another process.");
            ServerAddress.write(folder, note("http://127.0.0.1:8080"));
            assertThatThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                    .isInstanceOf(DatabaseInUse.class)
                    .hasMessageEndingWith(", the server at http://127.0.0.1:8080.");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void the_note_of_a_server_can_be_written_read_and_removed() throws Exception {
        assertThat(ServerAddress.read(folder)).isEmpty();
        ServerAddress.write(folder, note("http://localhost:1"));
        ServerAddress.write(folder, note("http://localhost:2"));
        assertThat(ServerAddress.read(folder)).contains(note("http://localhost:2"));
        Files.writeString(folder.resolve("server.json"), "{\"addr");
        assertThat(ServerAddress.read(folder)).isEmpty();
        ServerAddress.remove(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_server_is_named_in_either_form() {
        DatabaseSettings named =
                DatabaseSettings.server(
                        "postgresql://ada:p%40ss+word@db.example:5433/ledger?ssl=true");

        assertThat(named.url()).isEqualTo("jdbc:postgresql://db.example:5433/ledger?ssl=true");
        assertThat(named.user()).isEqualTo("ada");
        assertThat(named.password()).isEqualTo("p@ss+word");
        assertThat(named.toString()).doesNotContain("p@ss");
        assertThat(DatabaseSettings.server("jdbc:postgresql://db/ledger").url())
                .isEqualTo("jdbc:postgresql://db/ledger");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://eve:secret@db/ledger",
                "mysql://eve:se/secret@db/ledger",
                "postgresql://eve:se cret secret@db/ledger",
                "postgresql://eve:secret%zz@db/ledger",
                "postgresql://eve:secret/x@db/ledger",
                "postgresql://eve:secret",
                "postgresql://eve:[secret@db/ledger",
                "jdbc:postgresql://eve:secret@db/ledger",
                "jdbc:postgresql://db/ledger?user=eve&password=secret%",
            })
    void what_is_no_url_of_a_server_is_refused_and_not_repeated(String url) {
        assertThatThrownBy(() -> DatabaseSettings.server(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the URL of a PostgreSQL database")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:ledger",
                "jdbc:postgresql:/ledger",
                "jdbc:postgresql://db_1:5432,[::1]:5433/ledger",
                "postgresql://db_1/ledger",
                "postgres://ada@[::1]:5432/ledger",
            })
    void every_other_form_of_a_url_is_taken(String url) {
        assertThat(DatabaseSettings.server(url).url())
                .startsWith("jdbc:postgresql:")
                .endsWith("ledger");
    }

    @Test
    void a_password_does_not_stay_in_the_url_that_the_driver_repeats() {
        for (String url :
                List.of(
                        "jdbc:postgresql://db/ledger?user=eve&password=s%26cret&ssl=true",
                        "postgresql://db/ledger?ssl=true&user=eve&password=s%26cret",
                        "postgresql://eve:s%26cret@db/ledger?ssl=true")) {
            DatabaseSettings settings = DatabaseSettings.server(url);
            assertThat(settings.url()).isEqualTo("jdbc:postgresql://db/ledger?ssl=true");
            assertThat(settings.user()).isEqualTo("eve");
            assertThat(settings.password()).isEqualTo("s&cret");
            assertThat(new Location(folder, url).toString()).doesNotContain("cret");
        }
    }

    @Test
    void an_interrupted_writer_does_not_take_the_database_with_it() throws Exception {
        Random random = new Random(7);
        try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
            node.ledger().record(Drafts.opening("alpha"));
            for (int i = 0; i < 40; i++) {
                Thread writer = Thread.ofPlatform().start(() -> writeFive(node));
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(10_000)));
                writer.interrupt();
                writer.join();
            }

            node.ledger().record(Drafts.announcement("alpha", "Still there"));

            LogChecks.awaitIntact(node, 202);
        }
    }

    private static void writeFive(LedgerNode node) {
        for (int i = 0; i < 5; i++) {
            node.ledger().record(Drafts.announcement("alpha", "Interrupted"));
        }
    }

    private static ServerAddress.Note note(String address) {
        return new ServerAddress.Note(URI.create(address), "agl_00000000_0");
    }

    @Test
    void only_its_owner_reads_what_a_server_leaves() throws IOException {
        ServerAddress.write(folder, note("http://localhost:1"));

        assertThat(Files.getPosixFilePermissions(folder.resolve("server.json")))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(note("http://localhost:1")).hasToString("http://localhost:1");
    }
}
