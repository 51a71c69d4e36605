package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.tokens.TokenText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class TokenCommandTest {

    @TempDir Path data;

    @Test
    void a_token_is_printed_once_and_listed_without_itself() {
        Shell shell = new Shell(data);

        Shell.Output made =
                shell.run(
                                "token",
                                "create",
                                "--name",
                                "ci",
                                "--role",
                                "recorder",
                                "--expires",
                                "P1D")
                        .isFine();

        assertThat(TokenText.parse(made.out().strip())).isPresent();
        assertThat(made.err()).contains("ci", "recorder", "2026-11-24T10:0", "once");
        Shell.Output list = shell.run("token", "list").isFine();
        assertThat(list.out())
                .contains("ci", "recorder", "expires 2026-11-24", "by ada")
                .doesNotContain("agl_");
    }

    @Test
    void a_token_that_is_revoked_stays_in_the_list_and_its_name_is_taken() {
        Shell shell = new Shell(data);
        JsonNode made =
                shell.run("token", "create", "--name", "ci", "--role", "reader", "--json")
                        .isFine()
                        .json();
        assertThat(made.get("token").asString()).startsWith("agl_");
        assertThat(made.get("expiresAt").asString()).startsWith("2027-02-21");

        assertThat(shell.run("token", "revoke", "ci").isFine().err()).contains("ci is revoked");

        JsonNode listed = shell.run("token", "list", "--json").isFine().json().get("items").get(0);
        assertThat(listed.get("standing").asString()).isEqualTo("revoked");
        assertThat(listed.has("token")).isFalse();
        shell.run("token", "create", "--name", "ci", "--role", "reader")
                .refusedWith(ExitCode.USAGE, "ci-2");
        shell.run("token", "revoke", "nobody").refusedWith(ExitCode.USAGE, "nobody");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token create --role reader                            | --name",
                "token create --name ci                                | --role",
                "token create --name ci --role king                    | king' is no role; there are reader",
                "token create --name a/b --role reader                 | a/b' is no name",
                "token create --name ci --role reader --expires P-1D   | --expires: 'P-1D' is not later than now",
                "token create --name ci --role reader --expires 1.1.27 | --expires: '1.1.27' is no time",
                "token                                                 | create, list, revoke",
            })
    void what_cannot_be_is_refused(String line, String why) {
        new Shell(data).raw("", line.strip().split(" +")).refusedWith(ExitCode.USAGE, why);
    }

    // ---- where to serve

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --address 0.0.0.0 | 0.0.0.0 can be reached from elsewhere",
                "serve --access tokens   | --access tokens asks everybody"
            })
    void nobody_is_served_where_nobody_could_show_who_it_is(String line, String why) {
        new Shell(data)
                .run(line.strip().split(" "))
                .refusedWith(ExitCode.USAGE, why, "./ledger token create", "--oidc-issuer");
    }

    @Test
    void a_token_that_is_revoked_or_expired_is_as_good_as_none() {
        Shell shell = new Shell(data);
        shell.run("token", "create", "--name", "a", "--role", "admin").isFine();
        shell.run("token", "revoke", "a").isFine();

        shell.run("serve", "--address", "0.0.0.0")
                .refusedWith(ExitCode.USAGE, "no token yet that holds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--access open --address 0.0.0.0                                 | --access open is for this machine alone",
                "--access maybe                                                  | open or tokens",
                "--oidc-issuer https://issuer.example                            | --oidc-audience",
                "--oidc-audience ledger                                          | --oidc-issuer",
                "--oidc-issuer http://issuer.example --oidc-audience ledger      | https",
                "--oidc-issuer https://localhost:1 --oidc-audience a --access open | --access open",
                "--address 300.1.1.1                                             | 300.1.1.1"
            })
    void options_that_contradict_each_other_are_refused(String options, String why) {
        new Shell(data)
                .run(("serve " + options.strip()).split(" +"))
                .refusedWith(ExitCode.USAGE, why);
    }

    @Test
    void an_issuer_that_does_not_answer_is_named() {
        new Shell(data)
                .run(
                        "serve",
                        "--oidc-issuer",
                        "http://localhost:1/realm",
                        "--oidc-audience",
                        "ledger")
                .refusedWith(ExitCode.CANNOT_RUN, "http://localhost:1/realm");
    }

    // ---- the table of commands

    /**
     * Commands open the database themselves: who may do so, the permissions of its files or its
     * password say.
     */
    @Test
    void the_table_names_every_command_and_what_it_does_with_the_database() throws IOException {
        Map<String, String> expected;
        try (InputStream csv = getClass().getResourceAsStream("/access/commands.csv")) {
            expected =
                    new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .skip(1)
                            .map(line -> line.split(","))
                            .collect(
                                    Collectors.toMap(
                                            row -> row[0],
                                            row -> row[1],
                                            (one, _) -> one,
                                            TreeMap::new));
        }
        Map<String, String> there = new TreeMap<>();
        commands("", LedgerCommand.commandLine(new Shell(data).terminal()))
                .forEach(command -> there.put(command.getKey(), command.getValue()));
        assertThat(there).isEqualTo(expected);
    }

    private static List<Map.Entry<String, String>> commands(String before, CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .flatMap(each ->
                        each.getValue().getSubcommands().isEmpty()
                                ? Stream.of(
                                        Map.entry(
                                                before + each.getKey(),
                                                database(each.getValue().getCommand())))
                                : commands(before + each.getKey() + " ", each.getValue()).stream())
                .toList();
    }

    private static String database(Object command) {
        return switch (command) {
            case Task task -> task.writes() ? "writes" : "reads";
            case TokenListCommand _ -> "reads";
            case TokenTask _ -> "writes";
            case BackupCommand _ -> "reads";
            case RestoreCommand _ -> "makes";
            case RehearseCommand _ -> "none";
            default -> "what does it do? " + command.getClass();
        };
    }
}
