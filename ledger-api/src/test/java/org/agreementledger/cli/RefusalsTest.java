package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake gets one sentence that a person can act on, and leaves the ledger as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

    private static final String OPENING =
            """
            kind: opening
            agreementId: a-b
            title: A and B
            occurredOn: 2020-01-01
            parties: [{id: a, name: A}, {id: b, name: B}]
            terms:
              - {action: introduce, key: price, statement: Ten a month.}
              - {action: introduce, key: term, statement: Five years.}
            ---
            kind: amendment
            agreementId: a-b
            title: The price rises
            occurredOn: 2022-01-01
            terms:
              - {action: change, key: price, statement: Twelve a month.}
            """;

    private static final String ANNOUNCEMENT =
            """
            kind: announcement
            agreementId: a-b
            title: A statement
            occurredOn: 2023-01-01
            speakers: [{id: a, name: A}]
            """;

    private static final String AMENDMENT =
            """
            kind: amendment
            agreementId: a-b
            title: An amendment
            occurredOn: 2023-01-01
            """;

    private Shell shell;
    private Path folder;

    @BeforeAll
    void open(@TempDir Path folder) {
        this.folder = folder;
        shell = new Shell(folder.resolve("data"));
        shell.type(OPENING, "import", "-").isFine();
    }

    @AfterAll
    void the_ledger_is_as_it_was() {
        assertThat(shell.run("entries", "--json").json().get("items")).hasSize(2);
    }

    static Stream<Arguments> entries() {
        return Stream.of(
                entry("malformed JSON", "{\"kind\": \"opening\",\n]", "line 2"),
                entry("malformed YAML", "kind: opening\n title: x\n", "line 2"),
                entry(
                        "a duplicate property",
                        ANNOUNCEMENT + "title: again\n",
                        "line 6",
                        "'title'",
                        "twice"),
                entry("an alias", "a: &x [1]\nb: [*x, *x]\n", "line 2", "alias"),
                entry("an unknown property", ANNOUNCEMENT + "colour: blue\n", "line 6", "colour"),
                entry(
                        "an unknown kind",
                        ANNOUNCEMENT.replace("announcement", "rumour"),
                        "line 1",
                        "/kind",
                        "rumour"),
                entry(
                        "a wrong date",
                        ANNOUNCEMENT.replace("2023-01-01", "2023-02-30"),
                        "line 4",
                        "/occurredOn",
                        "2023-02-30"),
                entry(
                        "a wrong slug",
                        ANNOUNCEMENT.replace("a-b", "A_B"),
                        "line 2",
                        "/agreementId",
                        "A_B"),
                entry(
                        "a wrong key",
                        AMENDMENT + "terms:\n  - action: retire\n    key: Price\n",
                        "line 7",
                        "/terms/0/key",
                        "Price"),
                entry(
                        "an amount with an exponent",
                        round("{amount: \"1e9\", currency: USD}"),
                        "line 6",
                        "/amount/amount",
                        "1e9"),
                entry(
                        "an amount as a number",
                        round("{amount: 1e9, currency: USD}"),
                        "line 6",
                        "/amount/amount"),
                entry(
                        "an amount that is none",
                        round("{amount: .nan, currency: USD}"),
                        "line 6",
                        "/amount/amount"),
                entry("no title", ANNOUNCEMENT.replace("title: A statement\n", ""), "title"),
                entry("a list instead of an entry", "- [1, 2]\n", "line 1"),
                entry("a text instead of an entry", "hello\n", "line 1"),
                entry("nothing", "\n\n", "Standard input holds no entry"),
                entry("many", OPENING, "2 entries", "import"),
                entry(
                        "an unknown agreement",
                        ANNOUNCEMENT.replace("a-b", "c-d"),
                        "c-d",
                        "agreement-unknown"),
                entry("an agreement twice", OPENING.split("---")[0], "a-b", "agreement-exists"),
                entry(
                        "a term twice",
                        AMENDMENT
                                + "terms:\n  - {action: retire, key: price}\n  - {action: retire, key: price}\n",
                        "line 7",
                        "price",
                        "term-twice"),
                entry(
                        "a term that is not there",
                        AMENDMENT + "terms: [{action: retire, key: rofr}]\n",
                        "rofr",
                        "term-not-in-force"),
                entry(
                        "a term that is there",
                        AMENDMENT + "terms: [{action: introduce, key: price, statement: x}]\n",
                        "price",
                        "term-already-in-force"),
                entry(
                        "an announcement that changes",
                        ANNOUNCEMENT + "terms: [{action: retire, key: price}]\n",
                        "kind-cannot-change-terms"),
                entry(
                        "a day in the future",
                        ANNOUNCEMENT.replace("2023-01-01", "2027-01-01"),
                        "2027-01-01",
                        "occurred-in-future"),
                entry(
                        "a backdated amendment that makes a later one senseless",
                        AMENDMENT.replace("2023-01-01", "2021-01-01")
                                + "terms: [{action: retire, key: price}]\n",
                        "price",
                        "history-contradicts"),
                entry(
                        "a withdrawal of nothing",
                        "{kind: withdrawal, agreementId: a-b, occurredOn: 2023-01-01, title: x, withdraws: 9, reason: y}",
                        "entry-unknown"));
    }

    private static String round(String amount) {
        return """
        kind: funding-round
        agreementId: a-b
        title: A round
        occurredOn: 2023-01-01
        recipient: {id: a, name: A}
        amount: %s
        """
                .formatted(amount);
    }

    private static Arguments entry(String name, String text, String... parts) {
        return Arguments.of(name, text, parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void a_wrong_entry_is_refused_in_one_sentence(String name, String text, String[] parts) {
        shell.type(text, "record").refusedWith(ExitCode.USAGE, parts);
    }

    @Test
    void ten_megabytes_of_statement_are_refused() {
        String text =
                AMENDMENT
                        + "terms:\n  - action: change\n    key: price\n    statement: "
                        + "x".repeat(10_000_000)
                        + "\n";

        shell.type(text, "record").refusedWith(ExitCode.USAGE, "line 8", "/terms/0/statement");
    }

    @Test
    void the_900th_line_of_an_import_is_named_and_nothing_is_recorded() throws IOException {
        Path file = folder.resolve("lines.ndjson");
        Files.writeString(
                file,
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(line ->
                                "{\"kind\":\"announcement\",\"agreementId\":\"a-b\",\"title\":\"%s\",\"occurredOn\":\"%s\",\"speakers\":[{\"id\":\"a\",\"name\":\"A\"}]}"
                                        .formatted(line, line == 900 ? "2023-13-01" : "2023-01-01"))
                        .collect(Collectors.joining("\n")));

        shell.run("import", file.toString())
                .refusedWith(ExitCode.USAGE, file + ", line 900, /occurredOn", "2023-13-01");
    }

    @Test
    void a_rule_broken_in_the_middle_of_an_import_is_named_by_its_line() {
        shell.type(
                        ANNOUNCEMENT
                                + "---\n"
                                + AMENDMENT
                                + "terms:\n  - {action: retire, key: rofr}\n",
                        "import",
                        "-")
                .refusedWith(
                        ExitCode.USAGE,
                        "standard input, line 12, /terms/0",
                        "rofr",
                        "term-not-in-force");
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                line("", "Say what to do"),
                line("frobnicate", "There is no command 'frobnicate'; there are demo, serve"),
                line("terms a-b --known-at 2026-11-23T00:00:00Z", "a-b was not known then"),
                line("terms", "ID"),
                line("terms A", "'A' is not a slug"),
                line("terms a-b Price", "'Price' is not a term key"),
                line("terms c-d", "There is no agreement c-d", "a-b"),
                line("terms a-b prices", "never had a term prices"),
                line("terms a-b --valid-on 2023-02-29", "--valid-on", "2023-02-29"),
                line("terms a-b --known-at yesterday", "--known-at", "yesterday"),
                line("terms a-b --known-at @77", "77"),
                line("terms a-b --known-at 2031-01-01T00:00:00Z", "2031"),
                line("terms a-b --standing maybe", "--standing", "maybe"),
                line("terms a-b --vaild-on 2020", "--vaild-on", "--valid-on"),
                line("history a-b", "KEY"),
                line("history a-b prices", "never had a term prices"),
                line("history c-d price", "There is no agreement c-d"),
                line("constancy a-b --from 2020-01-01", "--to"),
                line("constancy a-b --from 2021-01-01 --to 2020-01-01", "swap"),
                line(
                        "constancy c-d --from 2020-01-01 --to 2021-01-01",
                        "There is no agreement c-d"),
                line("entries c-d", "There is no agreement c-d"),
                line("entries --kind rumour", "--kind", "funding-round", "rumour"),
                line("entries --effect none", "--effect", "disclosed"),
                line("entries --limit 0", "--limit"),
                line("entries --limit many", "--limit", "many"),
                line("entries --recorded-from soon", "--recorded-from", "soon"),
                line("entries --q *", "--q", "match everything"),
                line("entries --q=-only", "--q", "only excludes"),
                line("entries --q (a", "--q", "breaks off"),
                line("agreements --term price", "KEY:VALUE"),
                line("export --agreement c-d", "There is no agreement c-d"),
                line("export --format xml", "--format", "xml"),
                line("record /no/such/file", "/no/such/file"),
                line("record /", "folder"),
                line("import", "FILE"),
                line("import /no/such/file", "/no/such/file"),
                line("replay --agreement c-d", "There is no agreement c-d"),
                line("replay --check --valid-on 2020-01-01", "--valid-on"),
                line("replay --check --standing all", "--standing"),
                line("replay --agreement a-b --known-at 2026-11-23T00:00:00Z", "not known then"),
                line("replay --out copy --check", "--check"),
                line("replay --out copy --agreement a-b", "whole ledger", "--agreement"),
                line("replay --out copy --valid-on 2020-01-01", "--valid-on"),
                line("replay --out copy --standing all", "--standing"),
                line("replay --out copy --known-at @77", "@77 is beyond the newest position"),
                line("replay --out copy --known-at 2031-01-01T00:00:00Z", "later than now"),
                line("replay --out copy --known-at 2001-01-01T00:00:00Z", "nothing to copy"),
                line("serve --port 70000", "70000"),
                line("serve --port http", "--port", "'http' is not a whole number"),
                line("serve --webhook-allow localhost", "--webhook-allow", "'localhost'"),
                line("serve --webhook-allow 10.0.0.0/8,10/8", "--webhook-allow", "'10/8'"),
                line("serve --cors-origin grafana", "--cors-origin", "'grafana' is not an origin"),
                line("serve --kafka broker", "--kafka", "'broker' names no brokers"),
                line("serve --kafka b:9092 --kafka-topic a/b", "--kafka", "'a/b' is not the name"),
                line("serve --kafka-config none", "--kafka-config needs --kafka"),
                line("serve --kafka b:9092 --kafka-config none", "--kafka-config", "none cannot"));
    }

    private static Arguments line(String line, String... parts) {
        return Arguments.of(line, parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void a_wrong_command_line_is_refused_in_one_sentence(String line, String[] parts) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");
        Shell.Output output =
                line.isEmpty() || line.equals("frobnicate") ? shell.raw("", args) : shell.run(args);

        output.refusedWith(ExitCode.USAGE, parts);
    }

    @Test
    void bytes_that_are_no_text_are_refused() throws IOException {
        Path file =
                Files.write(
                        folder.resolve("image.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});

        shell.run("import", file.toString()).refusedWith(ExitCode.USAGE, "image.png", "UTF-8");
    }

    @Test
    void a_folder_that_cannot_be_made_is_not_a_ledger() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "x");

        new Shell(file.resolve("below"))
                .run("agreements")
                .refusedWith(
                        ExitCode.CANNOT_RUN, "Cannot open the ledger in " + file.resolve("below"));
    }

    @Test
    void a_copy_takes_a_folder_of_its_own() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "x");

        shell.run("replay", "--out", file.toString())
                .refusedWith(ExitCode.USAGE, file + " is a file");
        shell.run("replay", "--out", folder.toString())
                .refusedWith(ExitCode.USAGE, folder + " is not empty");
        shell.run("replay", "--out", folder.resolve("data").toString())
                .refusedWith(ExitCode.USAGE, "is not empty");
        shell.run("replay", "--out", file.resolve("below").toString())
                .refusedWith(ExitCode.CANNOT_RUN, "Cannot write a copy into " + file);
        assertThat(file).hasContent("x");
    }

    @Test
    void a_database_that_is_not_there_is_not_a_ledger() {
        shell.raw("", "agreements", "--database", "postgresql://ada:secret@127.0.0.1:1/none")
                .refusedWith(
                        ExitCode.CANNOT_RUN,
                        "Cannot open the ledger at postgresql://ada@127.0.0.1:1/none");
    }
}
