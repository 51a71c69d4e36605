package org.agreementledger.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agreementledger.proof.Digest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Every read carries a strong validator over what it answers, so that unchanged means unchanged:
 * body, form, and the link to the next page. A default of today is in the body, so it moves at
 * midnight. For that the answer is held back; one that brings its own validator is not, nor one
 * that never ends.
 */
final class StrongEtags extends OncePerRequestFilter {

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HeldBack answer = new HeldBack(response);
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        chain.doFilter(request, answer);
        if (answer.isHeldBack()
                && answer.getStatus() == HttpServletResponse.SC_OK
                && !response.isCommitted()
                && new ServletWebRequest(request, response).checkNotModified(etag(answer))) {
            return;
        }
        answer.copyBodyToResponse();
    }

    private static final class HeldBack extends ContentCachingResponseWrapper {

        HeldBack(HttpServletResponse response) {
            super(response);
        }

        boolean isHeldBack() {
            return !containsHeader(HttpHeaders.ETAG)
                    && !MediaType.TEXT_EVENT_STREAM_VALUE.equals(getContentType());
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return isHeldBack() ? super.getOutputStream() : getResponse().getOutputStream();
        }
    }

    private static String etag(ContentCachingResponseWrapper answer) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(line(answer.getContentType()));
        all.write(line(answer.getHeader(HttpHeaders.LINK)));
        all.write(answer.getContentAsByteArray());
        return '"' + Digest.sha256Hex(all.toByteArray()).substring(0, 32) + '"';
    }

    private static byte[] line(@Nullable String header) {
        return (header + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
