package org.agreementledger.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.faults.AgreementModel.Amend;
import org.agreementledger.faults.AgreementModel.Answer;
import org.agreementledger.faults.AgreementModel.Open;
import org.agreementledger.faults.AgreementModel.Request;
import org.agreementledger.faults.Linearizability.Call;

/** What clients know of one ledger: what they called, what they were answered, and when. */
final class Journal {

    /**
     * @param statement which no other write says, and the idempotency key
     * @param expected the sequence in If-Match; 0 without
     */
    record Write(String agreement, String statement, int expected, String path, String body) {

        static Write open(String agreement, String statement) {
            return new Write(
                    agreement,
                    statement,
                    0,
                    "/v1/agreements",
                    """
                    {"kind": "opening", "agreementId": "%s", "title": "%s", "occurredOn": "2024-03-01",
                     "parties": [{"id": "one", "name": "One Ltd"}, {"id": "two", "name": "Two Ltd"}],
                     "terms": [{"action": "introduce", "key": "price", "statement": "%s"}]}
                    """
                            .formatted(agreement, statement, statement));
        }

        static Write amend(String agreement, String statement, int expected, String padding) {
            return new Write(
                    agreement,
                    statement,
                    expected,
                    "/v1/agreements/" + agreement + "/entries",
                    """
                    {"kind": "amendment", "title": "%s", "occurredOn": "2024-04-01",
                     "terms": [{"action": "change", "key": "price", "statement": "%s", "quote": "So be it%s."}]}
                    """
                            .formatted(statement, statement, padding));
        }

        Request request() {
            return path.equals("/v1/agreements")
                    ? new Open(statement)
                    : new Amend(statement, expected);
        }
    }

    private record Unanswered(Write write, long began) {}

    /**
     * @param location as answered
     * @param body as answered
     */
    record Acknowledged(String location, String body, long began, long ended) {}

    private final Map<String, List<Call<Request, Answer>>> calls = new LinkedHashMap<>();
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final List<Unanswered> unanswered = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private int cutOff;
    private volatile long lastAcknowledged;
    private volatile long firstFailure = Long.MAX_VALUE;

    synchronized void called(
            String agreement, Request request, Answer answer, long began, long ended) {
        calls.computeIfAbsent(agreement, _ -> new ArrayList<>())
                .add(new Call<>(request, answer, began, ended));
    }

    synchronized void acknowledged(Acknowledged write) {
        acknowledged.add(write);
        lastAcknowledged = write.ended();
    }

    synchronized void unanswered(Write write, long began) {
        unanswered.add(new Unanswered(write, began));
        cutOff++;
    }

    /** How many writes nobody heard the end of, so far. */
    synchronized int cutOff() {
        return cutOff;
    }

    synchronized void failed(String why) {
        failures.merge(why, 1, Integer::sum);
        firstFailure = Math.min(firstFailure, System.nanoTime());
    }

    /** By what was said, how often. */
    synchronized Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** Of {@link System#nanoTime}. */
    long lastAcknowledged() {
        return lastAcknowledged;
    }

    long firstFailure() {
        return firstFailure;
    }

    synchronized List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Comes back when so many more than now were acknowledged. */
    void awaitAcknowledged(int more) {
        int before = acknowledged().size();
        for (int waited = 0; waited < 1_200 && acknowledged().size() < before + more; waited++) {
            Faults.pause(50);
        }
        assertThat(acknowledged().size())
                .as("acknowledged within a minute; failures: " + failures())
                .isGreaterThanOrEqualTo(before + more);
    }

    synchronized Map<String, List<Call<Request, Answer>>> calls() {
        Map<String, List<Call<Request, Answer>>> copy = new LinkedHashMap<>();
        calls.forEach((agreement, list) -> copy.put(agreement, List.copyOf(list)));
        return copy;
    }

    /**
     * Repeats what nobody heard the end of, with the same keys. Whether it was stored before or is
     * now, it is stored once.
     */
    void settle(URI server) throws IOException, InterruptedException {
        List<Unanswered> open;
        synchronized (this) {
            open = List.copyOf(unanswered);
            unanswered.clear();
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (Unanswered one : open) {
                HttpResponse<String> response = Clients.send(http, server, one.write());
                assertThat(response.statusCode()).as(response.body()).isLessThan(500);
                Clients.answered(this, one.write(), response, one.began());
            }
        }
    }
}
