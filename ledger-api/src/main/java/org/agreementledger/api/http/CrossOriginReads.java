package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets pages of some origins read, and none write (Fetch Standard, CORS protocol). It never allows
 * credentials of the browser's, so that a page sees what anybody sees, or what the token it brings
 * itself lets it see. What it does not allow goes its way without the headers that a browser waits
 * for; only the question whether it would be allowed is refused.
 */
final class CrossOriginReads {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    private CrossOriginReads() {}

    static CorsFilter filter(Origins origins, ProblemWriter problems) {
        CorsConfiguration reads = new CorsConfiguration();
        reads.setAllowedOrigins(origins.allowed());
        reads.setAllowedMethods(List.copyOf(READS));
        reads.setAllowedHeaders(
                List.of(
                        HttpHeaders.ACCEPT,
                        "Accept-Datetime",
                        HttpHeaders.AUTHORIZATION,
                        HttpHeaders.CACHE_CONTROL,
                        HttpHeaders.IF_NONE_MATCH,
                        "Last-Event-ID"));
        reads.setExposedHeaders(
                List.of(
                        HttpHeaders.ETAG,
                        HttpHeaders.LINK,
                        HttpHeaders.LOCATION,
                        "Memento-Datetime",
                        HttpHeaders.RETRY_AFTER,
                        HttpHeaders.VARY,
                        HttpHeaders.WWW_AUTHENTICATE));
        reads.setAllowCredentials(false);
        reads.setMaxAge(Duration.ofHours(1));
        CorsFilter filter =
                new CorsFilter(request ->
                        CorsUtils.isPreFlightRequest(request) || isAllowed(request, reads)
                                ? reads
                                : null);
        filter.setCorsProcessor(new Refusal(problems));
        return filter;
    }

    private static boolean isAllowed(HttpServletRequest request, CorsConfiguration reads) {
        return READS.contains(request.getMethod())
                && reads.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) != null;
    }

    /** In the form of every other refusal. */
    private static final class Refusal extends DefaultCorsProcessor {

        private final ProblemWriter problems;

        Refusal(ProblemWriter problems) {
            this.problems = problems;
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            Problem problem =
                    Problem.of(
                            ProblemType.FOREIGN_ORIGIN,
                            "Pages of that origin may not send this; those that serve --cors-origin names may GET and HEAD, with the headers Accept, Accept-Datetime, Authorization, Cache-Control, If-None-Match and Last-Event-ID.");
            problems.write(problem, ((ServletServerHttpResponse) response).getServletResponse());
            response.flush();
        }
    }
}
