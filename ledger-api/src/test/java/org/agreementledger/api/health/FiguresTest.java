package org.agreementledger.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.agreementledger.api.Doors;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scraper reads; its names are a contract with boards and alerts. */
class FiguresTest {

    private static final Pattern NAME = Pattern.compile("\\bledger_[a-z_]+\\b");

    @TempDir static Path folder;

    private static Doors doors;

    @BeforeAll
    static void open() {
        doors = Doors.to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
    }

    @AfterAll
    static void close() {
        doors.server().close();
    }

    @Test
    void an_entry_is_counted_by_its_kind_and_a_repeated_request_is_not() {
        String id = doors.opened();
        Map<String, Double> before = figures();

        for (int i = 0; i < 2; i++) {
            doors.post(
                    doors.entriesOf(id),
                    Doors.announcement(id, "Nothing new", "2025-01-01"),
                    "Idempotency-Key",
                    "once");
        }

        assertThat(risen(before, "ledger_entries_recorded_total{kind=\"announcement\"}"))
                .isEqualTo(1);
        assertThat(risen(before, "ledger_entries_recorded_total{kind=\"opening\"}")).isZero();
        assertThat(figures()).containsEntry("ledger_position", (double) doors.newest());
    }

    @Test
    void every_part_of_a_write_is_timed() {
        Map<String, Double> before = figures();

        doors.opened();

        for (String part : new String[] {"decide", "store", "flush", "seen"}) {
            assertThat(risen(before, "ledger_write_seconds_count{part=\"" + part + "\"}"))
                    .as(part)
                    .isEqualTo(1);
        }
        assertThat(risen(before, "ledger_sequencer_batch_seconds_count")).isPositive();
        assertThat(risen(before, "ledger_readmodels_batch_seconds_count")).isPositive();
        assertThat(figures())
                .containsKey("ledger_write_seconds_bucket{part=\"flush\",le=\"0.01\"}");
    }

    @Test
    void a_refusal_is_counted_by_its_rule_and_what_was_answered_by_its_type() {
        String id = doors.opened();
        Map<String, Double> before = figures();

        doors.post("/v1/agreements", Doors.opening(id));
        doors.post("/v1/agreements", "{'kind': 'opening'}");

        assertThat(risen(before, "ledger_entries_refused_total{rule=\"agreement-exists\"}"))
                .isEqualTo(1);
        assertThat(risen(before, "ledger_problems_total{type=\"agreement-exists\"}")).isEqualTo(1);
        assertThat(risen(before, "ledger_problems_total{type=\"malformed\"}")).isEqualTo(1);
    }

    @Test
    void who_shows_a_wrong_token_or_comes_from_a_page_elsewhere_is_counted() {
        Map<String, Double> before = figures();

        doors.get("/v1/agreements", "Authorization", "Bearer agl_nonsense");
        doors.post("/v1/agreements", "{}", "Origin", "https://elsewhere.example");

        assertThat(risen(before, "ledger_problems_total{type=\"token-refused\"}")).isEqualTo(1);
        assertThat(risen(before, "ledger_problems_total{type=\"foreign-origin\"}")).isEqualTo(1);
    }

    @Test
    void the_state_of_the_node_is_told() {
        doors.opened();
        doors.get("/v1/entries?kind=opening");

        assertThat(figures())
                .containsEntry("ledger_healthy", 1.0)
                .containsEntry("ledger_sequencing", 1.0)
                .containsEntry("ledger_readmodels_lag", 0.0)
                .containsEntry("ledger_index_lag", 0.0)
                .containsEntry("hikaricp_connections_max{pool=\"ledger\"}", 16.0)
                .containsKey("disk_free_bytes{path=\"" + folder.toAbsolutePath() + "\"}")
                .containsKey("process_uptime_seconds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/OPERATIONS.md",
                "docker/prometheus/alerts.yml",
                "docker/grafana/dashboards/ledger.json"
            })
    void what_a_board_an_alert_or_a_page_names_is_there(String file) throws IOException {
        assertThat(named(Files.readString(Path.of("..", file))))
                .isNotEmpty()
                .filteredOn(name -> !name.startsWith("ledger_kafka_"))
                .isSubsetOf(families());
    }

    @Test
    void every_figure_of_ours_is_on_the_page_for_operators() throws IOException {
        assertThat(named(Files.readString(Path.of("../docs/OPERATIONS.md"))))
                .containsAll(families());
    }

    /** Without what Prometheus makes of a histogram. */
    private static Set<String> named(String text) {
        return NAME.matcher(text)
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|count|sum|max)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> families() {
        return doors.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE ledger_"))
                .map(line -> line.split(" ")[2].replaceFirst("_max$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double risen(Map<String, Double> before, String name) {
        return figures().get(name) - before.getOrDefault(name, 0.0);
    }

    private static Map<String, Double> figures() {
        return doors.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(
                        Collectors.toMap(
                                line -> line.substring(0, line.lastIndexOf(' ')),
                                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }
}
