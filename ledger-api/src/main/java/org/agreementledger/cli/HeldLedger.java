package org.agreementledger.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.node.ServerAddress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A ledger that a server on this machine has open: the server is asked. */
record HeldLedger(ServerAddress.Note server) {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    /**
     * @throws LedgerNode.DatabaseInUse as it was, where who holds it has left no address
     */
    static HeldLedger of(LedgerNode.DatabaseInUse held, Place place, Terminal terminal) {
        return new HeldLedger(ServerAddress.read(place.folder(terminal)).orElseThrow(() -> held));
    }

    JsonNode ask(String method, String path, BodyPublisher body) {
        HttpRequest request =
                HttpRequest.newBuilder(server.address().resolve(path))
                        .timeout(ANSWERS_WITHIN)
                        .header("Authorization", "Bearer " + server.token())
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return answered(client.send(request, BodyHandlers.ofString()));
        } catch (IOException | JacksonException e) {
            throw Failure.cannotRun(
                    "The server at "
                            + server.address()
                            + " holds the ledger, and does not answer: "
                            + Reasons.first(e)
                            + ".",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.cannotRun("Interrupted while the server was asked.", e);
        }
    }

    private static JsonNode answered(HttpResponse<String> answer) {
        JsonNode body = AnswerJson.MAPPER.readTree(answer.body());
        if (answer.statusCode() >= 500 || answer.statusCode() == 401) {
            throw Failure.cannotRun(detail(body));
        }
        if (answer.statusCode() >= 400) {
            throw Failure.usage(detail(body));
        }
        return body;
    }

    private static String detail(JsonNode problem) {
        return problem.path("detail").asString("The server refused, and did not say why.");
    }
}
