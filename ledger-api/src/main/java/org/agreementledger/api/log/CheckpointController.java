package org.agreementledger.api.log;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agreementledger.api.http.Accept;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was signed, and with which key. */
@RestController
@RequestMapping("/v1")
class CheckpointController {

    static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final String PEM_VALUE = "application/x-pem-file";
    private static final MediaType PEM = MediaType.parseMediaType(PEM_VALUE);

    private final LedgerNode node;
    private final LogTree tree;

    CheckpointController(LedgerNode node) {
        this.node = node;
        this.tree = node.tree();
    }

    @GetMapping(path = "/checkpoint", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> newest() {
        return text(tree.checkpoint().orElseThrow(this::nothingSigned));
    }

    @GetMapping(
            path = "/log/key",
            produces = {MediaType.TEXT_PLAIN_VALUE, PEM_VALUE})
    ResponseEntity<String> key(HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        VerifierKey key = tree.key().orElseThrow(this::nothingSigned);
        MediaType form = Accept.best(request, List.of(TEXT, PEM));
        return ResponseEntity.ok()
                .varyBy(HttpHeaders.ACCEPT)
                .contentType(form)
                .body(form.equals(PEM) ? key.pem() : key + "\n");
    }

    /** Ascending. */
    @GetMapping(path = "/log/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Items<CheckpointAnswer>> all(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request) {
        int count = limit == null ? Limit.OF_A_PAGE : limit.count();
        long size = Cursor.read(after, request, Long::valueOf).orElse(-1L);
        List<StoredCheckpoint> found = tree.checkpointsAfter(size, count + 1);
        List<StoredCheckpoint> page = found.subList(0, Math.min(count, found.size()));
        return Listing.page(
                page.stream().map(CheckpointAnswer::of).toList(),
                found.size() > count ? page.getLast().size() : null,
                request);
    }

    @GetMapping(path = "/log/checkpoints/{size}", produces = MediaType.TEXT_PLAIN_VALUE)
    ResponseEntity<String> ofSize(@PathVariable long size) {
        return text(
                tree.checkpoint(size)
                        .orElseThrow(() ->
                                Rejected.notFound(
                                        "No checkpoint of "
                                                + size
                                                + " entries was signed; /v1/log/checkpoints lists those that were.")));
    }

    private Rejected nothingSigned() {
        return Rejected.notFound(
                node.copy().isPresent()
                        ? "Nothing that was signed fits into this copy of a ledger."
                        : "Nothing is signed yet.");
    }

    /** With the cosignatures that there are by now. */
    private ResponseEntity<String> text(StoredCheckpoint checkpoint) {
        return ResponseEntity.ok()
                .contentType(TEXT)
                .body(node.cosignatures().under(checkpoint).write());
    }
}
