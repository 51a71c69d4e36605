package org.agreementledger.api.feed;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.access.Caller;
import org.agreementledger.api.access.Callers;
import org.agreementledger.api.limits.Client;
import org.agreementledger.api.limits.StreamLimit;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.feed.FeedFilter;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The stream: each reader is a virtual thread that waits for entries, or for its reader. */
@RestController
@RequestMapping(path = "/v1", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
class StreamController {

    private static final Logger LOG = LoggerFactory.getLogger(StreamController.class);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Duration COME_AGAIN = Duration.ofSeconds(10);

    private final LedgerNode node;
    private final Asked asked;
    private final Streams streams;
    private final StreamLimit limit;
    private final Duration heartbeat;
    private final Callers callers;

    StreamController(
            LedgerNode node,
            Streams streams,
            StreamLimit limit,
            Callers callers,
            @Value("${ledger.feed.heartbeat}") Duration heartbeat) {
        this.node = node;
        this.asked = new Asked(node);
        this.streams = streams;
        this.limit = limit;
        this.heartbeat = heartbeat;
        this.callers = callers;
    }

    @GetMapping("/feed/stream")
    void all(
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            @RequestParam(required = false) @Nullable After after,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        stream(
                Asked.filter(agreement, kind, effect, verdict),
                start(after, lastEventId),
                request,
                response);
    }

    @GetMapping("/agreements/{id}/feed/stream")
    void ofAgreement(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            @RequestParam(required = false) @Nullable After after,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        stream(
                Asked.filter(asked.known(id), kind, effect, verdict),
                start(after, lastEventId),
                request,
                response);
    }

    /**
     * The header wins: a reader that comes again keeps the address it began with. Who names no
     * position hears what is recorded from now on.
     */
    private long start(@Nullable After after, @Nullable String lastEventId) {
        if (lastEventId != null && !lastEventId.isEmpty()) {
            long position = position(lastEventId);
            if (!asked.isReached(position)) {
                throw Rejected.malformed(LAST_EVENT_ID + ": " + asked.beyond(position));
            }
            return position;
        }
        if (after == null) {
            return node.feed().newest(FeedFilter.ANY);
        }
        if (!asked.isReached(after.position())) {
            throw Rejected.parameter("after", asked.beyond(after.position()));
        }
        return after.position();
    }

    private static long position(String lastEventId) {
        try {
            return new After(lastEventId).position();
        } catch (IllegalArgumentException e) {
            throw Rejected.malformed(LAST_EVENT_ID + ": " + e.getMessage() + ".");
        }
    }

    private void stream(
            FeedFilter filter,
            long position,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        String client = Client.of(request);
        if (!limit.enter(client)) {
            throw refused(
                    response,
                    ProblemType.TOO_MANY_REQUESTS,
                    "One client may listen to "
                            + limit.most()
                            + " streams at a time; close one, or poll /v1/feed.");
        }
        try {
            if (!streams.enter()) {
                throw refused(
                        response,
                        ProblemType.TOO_MANY_STREAMS,
                        "There are "
                                + streams.most()
                                + " streams open already, or the server is closing; come again in a while, or poll /v1/feed.");
            }
            try {
                send(filter, position, request, response);
            } finally {
                streams.leave();
            }
        } finally {
            limit.leave(client);
        }
    }

    private static Rejected refused(HttpServletResponse response, ProblemType type, String detail) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "" + COME_AGAIN.toSeconds());
        return new Rejected(Problem.of(type, detail));
    }

    private void send(
            FeedFilter filter,
            long position,
            HttpServletRequest request,
            HttpServletResponse response)
            throws InterruptedException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        if (request.getMethod().equals("GET")) {
            try {
                OutputStream out = response.getOutputStream();
                Caller caller = (Caller) request.getUserPrincipal();
                new EventStream(
                                streams,
                                filter,
                                position,
                                heartbeat,
                                () -> callers.mayStay(caller),
                                out)
                        .run();
            } catch (IOException e) {
                LOG.debug("The reader of a stream has gone, or takes nothing any more", e);
            }
        }
    }
}
