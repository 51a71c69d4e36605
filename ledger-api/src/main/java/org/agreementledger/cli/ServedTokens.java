package org.agreementledger.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.node.ServerAddress;
import org.agreementledger.tokens.Role;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The tokens of a ledger that a server on this machine has open: the server is asked. */
record ServedTokens(ServerAddress.Note server) implements TokenDesk {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    @Override
    public TokenAnswer create(String name, Role role, String expires) {
        String body =
                AnswerJson.MAPPER.writeValueAsString(
                        Map.of("name", name, "role", role.slug(), "expires", expires));
        return AnswerJson.MAPPER.treeToValue(
                ask("POST", "v1/tokens", BodyPublishers.ofString(body)), TokenAnswer.class);
    }

    @Override
    public List<TokenAnswer> all() {
        return ask("GET", "v1/tokens", BodyPublishers.noBody())
                .get("items")
                .valueStream()
                .map(item -> AnswerJson.MAPPER.treeToValue(item, TokenAnswer.class))
                .toList();
    }

    @Override
    public void revoke(String name) {
        ask(
                "DELETE",
                "v1/tokens/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
                BodyPublishers.noBody());
    }

    private JsonNode ask(String method, String path, BodyPublisher body) {
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
