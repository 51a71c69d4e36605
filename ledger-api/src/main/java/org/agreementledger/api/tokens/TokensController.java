package org.agreementledger.api.tokens;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.agreementledger.api.access.Callers;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.JsonTree;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.tokens.Tokens;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens, made and revoked while the ledger is served. */
@RestController
@RequestMapping(path = "/v1/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
class TokensController {

    private final Tokens tokens;
    private final Callers callers;
    private final Clock clock;

    TokensController(LedgerNode node, Callers callers, Clock clock) {
        this.tokens = node.tokens();
        this.callers = callers;
        this.clock = clock;
    }

    @GetMapping
    Items<TokenAnswer> all() {
        Instant now = clock.instant();
        return new Items<>(tokens.all().stream().map(token -> TokenAnswer.of(token, now)).toList());
    }

    /** The token is told here, and nowhere again. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<TokenAnswer> add(@RequestBody JsonTree body, Actor by) {
        Instant now = clock.instant();
        TokenBody wanted = TokenBody.of(body.root(), now);
        try {
            Tokens.New made =
                    tokens.add(
                            wanted.name(), wanted.role(), wanted.expiresAt().orElse(null), by, now);
            return ResponseEntity.created(URI.create("/v1/tokens/" + wanted.name()))
                    .body(TokenAnswer.of(made, now));
        } catch (Tokens.NameTaken e) {
            throw new Rejected(
                    Problem.of(ProblemType.TOKEN_NAME_TAKEN, e.getMessage() + ".").at("/name"));
        }
    }

    /** It opens nothing any more; it stays in the list. */
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String name) {
        tokens.revoke(name, clock.instant())
                .orElseThrow(() ->
                        Rejected.notFound(
                                "There is no token named " + name + "; /v1/tokens lists all."));
        callers.lookAnew();
    }
}
