package org.agreementledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar, as the launchers start it: with the beans that the build found. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PackagedServerIT {

    private static final Path JAR = Path.of("target", "ledger.jar").toAbsolutePath();

    /** Which beans there are is found out by the build, or at the start. */
    private static final String BEANS = "-Dspring.aot.enabled=";

    /** Each form that is handed out has one of its own. */
    private static final String FORM_KEY = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

    @TempDir Path data;

    @Test
    void every_door_answers_as_it_does_where_the_beans_are_found_at_the_start() throws Exception {
        new Shell(data).run("demo", "--no-serve").isFine();
        Map<String, List<String>> expected = answers("false");
        assertThat(expected.get("/v1/agreements/microsoft-openai")).contains("200");

        answers("true")
                .forEach((path, answer) ->
                        assertThat(DiffUtils.diff(expected.get(path), answer).getDeltas())
                                .as(path)
                                .isEmpty());
    }

    /** By path; what differs from one start to the next is taken out. */
    private Map<String, List<String>> answers(String beansOfTheBuild) throws Exception {
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                BEANS + beansOfTheBuild,
                                "-jar",
                                JAR.toString(),
                                "serve",
                                "--port",
                                "0",
                                "--data",
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        Map<String, List<String>> answers = new TreeMap<>();
        try (BufferedReader said = server.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = address(said);
            for (String path : paths()) {
                answers.put(path, answer(client, address, path));
            }
        } finally {
            server.destroy();
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        return answers;
    }

    private static URI address(BufferedReader said) throws IOException {
        String line = said.readLine();
        while (line != null && !line.startsWith("Serving at ")) {
            line = said.readLine();
        }
        assertThat(line).as("the server has ended").isNotNull();
        return URI.create(line.split(" ")[2]);
    }

    /** Of all doors that only read and end. */
    private static List<String> paths() throws IOException {
        try (InputStream doors = PackagedServerIT.class.getResourceAsStream("/access/doors.csv")) {
            List<String> paths = new ArrayList<>();
            for (String line :
                    new String(doors.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] cells = line.split(",");
                if (cells[0].equals("GET") && !cells[1].endsWith("/stream")) {
                    paths.add(
                            cells[1].replace("{id}", Example.AGREEMENT.toString())
                                    .replace("{key}", "ip.license.term")
                                    .replace("{form}", "json")
                                    .replace("{slug}", "malformed")
                                    .replace("/**", "/x")
                                    .replaceAll("\\{\\w+}", "1"));
                }
            }
            return paths;
        }
    }

    /** Its status, headers and body, line by line. */
    private static List<String> answer(HttpClient client, URI address, String path)
            throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address.resolve(path)).build(),
                        BodyHandlers.ofString());
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(List.of("date", "etag", "content-length"));
        List<String> lines = new ArrayList<>(List.of("" + answer.statusCode()));
        headers.forEach((name, values) -> lines.add(name + ": " + values));
        lines.addAll(
                path.equals("/actuator/prometheus")
                        ? names(answer.body())
                        : answer.body().lines().toList());
        lines.replaceAll(
                line -> line.replace(address.getAuthority(), "here").replaceAll(FORM_KEY, "key"));
        return lines;
    }

    /** Of the meters that there are from the start, without their values. */
    private static List<String> names(String meters) {
        return meters.lines()
                .filter(line -> line.startsWith("# TYPE"))
                .filter(line -> !line.matches(".*(http_server_requests|jvm_gc).*"))
                .sorted()
                .toList();
    }
}
