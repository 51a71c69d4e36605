package org.agreementledger.api.webhooks;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.JsonTree;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Actor;
import org.agreementledger.json.Malformed;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.webhooks.Attempt;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.Webhook;
import org.agreementledger.webhooks.WebhookFilter;
import org.agreementledger.webhooks.Webhooks;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhooksController {

    private final LedgerNode node;
    private final Targets targets;
    private final Deliverer deliverer;
    private final Clock clock;

    WebhooksController(LedgerNode node, Targets targets, Deliverer deliverer, Clock clock) {
        this.node = node;
        this.targets = targets;
        this.deliverer = deliverer;
        this.clock = clock;
    }

    @GetMapping
    Items<WebhookAnswer> all() {
        return new Items<>(
                node.webhooks().all().stream()
                        .map(webhook -> WebhookAnswer.of(webhook, clock.instant()))
                        .toList());
    }

    @GetMapping("/{id}")
    WebhookAnswer one(@PathVariable UUID id) {
        return WebhookAnswer.of(existing(node, id), clock.instant());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<WebhookAnswer> add(@RequestBody JsonTree body, Actor by) {
        requireWritable(node);
        WebhookBody wanted = WebhookBody.ofNew(body.root());
        long newest = node.log().newest();
        if (wanted.after() != null && wanted.after() > newest) {
            throw new Malformed(
                    "after: %d is beyond the newest position, %d; leave it out to begin with the next entry"
                            .formatted(wanted.after(), newest),
                    "/after");
        }
        Webhook added =
                node.webhooks()
                        .add(
                                permitted(wanted.url()),
                                wanted.filter() == null ? WebhookFilter.ANY : wanted.filter(),
                                wanted.after() == null ? newest : wanted.after(),
                                Boolean.FALSE.equals(wanted.enabled()) ? askedBy(by) : null,
                                by,
                                clock.instant())
                        .orElseThrow(WebhooksController::tooMany);
        return ResponseEntity.created(URI.create("/v1/webhooks/" + added.id()))
                .body(WebhookAnswer.withSecret(added, clock.instant()));
    }

    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    WebhookAnswer change(@PathVariable UUID id, @RequestBody JsonTree body, Actor by) {
        requireWritable(node);
        Webhook webhook = existing(node, id);
        WebhookBody wanted = WebhookBody.ofChange(body.root());
        if (wanted.url() != null) {
            node.webhooks().readdress(id, permitted(wanted.url()));
        }
        if (wanted.filter() != null && !wanted.filter().equals(webhook.filter())) {
            node.webhooks().filter(id, wanted.filter());
        }
        if (Boolean.TRUE.equals(wanted.enabled())) {
            node.webhooks().enable(id);
        } else if (Boolean.FALSE.equals(wanted.enabled()) && webhook.enabled()) {
            node.webhooks().disable(id, askedBy(by));
        }
        return one(id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        requireWritable(node);
        if (!node.webhooks().remove(id)) {
            throw unknown(id);
        }
    }

    /** The new secret is told here, and nowhere again. */
    @PostMapping("/{id}/secret")
    WebhookAnswer rotate(
            @PathVariable UUID id, @RequestBody(required = false) @Nullable JsonTree body) {
        requireWritable(node);
        existing(node, id);
        Webhook rotated =
                node.webhooks()
                        .rotate(
                                id,
                                WebhookBody.grace(body == null ? Map.of() : body.root()),
                                clock.instant())
                        .orElseThrow(() -> unknown(id));
        return WebhookAnswer.withSecret(rotated, clock.instant());
    }

    /** Answers when the receiver has, or has failed to. */
    @PostMapping("/{id}/test")
    Attempt test(@PathVariable UUID id) {
        requireWritable(node);
        return deliverer.test(existing(node, id));
    }

    /** May be connected to, as far as can be told now. */
    private URI permitted(@Nullable URI url) {
        URI given = Objects.requireNonNull(url);
        targets.refusal(given)
                .ifPresent(why -> {
                    throw new Rejected(
                            Problem.of(ProblemType.WEBHOOK_REFUSED, why + ".").at("/url"));
                });
        return given;
    }

    private static String askedBy(Actor by) {
        return "asked for by " + by.id();
    }

    private static Rejected tooMany() {
        return new Rejected(
                Problem.of(
                        ProblemType.TOO_MANY_WEBHOOKS,
                        "There are %d webhooks already, which is the most there can be. Delete one that is not needed."
                                .formatted(Webhooks.COUNT_MAX)));
    }

    static Webhook existing(LedgerNode node, UUID id) {
        return node.webhooks().find(id).orElseThrow(() -> unknown(id));
    }

    private static Rejected unknown(UUID id) {
        return Rejected.notFound("There is no webhook " + id + "; /v1/webhooks lists all.");
    }

    /** From where nothing can be recorded nobody is told of anything either. */
    static void requireWritable(LedgerNode node) {
        node.readOnly()
                .ifPresent(why -> {
                    throw new Rejected(
                            Problem.of(
                                    ProblemType.READ_ONLY, why + " Nor are there webhooks here."));
                });
    }
}
