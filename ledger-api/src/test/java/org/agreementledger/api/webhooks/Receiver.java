package org.agreementledger.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.agreementledger.webhooks.AddressRange;
import org.agreementledger.webhooks.AddressRules;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on loopback that is told of entries, and answers as a test wants. */
final class Receiver implements AutoCloseable {

    static final AddressRules ALLOWED = new AddressRules(List.of(AddressRange.parse("127.0.0.1")));

    private static final JsonMapper JSON = new JsonMapper();

    record Received(String path, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        String id() {
            return header("webhook-id");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        long position() {
            return json().at("/data/position").asLong();
        }

        /** As a library not written here judges it. */
        boolean isSignedWith(String secret) {
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch (com.standardwebhooks.exceptions.WebhookVerificationException _) {
                return false;
            }
        }
    }

    record Reply(int status, Map<String, String> headers) {
        static Reply of(int status) {
            return new Reply(status, Map.of());
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private volatile Function<Received, Reply> answer = _ -> Reply.of(204);

    Receiver() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::take);
        server.setExecutor(threads);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request =
                    new Received(
                            exchange.getRequestURI().toString(),
                            Map.copyOf(exchange.getRequestHeaders()),
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
            atOnce.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Reply reply = answer.apply(request);
            underWay.decrementAndGet();
            received.add(request);
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(reply.status(), -1);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    void answers(int status) {
        answer = _ -> Reply.of(status);
    }

    void answers(Function<Received, Reply> answer) {
        this.answer = answer;
    }

    /** How many requests wait for their answer. */
    int underWay() {
        return underWay.get();
    }

    /** The most that ever did. */
    int atOnce() {
        return atOnce.get();
    }

    Received next() throws InterruptedException {
        Received next = received.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a request within 20 seconds").isNotNull();
        return next;
    }

    List<Received> next(int count) throws InterruptedException {
        List<Received> all = new ArrayList<>();
        while (all.size() < count) {
            all.add(next());
        }
        return all;
    }

    /** Those that came and were not asked for yet. */
    List<Received> rest() {
        List<Received> all = new ArrayList<>();
        received.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
