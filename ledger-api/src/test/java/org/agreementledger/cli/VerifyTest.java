package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** On the example; what is forged at last stays so. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyTest {

    @TempDir static Path folder;

    private static Shell shell;
    private static Path checkpoint;

    @BeforeAll
    static void the_example() throws IOException {
        shell = new Shell(folder.resolve("data"));
        shell.run("demo", "--no-serve").isFine();
        checkpoint = folder.resolve("old.checkpoint");
        try (LedgerNode node =
                LedgerNode.openToVerify(
                        new Location(folder.resolve("data"), null), Clock.systemUTC())) {
            Files.writeString(checkpoint, node.tree().checkpointsAfter(0, 1).getFirst().note());
        }
    }

    @Test
    @Order(1)
    void a_ledger_that_nobody_touched_is_intact() {
        Shell.Output output =
                shell.run("verify", "--against", checkpoint.toString(), "--json").isFine();

        JsonNode verified = output.json();
        assertThat(verified.get("ok").asBoolean()).isTrue();
        assertThat(verified.get("events").asInt()).isEqualTo(verified.get("leaves").asInt());
        assertThat(verified.get("agreements").asInt()).isEqualTo(1);
        assertThat(verified.get("root").asString()).hasSize(64);
        assertThat(verified.get("rows").asInt()).isGreaterThan(100);
        assertThat(verified.get("searched").asInt()).isZero();
        assertThat(verified.get("against").get(0).get("ok").asBoolean()).isTrue();
        assertThat(verified.get("differences")).isEmpty();
        assertThat(output.err()).contains("Verified 30 entries");
        assertThat(shell.run("verify").isFine().out())
                .startsWith("INTACT — 30 entries of 1 agreement: ")
                .contains("30 leaves, root " + verified.get("root").asString());
    }

    @Test
    @Order(2)
    void one_agreement_is_verified_by_itself() {
        JsonNode verified =
                shell.run("verify", "--agreement", "microsoft-openai", "--json").isFine().json();

        assertThat(verified.get("events").asInt()).isEqualTo(30);
        shell.run("verify", "--agreement", "nobody").refusedWith(2, "There is no agreement nobody");
    }

    @Test
    @Order(3)
    void a_copy_is_verified_like_the_ledger_it_was_made_of() {
        Path copy = folder.resolve("copy");
        shell.run("replay", "--known-at", "@16", "--out", copy.toString()).isFine();

        Shell.Output output = shell.raw("", "verify", "--data", copy.toString(), "--json");

        assertThat(output.json().get("differences").toString()).isEqualTo("[]");
        assertThat(output.json().get("events").asInt()).isEqualTo(17);
        assertThat(output.json().get("signed").asInt()).isLessThan(17);
        assertThat(output.exitCode()).isZero();
    }

    @Test
    @Order(4)
    void what_cannot_be_compared_with_is_told_in_one_sentence() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "nothing\n");

        shell.run("verify", "--against", folder.resolve("none").toString())
                .refusedWith(2, "There is no file");
        shell.run("verify", "--against", file.toString()).refusedWith(2, "holds no checkpoint");
        shell.run("verify", "--key", "nonsense+1+1").refusedWith(2, "base64");
        shell.run("verify", "--bundle", file.toString(), "--agreement", "a")
                .refusedWith(2, "--agreement");
    }

    @Test
    @Order(5)
    void a_difference_in_the_read_models_is_named_and_mended_by_a_rebuild() {
        forge(
                "update term_wording set statement = 'Forged.' where id = (select min(id) from term_wording)");

        Shell.Output broken = shell.run("verify");

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.out())
                .startsWith("BROKEN — 1 difference in 30 entries\n\nterm_wording, id ")
                .contains(": statement\n  expected     ", "\n  found        Forged.\n");
        assertThat(broken.err()).contains("./ledger rebuild");
        shell.run("rebuild").isFine();
        shell.run("verify").isFine();
    }

    @Test
    @Order(6)
    void a_difference_in_what_was_recorded_is_named() {
        forge(
                "drop trigger domain_event_entry_append_only",
                "update domain_event_entry set payload = replace(payload, 'Microsoft', 'Macrosoft') where global_index = (select min(global_index) from domain_event_entry)");

        Shell.Output broken = shell.run("verify", "--json");

        assertThat(broken.exitCode()).isEqualTo(1);
        JsonNode first = broken.json().get("differences").get(0);
        assertThat(first.get("table").asString()).isEqualTo("domain_event_entry");
        assertThat(first.get("row").asString()).contains("(microsoft-openai, entry 1)");
        assertThat(first.get("field").asString()).isEqualTo("payload: digest with its salt");
        assertThat(broken.err()).contains("Keep the database as it is");
    }

    private static void forge(String... statements) {
        try (LedgerNode node =
                LedgerNode.openToVerify(
                        new Location(folder.resolve("data"), null), Clock.systemUTC())) {
            for (String sql : statements) {
                node.database().jdbc().sql(sql).update();
            }
        }
    }
}
