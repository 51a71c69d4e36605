package org.agreementledger.cli;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.api.tokens.TokenAnswer;
import org.agreementledger.tokens.Role;

/** The tokens of a ledger that a server on this machine has open. */
record ServedTokens(HeldLedger ledger) implements TokenDesk {

    @Override
    public TokenAnswer create(String name, Role role, String expires) {
        String body =
                AnswerJson.MAPPER.writeValueAsString(
                        Map.of("name", name, "role", role.slug(), "expires", expires));
        return AnswerJson.MAPPER.treeToValue(
                ledger.ask("POST", "v1/tokens", BodyPublishers.ofString(body)), TokenAnswer.class);
    }

    @Override
    public List<TokenAnswer> all() {
        return ledger.ask("GET", "v1/tokens", BodyPublishers.noBody())
                .get("items")
                .valueStream()
                .map(item -> AnswerJson.MAPPER.treeToValue(item, TokenAnswer.class))
                .toList();
    }

    @Override
    public void revoke(String name) {
        ledger.ask(
                "DELETE",
                "v1/tokens/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"),
                BodyPublishers.noBody());
    }
}
