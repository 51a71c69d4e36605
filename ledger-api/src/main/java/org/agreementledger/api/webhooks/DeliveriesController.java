package org.agreementledger.api.webhooks;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.webhooks.Attempt;
import org.agreementledger.webhooks.DeadLetter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/webhooks/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveriesController {

    /** How many dead letters are about to be sent again. */
    record Replay(int letters) {}

    private final LedgerNode node;

    DeliveriesController(LedgerNode node) {
        this.node = node;
    }

    @GetMapping("/attempts")
    Items<Attempt> attempts(@PathVariable UUID id) {
        WebhooksController.existing(node, id);
        return new Items<>(node.deliveries().attempts(id));
    }

    @GetMapping("/dead-letters")
    ResponseEntity<?> deadLetters(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request) {
        WebhooksController.existing(node, id);
        long start = Cursor.read(after, request, Long::valueOf).orElse(-1L);
        int count = limit == null ? Limit.OF_A_PAGE : limit.count();
        List<DeadLetter> letters = node.deliveries().deadLetters(id, start, count + 1);
        return letters.size() <= count
                ? Listing.page(letters, null, request)
                : Listing.page(
                        letters.subList(0, count), letters.get(count - 1).position(), request);
    }

    @PostMapping("/dead-letters/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replay replayAll(@PathVariable UUID id) {
        requireEnabled(id);
        return new Replay(node.deliveries().replayAll(id));
    }

    @PostMapping("/dead-letters/{position}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Replay replay(@PathVariable UUID id, @PathVariable long position) {
        requireEnabled(id);
        if (!node.deliveries().replay(id, position)) {
            throw Rejected.notFound(
                    "There is no dead letter at position " + position + " of this webhook.");
        }
        return new Replay(1);
    }

    private void requireEnabled(UUID id) {
        WebhooksController.requireWritable(node);
        String disabled = WebhooksController.existing(node, id).disabledBecause();
        if (disabled != null) {
            throw new Rejected(
                    Problem.of(
                            ProblemType.WEBHOOK_DISABLED,
                            "This webhook is disabled (" + disabled + "); enable it first."));
        }
    }
}
