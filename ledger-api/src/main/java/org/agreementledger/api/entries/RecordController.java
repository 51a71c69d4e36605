package org.agreementledger.api.entries;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.api.http.JsonTree;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.json.EntryJson;
import org.agreementledger.json.Malformed;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/v1/agreements",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class RecordController {

    /** How long a write waits to be seen by the reads that follow it. */
    static final Duration SEEN_WITHIN = Duration.ofSeconds(10);

    private final LedgerNode node;

    RecordController(LedgerNode node) {
        this.node = node;
    }

    @PostMapping
    ResponseEntity<?> open(
            @RequestBody JsonTree body,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable IdempotencyKey key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable ExpectedSequence expected,
            Actor writer,
            HttpServletRequest request) {
        Entry entry = EntryJson.submitted(body.root(), null);
        if (!(entry instanceof Entry.Opening)) {
            throw new Malformed(
                    "Here agreements are opened; record a "
                            + entry.kind().slug()
                            + " under /v1/agreements/"
                            + entry.header().agreementId()
                            + "/entries.",
                    "/kind");
        }
        return answer(entry, dryRun, expected, writer, key(key, request, body));
    }

    @PostMapping("/{id}/entries")
    ResponseEntity<?> record(
            @PathVariable AgreementId id,
            @RequestBody JsonTree body,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable IdempotencyKey key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable ExpectedSequence expected,
            Actor writer,
            HttpServletRequest request) {
        Entry entry = EntryJson.submitted(body.root(), id);
        if (entry instanceof Entry.Opening) {
            throw new Malformed("An agreement is opened under /v1/agreements.", "/kind");
        }
        return answer(entry, dryRun, expected, writer, key(key, request, body));
    }

    private ResponseEntity<?> answer(
            Entry entry,
            boolean dryRun,
            @Nullable ExpectedSequence expected,
            Actor writer,
            Submission.@Nullable RequestKey key) {
        RecordEntry command = new RecordEntry(entry, ExpectedSequence.sequence(expected));
        return dryRun
                ? ResponseEntity.ok(Entries.tried(entry, node.ledger().tryOut(command)))
                : stored(record(new Submission(command, writer, key)));
    }

    private Receipt record(Submission submission) {
        try {
            return node.ledger().record(submission);
        } catch (Refused e) {
            showWhy(submission.command().agreementId());
            throw e;
        }
    }

    /** What a write was refused for may be stored and not seen yet: who asks next shall see it. */
    private void showWhy(AgreementId id) {
        int sequence = node.ledger().history(id).size();
        if (sequence > 0) {
            node.readModels().await(id, sequence, SEEN_WITHIN);
        }
    }

    /** A stored write is 202 instead of 201 while the reads do not see it yet. */
    private ResponseEntity<?> stored(Receipt receipt) {
        URI location = location(receipt);
        if (!node.readModels().await(List.of(receipt), SEEN_WITHIN)) {
            return ResponseEntity.status(HttpStatus.ACCEPTED)
                    .location(location)
                    .body(Stored.of(receipt));
        }
        EntryAnswer entry =
                node.entries().entry(receipt.agreementId(), receipt.sequence()).orElseThrow();
        return ResponseEntity.created(location).body(entry);
    }

    static URI location(Receipt receipt) {
        return URI.create(
                "/v1/agreements/" + receipt.agreementId() + "/entries/" + receipt.sequence());
    }

    private static Submission.@Nullable RequestKey key(
            @Nullable IdempotencyKey key, HttpServletRequest request, JsonTree body) {
        return key == null ? null : key.over(request.getRequestURI(), body.root());
    }
}
