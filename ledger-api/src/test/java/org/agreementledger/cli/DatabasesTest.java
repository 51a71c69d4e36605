package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Submission;
import org.agreementledger.json.EntryJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.LedgerNode.Location;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DatabasesTest {

    @TempDir Path folder;

    @Test
    void the_example_comes_to_the_same_on_postgresql() {
        Location postgresql = TestDatabase.POSTGRESQL.untouched(folder);
        Shell shell = new Shell(postgresql.data());

        Shell.Output until =
                shell.run(
                        "constancy",
                        "microsoft-openai",
                        "--demo",
                        "--database",
                        postgresql.url(),
                        "--from",
                        "2025-10-28",
                        "--to",
                        "2026-04-26",
                        "--json");
        assertThat(until.isFine().json().get("unchanged").asBoolean()).isTrue();

        JsonNode check =
                shell.run("replay", "--check", "--database", postgresql.url(), "--json")
                        .isFine()
                        .json();
        assertThat(check.get("ok").asBoolean()).isTrue();
        assertThat(check.get("entries").asInt()).isEqualTo(30);
    }

    @Test
    void what_was_acknowledged_is_read_also_when_nobody_waited_for_the_read_models() {
        Shell shell = new Shell(folder);
        for (int agreement = 1; agreement <= 5; agreement++) {
            try (LedgerNode node = LedgerNode.open(new Location(folder, null), Clock.systemUTC())) {
                node.ledger()
                        .record(
                                new Submission(
                                        opening("a-" + agreement), Actor.local("ada"), null));
            }

            assertThat(shell.run("agreements", "--json").isFine().json().get("items"))
                    .hasSize(agreement);
        }
    }

    private static RecordEntry opening(String id) {
        Entry entry =
                EntryJson.stored(
                        Map.of(
                                "kind",
                                "opening",
                                "agreementId",
                                id,
                                "title",
                                id,
                                "occurredOn",
                                "2020-01-01",
                                "parties",
                                List.of(Map.of("id", "a", "name", "A"))));
        return new RecordEntry(entry, null);
    }
}
