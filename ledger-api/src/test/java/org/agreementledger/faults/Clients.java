package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agreementledger.faults.AgreementModel.Read;
import org.agreementledger.faults.AgreementModel.Refused;
import org.agreementledger.faults.AgreementModel.Seen;
import org.agreementledger.faults.AgreementModel.Stored;
import org.agreementledger.faults.Linearizability.Call;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many clients at once that open, amend and read a few agreements over HTTP, and note in a {@link
 * Journal} what they were answered. Each goes on after a failure, until they are stopped.
 */
final class Clients implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final List<URI> servers;
    private final Journal journal;
    private final String padding;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> surprise = new AtomicReference<>();
    private volatile boolean stopped;

    Clients(URI server, Journal journal) {
        this(List.of(server), journal, 0);
    }

    /**
     * @param servers any of which is asked each time
     * @param padding how many characters more an amendment is to have
     */
    Clients(List<URI> servers, Journal journal, int padding) {
        this.servers = servers;
        this.journal = journal;
        this.padding = "x".repeat(padding);
    }

    Clients start(int count, long seed, List<String> agreements) {
        start(count, Integer.MAX_VALUE, seed, agreements);
        return this;
    }

    /** A bounded number of calls each. */
    void run(int count, int calls, long seed, List<String> agreements) throws InterruptedException {
        start(count, calls, seed, agreements);
        awaitAll();
    }

    private void start(int count, int calls, long seed, List<String> agreements) {
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed * 1_000 + i);
            threads.add(
                    Thread.ofPlatform()
                            .name("client-" + i)
                            .start(() -> act(calls, random, agreements)));
        }
    }

    private void act(int calls, Random random, List<String> agreements) {
        try {
            for (int call = 0; call < calls && !stopped; call++) {
                act(random, agreements);
            }
        } catch (RuntimeException | Error e) {
            surprise.compareAndSet(null, e);
        }
    }

    private void awaitAll() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(surprise.get()).isNull();
    }

    private final Map<String, Integer> lastSeen = new HashMap<>();

    private void act(Random random, List<String> agreements) {
        String agreement = agreements.get(random.nextInt(agreements.size()));
        URI server = servers.get(random.nextInt(servers.size()));
        int sequence = seen(agreement);
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> read(server, agreement);
            case 3, 4 -> write(server, Journal.Write.amend(agreement, name(), sequence, padding));
            default ->
                    write(
                            server,
                            sequence == 0
                                    ? Journal.Write.open(agreement, name())
                                    : Journal.Write.amend(agreement, name(), 0, padding));
        }
    }

    private static String name() {
        return "statement-" + NAMES.incrementAndGet();
    }

    private void read(URI server, String agreement) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(server.resolve("/v1/agreements/" + agreement))
                                    .timeout(PATIENCE)
                                    .build(),
                            BodyHandlers.ofString());
            long ended = System.nanoTime();
            if (response.statusCode() == 200) {
                JsonNode body = JSON.readTree(response.body());
                int sequence = body.get("sequence").asInt();
                String statement = body.at("/terms/0/statement").asString();
                noteSeen(agreement, sequence);
                journal.called(agreement, new Read(), new Seen(sequence, statement), began, ended);
            } else if (response.statusCode() == 404) {
                journal.called(agreement, new Read(), new Refused(404), began, ended);
            } else {
                failed(response);
            }
        } catch (IOException e) {
            failed(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(URI server, Journal.Write write) {
        long began = System.nanoTime();
        try {
            HttpResponse<String> response = send(http, server, write);
            if (response.statusCode() >= 500) {
                journal.unanswered(write, began);
                failed(response);
                return;
            }
            answered(journal, write, response, began);
            if (response.statusCode() == 201) {
                noteSeen(write.agreement(), sequence(response));
            }
        } catch (IOException e) {
            journal.unanswered(write, began);
            failed(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpResponse<String> send(HttpClient http, URI server, Journal.Write write)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(write.path()))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", write.statement())
                        .POST(BodyPublishers.ofString(write.body()));
        if (write.expected() != 0) {
            request.header("If-Match", "\"" + write.expected() + "\"");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Whatever it was answered, below 500. */
    static void answered(
            Journal journal, Journal.Write write, HttpResponse<String> response, long began) {
        long ended = System.nanoTime();
        switch (response.statusCode()) {
            case 201 -> {
                journal.acknowledged(
                        new Journal.Acknowledged(
                                response.headers().firstValue("Location").orElseThrow(),
                                response.body(),
                                began,
                                ended));
                journal.called(
                        write.agreement(),
                        write.request(),
                        new Stored(sequence(response)),
                        began,
                        ended);
            }
            case 202 ->
                    journal.called(
                            write.agreement(),
                            write.request(),
                            new Stored(sequence(response)),
                            began,
                            Call.OPEN);
            case 404, 409, 412 ->
                    journal.called(
                            write.agreement(),
                            write.request(),
                            new Refused(response.statusCode()),
                            began,
                            ended);
            default ->
                    throw new IllegalStateException(
                            response.statusCode() + " " + response.body() + " to " + write);
        }
    }

    private static int sequence(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElseThrow();
        return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
    }

    private int seen(String agreement) {
        synchronized (lastSeen) {
            return lastSeen.getOrDefault(agreement, 0);
        }
    }

    private void noteSeen(String agreement, int sequence) {
        synchronized (lastSeen) {
            lastSeen.merge(agreement, sequence, Math::max);
        }
    }

    private void failed(Object why) {
        journal.failed(
                String.valueOf(why instanceof HttpResponse<?> response ? response.body() : why));
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }

    /** Comes back when no client is in the middle of a call. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        awaitAll();
        http.close();
    }
}
