package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agreementledger.api.Doors;
import org.agreementledger.api.json.AnswerJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ServeTest {

    @TempDir Path data;

    /** A server on a free port, in a thread of its own; the rest of its output is not read. */
    private record Serving(URI address, Future<Integer> ends, ExecutorService thread)
            implements AutoCloseable {

        static Serving start(Shell shell, String... args) throws IOException {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            PipedReader printed = new PipedReader(1 << 16);
            PrintWriter out = new PrintWriter(new PipedWriter(printed));
            StringWriter err = new StringWriter();
            Future<Integer> ends =
                    thread.submit(() ->
                            shell.command()
                                    .run(
                                            out,
                                            new PrintWriter(err),
                                            InputStream.nullInputStream(),
                                            args));
            BufferedReader lines = new BufferedReader(printed);
            String line = lines.readLine();
            while (line != null && !line.startsWith("Serving at ")) {
                line = lines.readLine();
            }
            assertThat(line).as(err.toString()).isNotNull();
            return new Serving(URI.create(line.split(" ")[2]), ends, thread);
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> response =
                        client.send(
                                HttpRequest.newBuilder(address.resolve(path)).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                return AnswerJson.MAPPER.readTree(response.body());
            }
        }

        int status(String path, @Nullable String token) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            }
        }

        HttpResponse<String> post(String path, String type, String body)
                throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                        HttpRequest.newBuilder(address.resolve(path))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            }
        }

        @Override
        public void close() throws IOException {
            thread.shutdownNow();
            try {
                assertThat(ends.get(1, TimeUnit.MINUTES)).isZero();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void the_command_line_and_http_answer_with_the_same_json() throws Exception {
        Shell shell = new Shell(data);
        List<List<String>> questions =
                List.of(
                        List.of("agreements", "/v1/agreements"),
                        List.of(
                                "terms microsoft-openai --valid-on 2026-04-26 --known-at @29",
                                "/v1/agreements/microsoft-openai?validOn=2026-04-26&knownAt=@29"),
                        List.of(
                                "terms microsoft-openai ip.license.term --valid-on 2026-04-26 --known-at @27",
                                "/v1/agreements/microsoft-openai/terms/ip.license.term?validOn=2026-04-26&knownAt=@27"),
                        List.of(
                                "history microsoft-openai ip.license.term --standing all",
                                "/v1/agreements/microsoft-openai/terms/ip.license.term/history?standing=all"),
                        List.of(
                                "constancy microsoft-openai --from 2025-10-28 --to 2026-04-27 --known-at @29",
                                "/v1/agreements/microsoft-openai/constancy?from=2025-10-28&to=2026-04-27&knownAt=@29"),
                        List.of(
                                "entries microsoft-openai",
                                "/v1/agreements/microsoft-openai/entries?limit=1000"),
                        List.of(
                                "entries --kind funding-round --party amazon",
                                "/v1/entries?kind=funding-round&party=amazon"));
        shell.run("demo", "--no-serve").isFine();
        List<JsonNode> printed =
                questions.stream()
                        .map(question -> shell.run((question.get(0) + " --json").split(" ")).json())
                        .toList();

        try (Serving serving =
                Serving.start(shell, "serve", "--port", "0", "--data", data.toString())) {
            for (int i = 0; i < questions.size(); i++) {
                assertThat(serving.get(questions.get(i).get(1)))
                        .as(questions.get(i).get(0))
                        .isEqualTo(printed.get(i));
            }
        }
    }

    @Test
    void a_copy_is_served_and_refuses_every_write() throws Exception {
        Shell source = new Shell(data.resolve("source"));
        Path copy = data.resolve("copy");
        source.run("replay", "--demo", "--known-at", "@16", "--out", copy.toString()).isFine();
        JsonNode then =
                source.run("terms", "microsoft-openai", "--known-at", "@16", "--json").json();
        String announcement =
                """
                {"kind": "announcement", "agreementId": "microsoft-openai", "title": "A claim",\
                 "occurredOn": "2026-11-20", "speakers": [{"id": "microsoft", "name": "Microsoft"}]}\
                """;
        String opening =
                """
                {"kind": "opening", "agreementId": "a-b", "title": "A and B",\
                 "occurredOn": "2020-01-01", "parties": [{"id": "a", "name": "A"}]}\
                """;

        try (Serving serving =
                Serving.start(source, "serve", "--port", "0", "--data", copy.toString())) {
            assertThat(serving.get("/v1/agreements/microsoft-openai")).isEqualTo(then);
            JsonNode entries = serving.get("/v1/entries?limit=1000");

            for (HttpResponse<String> refused :
                    List.of(
                            serving.post("/v1/agreements", "application/json", opening),
                            serving.post(
                                    "/v1/agreements/microsoft-openai/entries",
                                    "application/json",
                                    announcement),
                            serving.post("/v1/import", "application/x-ndjson", opening),
                            serving.post(
                                    "/v1/import?mode=each", "application/x-ndjson", announcement),
                            serving.post(
                                    "/v1/webhooks",
                                    "application/json",
                                    "{\"url\": \"https://example.org/\"}"))) {
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
                JsonNode problem = AnswerJson.MAPPER.readTree(refused.body());
                assertThat(problem.get("type").asString()).isEqualTo("/problems/read-only");
                assertThat(problem.get("detail").asString()).contains("position 16");
            }
            assertThat(
                            serving.post(
                                            "/v1/agreements/microsoft-openai/entries?dryRun=true",
                                            "application/json",
                                            announcement)
                                    .statusCode())
                    .isEqualTo(200);

            assertThat(serving.get("/v1/entries?limit=1000")).isEqualTo(entries);
            assertThat(entries.get("items")).hasSize(17);
            assertThat(serving.get("/v1/webhooks").get("items")).isEmpty();
            assertThat(serving.get("/problems/read-only").get("status").asInt()).isEqualTo(403);
            assertThat(serving.get("/actuator/health").toString())
                    .contains("UP", "a read-only copy, as known at");
        }
    }

    @Test
    void while_it_serves_other_commands_say_so_and_name_its_address() throws Exception {
        Shell shell = new Shell(data);
        try (Serving serving =
                Serving.start(shell, "demo", "--port", "0", "--data", data.toString())) {
            Shell.elsewhere(List.of(), "agreements", "--data", data.toString())
                    .refusedWith(
                            ExitCode.CANNOT_RUN,
                            "open in another process",
                            serving.address().toString());
        }

        assertThat(shell.run("entries", "--json").isFine().json().get("items")).hasSize(30);
    }

    @Test
    void a_second_server_on_the_same_folder_says_who_has_it_and_the_first_goes_on()
            throws Exception {
        try (Serving serving =
                Serving.start(new Shell(data), "serve", "--port", "0", "--data", data.toString())) {
            Shell.elsewhere(List.of(), "serve", "--port", "0", "--data", data.toString())
                    .refusedWith(
                            ExitCode.CANNOT_RUN,
                            "The ledger in " + data + " is open in another process",
                            "the server at " + serving.address(),
                            "Stop it, or ask it over HTTP.");

            assertThat(
                            serving.post(
                                            "/v1/agreements",
                                            "application/json",
                                            Doors.opening("after-the-second"))
                                    .statusCode())
                    .isEqualTo(201);
            assertThat(serving.get("/v1/entries").get("items")).hasSize(1);
        }
    }

    @Test
    void while_it_serves_a_backup_is_asked_of_the_server() throws Exception {
        Shell shell = new Shell(data.resolve("ledger"));
        Path file = data.resolve("backup.zip");
        shell.run("token", "create", "--name", "first", "--role", "admin").isFine();
        try (Serving serving =
                Serving.start(
                        shell,
                        "serve",
                        "--port",
                        "0",
                        "--access",
                        "tokens",
                        "--data",
                        "" + data.resolve("ledger"))) {
            String[] backup = {
                "backup", "--json", "--out", file.toString(), "--data", "" + data.resolve("ledger")
            };
            JsonNode written = Shell.elsewhere(List.of(), backup).isFine().json();
            assertThat(written.get("position").asLong()).isEqualTo(-1);
            Shell.elsewhere(List.of(), backup)
                    .refusedWith(ExitCode.USAGE, "is there already", "Name a new file");
            assertThat(serving.status("/v1/entries", null)).isEqualTo(401);
        }

        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
        Shell restored = new Shell(data.resolve("restored"));
        restored.run("restore", file.toString()).isFine();
        assertThat(restored.run("token", "list").isFine().out()).contains("first", "admin");
    }

    @Test
    void while_it_serves_the_commands_about_tokens_ask_the_server() throws Exception {
        Shell shell = new Shell(data);
        shell.run("token", "create", "--name", "first", "--role", "admin").isFine();
        try (Serving serving =
                Serving.start(
                        shell, "serve", "--port", "0", "--access", "tokens", "--data", "" + data)) {
            Shell.Output made =
                    Shell.elsewhere(
                                    List.of(),
                                    "token",
                                    "create",
                                    "--name",
                                    "second",
                                    "--role",
                                    "reader",
                                    "--data",
                                    data.toString())
                            .isFine();
            assertThat(serving.status("/v1/entries", made.out().strip())).isEqualTo(200);
            Shell.elsewhere(List.of(), "token", "revoke", "second", "--data", data.toString())
                    .isFine();
            assertThat(serving.status("/v1/entries", made.out().strip())).isEqualTo(401);
            assertThat(serving.status("/v1/entries", null)).isEqualTo(401);
        }

        JsonNode tokens = shell.run("token", "list", "--json").isFine().json().get("items");
        assertThat(tokens)
                .extracting(token -> token.get("name").asString())
                .containsExactly("first", "second");
        assertThat(tokens.get(1).get("standing").asString()).isEqualTo("revoked");
    }

    @Test
    void while_it_serves_a_rebuild_is_done_by_the_server() throws Exception {
        Shell shell = new Shell(data);
        try (Serving serving =
                Serving.start(shell, "demo", "--port", "0", "--data", data.toString())) {
            Shell.elsewhere(List.of(), "rebuild", "--segments", "0", "--data", data.toString())
                    .refusedWith(ExitCode.USAGE, "--segments", "1 to 64");

            assertThat(
                            Shell.elsewhere(List.of(), "rebuild", "--data", data.toString())
                                    .isFine()
                                    .out())
                    .contains("30 entries");

            assertThat(serving.get("v1/rebuild").get("state").asString()).isEqualTo("done");
            assertThat(serving.get("v1/entries").get("items")).hasSize(30);
        }
        shell.run("verify").isFine();
    }

    @Test
    void a_taken_port_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            new Shell(data)
                    .run("serve", "--port", port)
                    .refusedWith(ExitCode.CANNOT_RUN, port, "--port");
        }
    }
}
