package org.agreementledger.api.log;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.agreementledger.api.http.Accept;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.Consistency;
import org.agreementledger.log.Inclusion;
import org.agreementledger.log.Leaf;
import org.agreementledger.log.LogTree;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.proof.Digest;
import org.agreementledger.proof.TlogProof;
import org.agreementledger.witness.Cosignatures;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

/** Leaves, and that they are in the tree and stay there. */
@RestController
@RequestMapping("/v1/log")
class ProofController {

    private final LogTree tree;
    private final Cosignatures cosignatures;

    ProofController(LedgerNode node) {
        this.tree = node.tree();
        this.cosignatures = node.cosignatures();
    }

    /**
     * @param size default all there is; as text, what the newest checkpoint covers
     */
    @GetMapping(
            path = "/inclusion",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
    ResponseEntity<?> inclusion(
            @RequestParam long position,
            @RequestParam(required = false) @Nullable Long size,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        MediaType form =
                Accept.best(
                        request, List.of(MediaType.APPLICATION_JSON, CheckpointController.TEXT));
        boolean asText = !form.equals(MediaType.APPLICATION_JSON);
        long of = size != null ? size : asText ? signedSize() : tree.size();
        requireThere("size", of);
        if (position < 0 || position >= of) {
            throw Rejected.parameter(
                    "position",
                    "The tree of %d entries has positions from 0 to %d, not %d."
                            .formatted(of, of - 1, position));
        }
        return ResponseEntity.ok()
                .varyBy(HttpHeaders.ACCEPT)
                .contentType(form)
                .body(asText ? tlogProof(position, of).write() : tree.inclusion(position, of));
    }

    /** With the leaf as extra data, so that nothing else is needed to check it. */
    private TlogProof tlogProof(long position, long size) {
        StoredCheckpoint checkpoint =
                tree.checkpoint(size)
                        .orElseThrow(() ->
                                Rejected.parameter(
                                        "size",
                                        "As text a proof carries a checkpoint, and none of %d entries was signed; leave size out for the newest, or take one from /v1/log/checkpoints."
                                                .formatted(size)));
        Inclusion proof = tree.inclusion(position, size);
        return TlogProof.of(
                tree.leaf(position).bytes(),
                position,
                proof.hashes(),
                cosignatures.under(checkpoint));
    }

    /**
     * @param to default all there is
     */
    @GetMapping(path = "/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    Consistency consistency(
            @RequestParam long from, @RequestParam(required = false) @Nullable Long to) {
        long end = to == null ? tree.size() : to;
        requireThere("to", end);
        if (from < 1 || from > end) {
            throw Rejected.parameter(
                    "from",
                    "A proof of consistency leads from a tree of 1 to %d entries to one of %2$d, not from one of %3$d."
                            .formatted(end, end, from));
        }
        return tree.consistency(from, end);
    }

    private long signedSize() {
        return tree.checkpoint()
                .map(StoredCheckpoint::size)
                .filter(size -> size > 0)
                .orElseThrow(() ->
                        Rejected.notFound(
                                "Nothing is signed here that covers an entry; as JSON a proof does without."));
    }

    private void requireThere(String parameter, long size) {
        long newest = tree.size();
        if (size < 1 || size > newest) {
            throw Rejected.parameter(
                    parameter,
                    newest == 0
                            ? "The tree is empty; there is nothing to prove yet."
                            : "%s is from 1 to %d, the entries there are; not %d."
                                    .formatted(parameter, newest, size));
        }
    }

    /**
     * Byte for byte what was hashed, a line each.
     *
     * @param from default 0
     * @param to exclusive; default the end, and so is what is beyond it
     */
    @GetMapping(path = "/entries", produces = MediaType.APPLICATION_NDJSON_VALUE)
    ResponseEntity<Items<RawValue>> entries(
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Long to,
            HttpServletRequest request) {
        long size = tree.size();
        long end = to == null ? size : Math.min(to, size);
        long start = from == null ? 0 : from;
        if (start < 0 || start > size) {
            throw Rejected.parameter(
                    "from",
                    "The log has %d entries; from is from 0 to %d, not %d."
                            .formatted(size, size, start));
        }
        if (end < start) {
            throw Rejected.parameter(
                    "to", "to is exclusive, so from %d it is at least %1$d.".formatted(start));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .eTag(validator(start, end))
                .body(
                        new Items<>(
                                lines(
                                        tree.leaves(
                                                start,
                                                request.getMethod().equals("HEAD")
                                                        ? start
                                                        : end))));
    }

    /** A leaf never changes and no two are alike, so the last one stands for all before it. */
    private String validator(long start, long end) {
        String last = end == start ? "" : tree.leaf(end - 1).text();
        return '"' + Digest.sha256Hex(start + "\n" + end + "\n" + last).substring(0, 32) + '"';
    }

    private static Iterable<RawValue> lines(Iterable<Leaf> leaves) {
        return () ->
                StreamSupport.stream(leaves.spliterator(), false)
                        .map(leaf -> new RawValue(leaf.text()))
                        .iterator();
    }
}
