package org.agreementledger.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.ServerAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A server on this machine that has the embedded database open, asked with what it left there.
 *
 * @param patience between two pieces of an answer
 */
record HoldingServer(ServerAddress.Note note, Duration patience) {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    /** A backup waits for one that is under way. */
    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(10);

    /**
     * @throws LedgerNode.DatabaseInUse where it is no server that holds it
     */
    static HoldingServer of(Place place, Terminal terminal, LedgerNode.DatabaseInUse inUse) {
        return new HoldingServer(
                ServerAddress.read(place.folder(terminal)).orElseThrow(() -> inUse),
                ANSWERS_WITHIN);
    }

    JsonNode ask(String method, String path, BodyPublisher body) {
        HttpRequest request =
                request(path, ANSWERS_WITHIN)
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = sent(client, request);
            JsonNode read = read(answer);
            requireFine(answer.statusCode(), read);
            return read;
        } catch (IOException | JacksonException e) {
            throw unanswered(e);
        }
    }

    /**
     * @throws IOException when it cannot be written
     */
    void download(String path, OutputStream out) throws IOException {
        HttpRequest request = request(path, BEGINS_WITHIN).POST(BodyPublishers.noBody()).build();
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = opened(client, request)) {
            byte[] block = new byte[1 << 16];
            for (int read = next(body, block); read > 0; read = next(body, block)) {
                out.write(block, 0, read);
            }
        }
    }

    private InputStream opened(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<InputStream> answer = sent(client, request);
            if (answer.statusCode() >= 400) {
                requireFine(answer.statusCode(), read(answer));
            }
            return new ImpatientInput(answer.body(), patience);
        } catch (IOException | JacksonException e) {
            throw unanswered(e);
        }
    }

    private JsonNode read(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = new ImpatientInput(answer.body(), patience)) {
            return AnswerJson.MAPPER.readTree(body);
        }
    }

    private int next(InputStream body, byte[] block) {
        try {
            return body.read(block);
        } catch (IOException e) {
            throw Failure.cannotRun(
                    "The server at %s broke off: %s.".formatted(note.address(), Reasons.first(e)),
                    e);
        }
    }

    private HttpRequest.Builder request(String path, Duration within) {
        return HttpRequest.newBuilder(note.address().resolve(path))
                .timeout(within)
                .header("Authorization", "Bearer " + note.token());
    }

    private static HttpResponse<InputStream> sent(HttpClient client, HttpRequest request)
            throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cannotRun("Interrupted while the server was asked.", e);
        }
    }

    private Failure unanswered(Exception e) {
        return Failure.cannotRun(
                "The server at "
                        + note.address()
                        + " holds the ledger, and does not answer: "
                        + Reasons.first(e)
                        + ".",
                e);
    }

    private static void requireFine(int status, JsonNode problem) {
        if (status >= 400) {
            String detail =
                    problem.path("detail").asString("The server refused, and did not say why.");
            throw status >= 500 || status == 401
                    ? Failure.cannotRun(detail)
                    : Failure.usage(detail);
        }
    }
}
