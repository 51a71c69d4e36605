package org.agreementledger.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A form may be sent here by any page that is open in the same browser, without being asked. So it
 * counts only where the browser says that a page of ours sends it (Fetch Metadata, or the origin).
 *
 * <p>The doors for programs take no forms: what they read, a browser sends from elsewhere only
 * after asking, and is refused.
 */
final class OwnFormsOnly extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final JsonMapper mapper;

    OwnFormsOnly(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * What a witness is sent bears a signature, and comes from programs. The path is the one that
     * is answered, whatever was written: {@code /v1/..;/record} is no door for programs.
     */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return READS.contains(request.getMethod())
                || path.startsWith("/v1/")
                || path.equals("/add-checkpoint");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if ((site != null || origin != null)
                && (site == null || site.equals("same-origin"))
                && (origin == null || isOwn(origin, request.getHeader(HttpHeaders.HOST)))) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem =
                Problem.of(
                        ProblemType.FOREIGN_ORIGIN,
                        "This form was not sent by a page of this ledger"
                                + (origin == null ? "" : ", but by one of " + origin)
                                + ". Open the form here, and send it from there.");
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(mapper.writeValueAsBytes(problem));
    }

    /** Of the same host and port; a proxy in front may have taken the encryption off. */
    private static boolean isOwn(String origin, @Nullable String host) {
        String written = origin.toLowerCase(Locale.ROOT);
        return host != null
                && (written.equals("http://" + host.toLowerCase(Locale.ROOT))
                        || written.equals("https://" + host.toLowerCase(Locale.ROOT)));
    }
}
