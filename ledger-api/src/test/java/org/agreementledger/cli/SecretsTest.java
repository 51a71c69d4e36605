package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.agreementledger.api.json.AnswerJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails, and however much is asked to be told of it: no secret is printed or logged. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SecretsTest {

    private static final String SECRET = "open-sesame";

    @TempDir Path folder;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private PrintStream errors;

    @BeforeEach
    void listen() {
        errors = System.err;
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(errors);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:open-sesame@127.0.0.1:1/none",
                "postgresql://127.0.0.1:1/none?user=ada&password=open-sesame",
                "jdbc:postgresql://127.0.0.1:1/none?user=ada&password=open-sesame",
                "postgresql://ada:open-sesame@127.0.0.1:99999/none",
                "postgresql://ada:open-sesame@127.0.0.1:port/none",
                "postgresql://ada:open-sesame@127.0.0.1:1/none?sslmode=nonsense",
                "postgresql://ada:open-sesame with blanks@127.0.0.1:1/none",
                "postgresql://ada:open-sesame/or/so@127.0.0.1:1/none",
                "jdbc:postgresql://ada:open-sesame@127.0.0.1:1/none",
                "mysql://ada:open-sesame@127.0.0.1:1/none",
            })
    void the_password_of_a_database_that_cannot_be_opened(String url) {
        nothingIsToldBy(List.of("serve", "--port", "0"), url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"agreements", "verify", "record -", "replay --check"})
    void the_same_in_every_command(String command) {
        nothingIsToldBy(
                List.of(command.split(" ")), "postgresql://ada:open-sesame@127.0.0.1:1/none");
    }

    private void nothingIsToldBy(List<String> command, String url) {
        Shell.Output output = run(command, "--database", url);
        assertThat(output.exitCode()).as(output.err()).isIn(ExitCode.USAGE, ExitCode.CANNOT_RUN);
        assertThat(output.err()).contains("ledger: ");
        nothingToldIn(output);
    }

    @Test
    void what_stands_in_a_file_that_is_no_key() throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), pem());

        Shell.Output output = run(List.of("serve", "--port", "0"), "--log-key", key.toString());

        assertThat(output.exitCode()).as(output.err()).isNotZero();
        assertThat(output.err()).contains("key.pem");
        nothingToldIn(output);
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void the_properties_of_a_broker_that_takes_none_of_them() throws IOException {
        Path properties =
                Files.writeString(
                        folder.resolve("kafka.properties"),
                        """
                        security.protocol=SASL_PLAINTEXT
                        sasl.mechanism=PLAIN
                        sasl.jaas.config=nonsense password="open-sesame"
                        ssl.keystore.password=open-sesame
                        """);

        try (Serving serving =
                Serving.start(
                        shell(),
                        "--data",
                        data(),
                        "--kafka",
                        "127.0.0.1:1",
                        "--kafka-config",
                        properties.toString())) {
            assertThat(serving.get("/v1/agreements").statusCode()).isEqualTo(200);
            assertThat(serving.printed()).doesNotContain(SECRET);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
    }

    @Test
    void what_callers_and_receivers_of_a_server_share_with_it() throws Exception {
        String secret;
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Serving serving =
                        Serving.start(shell(), "--data", data(), "--webhook-allow", "127.0.0.1")) {
            String receiver = "http://127.0.0.1:" + nobody.getLocalPort() + "/" + SECRET;
            nobody.close();
            HttpResponse<String> webhook =
                    serving.post("/v1/webhooks", "{\"url\": \"" + receiver + "\"}");
            assertThat(webhook.statusCode()).as(webhook.body()).isEqualTo(201);
            secret = AnswerJson.MAPPER.readTree(webhook.body()).get("secret").asString();
            String id = AnswerJson.MAPPER.readTree(webhook.body()).get("id").asString();
            assertThat(serving.post("/v1/webhooks/" + id + "/test", "{}").body()).isNotEmpty();
            for (String path : List.of("/v1/entries?limit=0", "/no-such", "/v1/agreements")) {
                serving.withToken(path);
                serving.post(path, "{\"kind\": \"" + SECRET + "\"}");
            }
            assertThat(serving.printed()).doesNotContain(SECRET, secret);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET, secret);
    }

    private Shell shell() {
        return new Shell(folder.resolve("data"));
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private Shell.Output run(List<String> command, String... options) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(options));
        line.add("--debug");
        return shell().run(line.toArray(String[]::new));
    }

    private void nothingToldIn(Shell.Output output) {
        assertThat(output.out() + output.err() + logged.toString(StandardCharsets.UTF_8))
                .doesNotContain(SECRET);
    }

    /** A server on a free port. */
    private record Serving(
            URI address, Future<Integer> ends, ExecutorService thread, StringWriter err)
            implements AutoCloseable {

        static Serving start(Shell shell, String... options) throws IOException {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            PipedReader printed = new PipedReader(1 << 16);
            PrintWriter out = new PrintWriter(new PipedWriter(printed));
            StringWriter err = new StringWriter();
            List<String> line = new ArrayList<>(List.of("serve", "--port", "0", "--debug"));
            line.addAll(List.of(options));
            Future<Integer> ends =
                    thread.submit(() ->
                            shell.command()
                                    .run(
                                            out,
                                            new PrintWriter(err),
                                            InputStream.nullInputStream(),
                                            line.toArray(String[]::new)));
            String first = new BufferedReader(printed).readLine();
            assertThat(first).as(err.toString()).startsWith("Serving at ");
            return new Serving(URI.create(first.split(" ")[2]), ends, thread, err);
        }

        HttpResponse<String> get(String path) throws IOException {
            return send(request(path).GET());
        }

        /** Which may be of use here, or not. */
        HttpResponse<String> withToken(String path) throws IOException {
            return send(request(path).header("Authorization", "Bearer " + SECRET).GET());
        }

        HttpResponse<String> post(String path, String body) throws IOException {
            return send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body)));
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(address + path.substring(1)));
        }

        private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        String printed() {
            return err.toString();
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
}
