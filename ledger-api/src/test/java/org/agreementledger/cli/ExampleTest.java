package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The shipped example comes to what its facts say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExampleTest {

    private static final String ID = "microsoft-openai";

    private Shell shell;

    @BeforeAll
    void load(@TempDir Path data) {
        shell = new Shell(data);
        shell.run("demo", "--no-serve").isFine();
    }

    private JsonNode constancy(int exitCode, String to, String... more) {
        String[] args =
                Stream.concat(
                                Stream.of(
                                        "constancy",
                                        ID,
                                        "--from",
                                        "2025-10-28",
                                        "--to",
                                        to,
                                        "--json"),
                                Stream.of(more))
                        .toArray(String[]::new);
        Shell.Output output = shell.run(args);
        assertThat(output.exitCode()).as(output.err()).isEqualTo(exitCode);
        return output.json();
    }

    private static List<String> keys(JsonNode constancy, String outcome) {
        return StreamSupport.stream(constancy.get("terms").spliterator(), false)
                .filter(term -> term.get("outcome").asString().equals(outcome))
                .map(term -> term.get("key").asString())
                .toList();
    }

    @Test
    void up_to_the_day_before_the_amendment_no_term_changed() {
        JsonNode constancy = constancy(0, "2026-04-26");

        assertThat(constancy.get("unchanged").asBoolean()).isTrue();
        assertThat(constancy.get("fingerprintFrom")).isEqualTo(constancy.get("fingerprintTo"));
        for (String outcome : List.of("changed", "introduced", "retired", "lapsed")) {
            assertThat(keys(constancy, outcome)).isEmpty();
        }
    }

    @Test
    void on_the_day_of_the_amendment_exactly_its_terms_changed() {
        JsonNode constancy = constancy(1, "2026-04-27");

        assertThat(constancy.get("unchanged").asBoolean()).isFalse();
        assertThat(keys(constancy, "changed"))
                .containsExactly("ip.license.exclusivity", "revenue_share.openai_to_microsoft");
        assertThat(keys(constancy, "retired"))
                .containsExactly(
                        "cloud.api.exclusivity",
                        "cloud.first_party_hosting",
                        "revenue_share.microsoft_to_openai");
        assertThat(keys(constancy, "introduced"))
                .containsExactly(
                        "cloud.customer_distribution",
                        "cloud.first_ship",
                        "cloud.primary_partner",
                        "revenue_share.cap");
        assertThat(keys(constancy, "lapsed")).isEmpty();
        constancy
                .get("terms")
                .forEach(term ->
                        assertThat(term.get("by").toString())
                                .as(term.get("key").asString())
                                .isEqualTo(
                                        List.of("unchanged", "disclosed")
                                                        .contains(term.get("outcome").asString())
                                                ? term.get("by").toString()
                                                : "[22]"));
    }

    @Test
    void it_is_28_entries_and_the_two_of_the_second_script() {
        JsonNode entries = shell.run("entries", ID, "--json").isFine().json().get("items");

        assertThat(entries).hasSize(30);
        assertThat(entries.get(28).get("kind").asString()).isEqualTo("correction");
        assertThat(entries.get(29).get("kind").asString()).isEqualTo("confirmation");
        assertThat(entries.get(28).get("recordedAt").asString())
                .isGreaterThan(entries.get(27).get("recordedAt").asString());
    }

    @Test
    void what_was_known_before_the_second_script_differs_from_what_is_known_now() {
        String[] then = {
            "terms", ID, "investment.commitment", "--valid-on", "2026-04-30", "--json"
        };
        JsonNode now = shell.run(then).isFine().json();
        JsonNode before =
                shell.run(
                                Stream.concat(Stream.of(then), Stream.of("--known-at", "@27"))
                                        .toArray(String[]::new))
                        .isFine()
                        .json();

        assertThat(now.get("term").get("statement"))
                .isNotEqualTo(before.get("term").get("statement"));
    }

    @Test
    void the_fold_and_the_read_models_say_the_same() {
        JsonNode check = shell.run("replay", "--check", "--json").isFine().json();

        assertThat(check.get("ok").asBoolean()).isTrue();
        assertThat(check.get("entries").asInt()).isEqualTo(30);
        assertThat(check.get("questions").asInt()).isPositive();
        assertThat(check.get("differences")).isEmpty();
    }

    @Test
    void a_second_demo_loads_nothing_and_reports_the_same() {
        Shell.Output again = shell.run("demo", "--no-serve").isFine();

        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("UNCHANGED — ", ": 2 changed, 4 introduced, 3 retired\n");
        assertThat(shell.run("entries", "--json").json().get("items")).hasSize(30);
    }

    @Test
    void rebuilt_read_models_answer_the_same() {
        JsonNode before = constancy(1, "2026-04-27", "--known-at", "@29");
        shell.run("rebuild").isFine();

        assertThat(constancy(1, "2026-04-27", "--known-at", "@29")).isEqualTo(before);
        shell.run("replay", "--check").isFine();
    }
}
