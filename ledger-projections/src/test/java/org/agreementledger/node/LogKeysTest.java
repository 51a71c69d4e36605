package org.agreementledger.node;

import static org.agreementledger.node.Drafts.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.proof.SigningKey;
import org.agreementledger.proof.VerifierKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LogKeysTest extends OnBothDatabases {

    private Path keyFile() {
        return node.database().settings().keyFile(location.data());
    }

    private VerifierKey key() {
        return node.tree().key().orElseThrow();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void the_key_made_at_the_first_start_is_its_owners_alone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
                .isEqualTo("rw-------");
        try (Stream<Path> beside = Files.list(keyFile().getParent())) {
            assertThat(beside.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".draft"));
        }
    }

    @Test
    void every_ledger_is_given_a_name_of_its_own() {
        assertThat(key().name()).matches("agreement-ledger/[0-9a-f]{16}");
        try (LedgerNode other = LedgerNode.open(database.fresh(folder), Clock.systemUTC())) {
            assertThat(other.tree().key().orElseThrow().name()).isNotEqualTo(key().name());
        }
    }

    @Test
    void the_first_start_may_name_the_log_and_bring_its_key() throws Exception {
        Location fresh = database.untouched(folder);
        Path given = given("brought.pem");
        Signing signing = new Signing(given, "example.com/ours");
        try (LedgerNode first = LedgerNode.open(fresh, Clock.systemUTC(), signing)) {
            first.ledger().record(opening("alpha"));
            LogChecks.awaitIntact(first, 1);
            assertThat(first.tree().key())
                    .contains(
                            SigningKey.ofPem("example.com/ours", Files.readString(given))
                                    .verifier());
            assertThat(first.database().settings().keyFile(fresh.data())).doesNotExist();
        }

        try (LedgerNode again =
                LedgerNode.open(fresh, Clock.systemUTC(), new Signing(given, null))) {
            assertThat(again.tree().key().orElseThrow().name()).isEqualTo("example.com/ours");
        }
    }

    @Test
    void the_name_of_a_log_stays_what_it_was() {
        String name = key().name();
        node.close();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LedgerNode.open(
                                location, Clock.systemUTC(), new Signing(null, "example.com/new")))
                .withMessageContaining(name)
                .withMessageContaining("cannot become example.com/new");
        try (LedgerNode same =
                LedgerNode.open(location, Clock.systemUTC(), new Signing(null, name))) {
            assertThat(same.tree().key().orElseThrow().name()).isEqualTo(name);
        }
    }

    @Test
    void a_ledger_whose_key_is_gone_or_another_is_not_written_to() throws Exception {
        VerifierKey key = key();
        Path file = keyFile();
        node.close();
        Path other = given("other.pem");

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        LedgerNode.open(location, Clock.systemUTC(), new Signing(other, null)))
                .withMessageContaining(key.toString())
                .withMessageContaining("not the one in " + other)
                .withMessageContaining("--log-key");
        Path aside = Files.move(file, folder.resolve("aside.pem"));
        assertThatIllegalStateException()
                .isThrownBy(() -> LedgerNode.open(location, Clock.systemUTC()))
                .withMessageContaining(key.toString())
                .withMessageContaining("there is no " + file);
        LedgerNode.openToRead(location, Clock.systemUTC()).close();
        LedgerNode.open(location, Clock.systemUTC(), new Signing(aside, null)).close();
    }

    @Test
    void who_only_reads_without_the_key_lets_the_tree_wait_for_who_has_it() throws Exception {
        Path file = keyFile();
        node.close();
        try (Database alone = Database.open(DatabaseSettings.of(location))) {
            SequencingTest.store(alone, 1, opening("alpha"), Clock.systemUTC().instant());
        }
        Path aside = Files.move(file, folder.resolve("aside.pem"));
        try (LedgerNode reader = LedgerNode.openToRead(location, Clock.systemUTC())) {
            assertThat(reader.log().newest()).isZero();
            assertThat(reader.tree().lag()).isEqualTo(1);
        }

        node = LedgerNode.open(location, Clock.systemUTC(), new Signing(aside, null));

        LogChecks.awaitIntact(node, 1);
    }

    @Test
    void what_is_no_key_is_refused_and_named() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "secret");
        Location fresh = database.untouched(folder);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LedgerNode.open(fresh, Clock.systemUTC(), new Signing(nonsense, null)))
                .withMessageContaining(nonsense.toString())
                .withMessageContaining("openssl genpkey -algorithm ed25519")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        LedgerNode.open(
                                fresh,
                                Clock.systemUTC(),
                                new Signing(folder.resolve("nowhere.pem"), null)))
                .withMessageContaining("There is no key file")
                .withMessageContaining("nowhere.pem");
        for (String origin : List.of("", "two words", "one+one")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Signing(null, origin));
        }
    }

    private Path given(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name), SigningKey.generate("any", new SecureRandom()).pem());
    }
}
