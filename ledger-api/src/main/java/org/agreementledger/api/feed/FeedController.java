package org.agreementledger.api.feed;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.http.Accept;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.feed.Feed;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.feed.Span;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Feeds, page by page. */
@RestController
@RequestMapping("/v1")
class FeedController {

    /** Of a ledger that has no entry yet, and so no name. */
    private static final String NAMELESS = "00000000-0000-0000-0000-000000000000";

    private final Feed feed;
    private final Asked asked;

    FeedController(LedgerNode node) {
        this.feed = node.feed();
        this.asked = new Asked(node);
    }

    @GetMapping({"/feed", "/feed.{form}"})
    void all(
            @PathVariable(required = false) @Nullable FeedForm form,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            @RequestParam(required = false) @Nullable After after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        answer(
                Asked.filter(agreement, kind, effect, verdict),
                type(form, request, response),
                after,
                limit,
                new FeedReply(request, response));
    }

    @GetMapping({"/agreements/{id}/feed", "/agreements/{id}/feed.{form}"})
    void ofAgreement(
            @PathVariable AgreementId id,
            @PathVariable(required = false) @Nullable FeedForm form,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            @RequestParam(required = false) @Nullable After after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        answer(
                Asked.filter(asked.known(id), kind, effect, verdict),
                type(form, request, response),
                after,
                limit,
                new FeedReply(request, response));
    }

    @GetMapping("/feed/archives/{span}.{form}")
    void archive(
            @PathVariable Span span,
            @PathVariable FeedForm form,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        FeedFilter filter = Asked.filter(agreement, kind, effect, verdict);
        FeedLinks links = new FeedLinks(base(request), filter, form);
        new FeedReply(request, response)
                .archive(
                        links.archive(span),
                        form.type(),
                        () ->
                                FeedDocument.archive(
                                        links,
                                        ledger(),
                                        span,
                                        feed.archive(filter, span)
                                                .orElseThrow(() -> noArchive(span, links))));
    }

    /**
     * An archive page never changes, so it cannot say where its successor will end; this does, and
     * leads to the newest page while there is none.
     */
    @GetMapping("/feed/archives/{span}/next.{form}")
    ResponseEntity<Void> archiveAfter(
            @PathVariable Span span,
            @PathVariable FeedForm form,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            HttpServletRequest request) {
        FeedFilter filter = Asked.filter(agreement, kind, effect, verdict);
        FeedLinks links = new FeedLinks(base(request), filter, form);
        String next = feed.archiveAfter(filter, span).map(links::archive).orElse(links.current());
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(next)).build();
    }

    private void answer(
            FeedFilter filter,
            MediaType type,
            @Nullable After after,
            @Nullable Limit limit,
            FeedReply reply)
            throws IOException {
        FeedLinks links = new FeedLinks(base(reply.request()), filter, FeedForm.of(type));
        long newest = feed.newest(filter);
        Optional<StoredCheckpoint> checkpoint = feed.checkpoint(newest);
        if (after != null) {
            following(links, type, after.position(), limit, newest, checkpoint, reply);
        } else if (limit != null) {
            throw Asked.withoutPosition();
        } else {
            reply.page(
                    links.current(),
                    type,
                    newest,
                    checkpoint,
                    () ->
                            FeedDocument.newest(
                                    links,
                                    ledger(),
                                    note(checkpoint),
                                    feed.newest(filter, newest)));
        }
    }

    private void following(
            FeedLinks links,
            MediaType type,
            long position,
            @Nullable Limit limit,
            long newest,
            Optional<StoredCheckpoint> checkpoint,
            FeedReply reply)
            throws IOException {
        if (position > newest && !asked.isReached(position)) {
            throw Rejected.parameter("after", asked.beyond(position));
        }
        int count = limit == null ? Limit.OF_A_PAGE : limit.count();
        String self = links.after(position, count);
        reply.page(
                self,
                type,
                newest,
                checkpoint,
                () ->
                        FeedDocument.following(
                                links,
                                ledger(),
                                note(checkpoint),
                                self,
                                count,
                                feed.after(links.filter(), position, count, newest)));
    }

    /** The address may name the form; otherwise {@code Accept} chooses. */
    private static MediaType type(
            @Nullable FeedForm form, HttpServletRequest request, HttpServletResponse response)
            throws HttpMediaTypeNotAcceptableException {
        if (form != null) {
            return form.type();
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return Accept.best(request, FeedForm.TYPES);
    }

    private static String base(HttpServletRequest request) {
        return ServletUriComponentsBuilder.fromContextPath(request).build().toUriString();
    }

    private static @Nullable String note(Optional<StoredCheckpoint> checkpoint) {
        return checkpoint.map(StoredCheckpoint::note).orElse(null);
    }

    private String ledger() {
        return feed.ledger().orElse(NAMELESS);
    }

    private static Rejected noArchive(Span span, FeedLinks links) {
        return Rejected.notFound(
                "There is no archive page "
                        + span
                        + " of this feed: either not all its positions are recorded yet, or it would hold too much for one page. "
                        + links.current()
                        + " leads to every page.");
    }
}
