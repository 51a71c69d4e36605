package org.agreementledger.api.feed;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.agreementledger.log.StoredCheckpoint;
import org.agreementledger.proof.Digest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Answers with a page of a feed, or that it is unchanged. The validator is taken over what the page
 * is a function of, not over its bytes: so who asks again costs nothing that grows with the ledger.
 */
record FeedReply(HttpServletRequest request, HttpServletResponse response) {

    /** Counts up when the same entries would be written in another way. */
    private static final int VERSION = 1;

    private static final String ASK_AGAIN = "no-cache";
    private static final String FOR_EVER = "max-age=31536000, immutable";

    /**
     * @param newest of the feed
     * @param checkpoint the first that covers it
     */
    void page(
            String self,
            MediaType type,
            long newest,
            Optional<StoredCheckpoint> checkpoint,
            Supplier<FeedDocument> page)
            throws IOException {
        long signed = checkpoint.map(StoredCheckpoint::size).orElse(-1L);
        answer(etag(self, type, newest + " " + signed), ASK_AGAIN, type, page);
    }

    void archive(String self, MediaType type, Supplier<FeedDocument> page) throws IOException {
        answer(etag(self, type, "archive"), FOR_EVER, type, page);
    }

    private static String etag(String self, MediaType type, String state) {
        String function = String.join("\n", self, type.toString(), state, "" + VERSION);
        return '"'
                + Digest.sha256Hex(function.getBytes(StandardCharsets.UTF_8)).substring(0, 32)
                + '"';
    }

    /** What fails while a page is read must not be taken for it: the headers come after that. */
    private void answer(
            String etag, String cacheControl, MediaType type, Supplier<FeedDocument> page)
            throws IOException {
        if (new ServletWebRequest(request).checkNotModified(etag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            validity(etag, cacheControl);
            return;
        }
        FeedDocument document = page.get();
        byte[] bytes = document.links().form().write(document);
        validity(etag, document.isSettled() ? FOR_EVER : cacheControl);
        if (!document.pages().isEmpty()) {
            response.setHeader(HttpHeaders.LINK, document.linkHeader());
        }
        response.setContentType(type.toString());
        response.getOutputStream().write(bytes);
    }

    private void validity(String etag, String cacheControl) {
        response.setHeader(HttpHeaders.ETAG, etag);
        response.setHeader(HttpHeaders.CACHE_CONTROL, cacheControl);
    }
}
