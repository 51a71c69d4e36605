package org.agreementledger.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agreementledger.api.LedgerApplication.Listen;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.TestDatabase;
import org.springframework.context.ApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ledger in a folder of its own with its doors open. All tests of a run share it, so each takes
 * agreements of its own.
 */
public final class Doors {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger AGREEMENTS = new AtomicInteger();
    private static final Doors SHARED = open();

    private final LedgerNode node;
    private final LedgerApplication.Server server;
    private final HttpClient http = HttpClient.newHttpClient();

    private Doors(LedgerNode node, LedgerApplication.Server server) {
        this.node = node;
        this.server = server;
    }

    /** To a ledger of one's own; closing the server closes it. */
    public static Doors to(LedgerNode node) {
        return to(node, Outlets.NONE);
    }

    public static Doors to(LedgerNode node, Outlets outlets) {
        return to(node, 0, outlets);
    }

    /**
     * @param port 0 for any that is free
     */
    public static Doors to(LedgerNode node, int port, Outlets outlets) {
        return to(
                node,
                new Listen(InetAddress.getLoopbackAddress(), port, "ada"),
                outlets,
                Clock.systemUTC());
    }

    public static Doors to(LedgerNode node, Listen listen, Outlets outlets, Clock clock) {
        return new Doors(node, LedgerApplication.start(node, listen, outlets, clock));
    }

    /** The same with other settings than those of application.yaml. */
    public static Doors to(LedgerNode node, Map<String, String> settings) {
        settings.forEach(System::setProperty);
        try {
            return to(node);
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    public static Doors shared() {
        return SHARED;
    }

    private static Doors open() {
        try {
            Path folder = Files.createTempDirectory("ledger-doors");
            Doors doors = to(LedgerNode.open(TestDatabase.freshIn(folder), Clock.systemUTC()));
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                doors.server.close();
                                FileSystemUtils.deleteRecursively(folder.toFile());
                            }));
            return doors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a door answered. */
    public record Answer(int status, HttpHeaders headers, String body) {

        public Map<String, Object> json() {
            return object(body);
        }

        /** The address of the next page; empty on the last. */
        public String next() {
            Matcher link = NEXT.matcher(header("Link"));
            return link.matches() ? link.group(1) : "";
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        @SuppressWarnings("unchecked")
        public List<Map<String, Object>> items() {
            return (List<Map<String, Object>>) json().get("items");
        }

        public List<Map<String, Object>> lines() {
            return body.lines().map(Answer::object).toList();
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> object(String text) {
            return JSON.readValue(text, Map.class);
        }
    }

    public LedgerApplication.Server server() {
        return server;
    }

    public ApplicationContext context() {
        return server.context();
    }

    public LedgerNode node() {
        return node;
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    /** As JSON; a quote may be written as an apostrophe. */
    public Answer post(String path, String body, String... headers) {
        return send(
                "POST",
                path,
                BodyPublishers.ofString(body.replace('\'', '"')),
                with(headers, "Content-Type", "application/json"));
    }

    public Answer importing(String path, String lines, String... headers) {
        return send(
                "POST",
                path,
                BodyPublishers.ofString(lines.replace('\'', '"')),
                with(headers, "Content-Type", "application/x-ndjson"));
    }

    public Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.address() + path.substring(1)))
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = name;
        all[headers.length + 1] = value;
        return all;
    }

    /** The id of an agreement that no other test knows. */
    public String newId() {
        return "agreement-" + AGREEMENTS.incrementAndGet();
    }

    /** One that is open since 2024-03-01, with the terms supply.exclusivity and price.unit. */
    public String opened() {
        String id = newId();
        Answer answer = post("/v1/agreements", opening(id));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.toString());
        }
        return id;
    }

    public static String opening(String id) {
        return """
        {"kind": "opening", "agreementId": "%s", "title": "Acme and Globex", "occurredOn": "2024-03-01",
         "parties": [{"id": "acme", "name": "Acme Corporation"}, {"id": "globex", "name": "Globex"}],
         "terms": [
          {"action": "introduce", "key": "supply.exclusivity", "statement": "Acme is the sole supplier.",
           "quote": "Acme is our sole supplier.", "value": {"type": "flag", "flag": true}},
          {"action": "introduce", "key": "price.unit", "statement": "10 dollars each.",
           "value": {"type": "money", "amount": "10.00", "currency": "USD"}}]}\
        """
                .formatted(id)
                .replace('\n', ' ');
    }

    public static String announcement(String id, String title, String occurredOn) {
        return """
        {"kind": "announcement", "agreementId": "%s", "title": "%s", "occurredOn": "%s", "speakers": [{"id": "acme", "name": "Acme Corporation"}]}\
        """
                .formatted(id, title, occurredOn);
    }

    public String entriesOf(String id) {
        return "/v1/agreements/" + id + "/entries";
    }

    public long newest() {
        return node.log().newest();
    }
}
