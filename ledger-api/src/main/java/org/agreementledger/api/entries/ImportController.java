package org.agreementledger.api.entries;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.agreement.Refused;
import org.agreementledger.api.entries.ImportLine.Readable;
import org.agreementledger.api.entries.ImportLine.Unreadable;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.Lines;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Ledger.RefusedAt;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Many entries at once, one a line: all or nothing, or each by itself. */
@RestController
class ImportController {

    enum Mode {
        ALL_OR_NOTHING,
        EACH
    }

    private final LedgerNode node;

    ImportController(LedgerNode node) {
        this.node = node;
    }

    @PostMapping(
            path = "/v1/import",
            consumes = MediaType.APPLICATION_NDJSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    ResponseEntity<Items<ImportedLine>> importLines(
            @RequestBody Lines body,
            @RequestParam(defaultValue = "all-or-nothing") Mode mode,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable IdempotencyKey key,
            Actor writer,
            HttpServletRequest request) {
        if (body.lines().isEmpty()) {
            throw Rejected.malformed("There is no entry in this import.");
        }
        List<ImportLine> lines = body.lines().stream().map(ImportLine::read).toList();
        Keys keys = Keys.of(key, request.getRequestURI(), lines);
        return switch (mode) {
            case ALL_OR_NOTHING -> allOrNothing(lines, writer, keys);
            case EACH -> each(lines, writer, keys);
        };
    }

    private ResponseEntity<Items<ImportedLine>> allOrNothing(
            List<ImportLine> lines, Actor writer, Keys keys) {
        List<Submission> submissions = new ArrayList<>();
        for (ImportLine line : lines) {
            switch (line) {
                case Readable readable ->
                        submissions.add(
                                submission(readable, writer, keys.entry(submissions.size())));
                case Unreadable(int _, String _, Problem problem) -> throw new Rejected(problem);
            }
        }
        List<Receipt> receipts = recordAll(submissions, lines);
        List<ImportedLine> items = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            items.add(ImportedLine.stored(lines.get(i).number(), receipts.get(i)));
        }
        return answer(items, receipts);
    }

    private List<Receipt> recordAll(List<Submission> submissions, List<ImportLine> lines) {
        try {
            return node.ledger().recordAll(submissions);
        } catch (RefusedAt e) {
            throw new Rejected(Problem.of(e.refused()).onLine(lines.get(e.index()).number()));
        }
    }

    private ResponseEntity<Items<ImportedLine>> each(
            List<ImportLine> lines, Actor writer, Keys keys) {
        List<ImportedLine> items = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            ImportLine line = lines.get(i);
            try {
                switch (line) {
                    case Readable readable -> {
                        Receipt receipt =
                                node.ledger().record(submission(readable, writer, keys.entry(i)));
                        receipts.add(receipt);
                        items.add(ImportedLine.stored(line.number(), receipt));
                    }
                    case Unreadable(int _, String _, Problem problem) ->
                            items.add(ImportedLine.refused(problem));
                }
            } catch (Refused e) {
                items.add(ImportedLine.refused(Problem.of(e).onLine(line.number())));
            }
        }
        return answer(items, receipts);
    }

    private ResponseEntity<Items<ImportedLine>> answer(
            List<ImportedLine> items, List<Receipt> receipts) {
        boolean seen = node.readModels().await(receipts, RecordController.SEEN_WITHIN);
        return ResponseEntity.status(seen ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .body(new Items<>(items));
    }

    private static Submission submission(
            Readable line, Actor writer, Submission.@Nullable RequestKey key) {
        return new Submission(new RecordEntry(line.entry(), null), writer, key);
    }

    /** One request of many entries has one key for each, over the request as a whole. */
    private record Keys(@Nullable IdempotencyKey key, String digest) {

        static Keys of(@Nullable IdempotencyKey key, String path, List<ImportLine> lines) {
            return new Keys(
                    key,
                    key == null
                            ? ""
                            : IdempotencyKey.digest(
                                    path, lines.stream().map(ImportLine::content).toList()));
        }

        Submission.@Nullable RequestKey entry(int index) {
            return key == null ? null : key.entry(index, digest);
        }
    }
}
