package org.agreementledger.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.agreementledger.api.access.AccessCookie;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Any page that is open in the same browser may send something here, without being asked. So what a
 * browser sends counts only where it says that a page of ours sends it (Fetch Metadata, or the
 * origin).
 *
 * <p>At the doors for programs, who says nothing of a page is a program, unless it brings what a
 * browser was given to keep.
 */
final class OwnFormsOnly extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ProblemWriter problems;

    OwnFormsOnly(ProblemWriter problems) {
        this.problems = problems;
    }

    /** What a witness is sent bears a signature, and comes from programs. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READS.contains(request.getMethod())
                || request.getServletPath().equals("/add-checkpoint");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if ((site != null || origin != null || isOfProgram(request))
                && (site == null || site.equals("same-origin"))
                && (origin == null || isOwn(origin, request.getHeader(HttpHeaders.HOST)))) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem =
                Problem.of(
                        ProblemType.FOREIGN_ORIGIN,
                        "This was not sent by a page of this ledger"
                                + (origin == null ? "" : ", but by one of " + origin)
                                + "; pages from elsewhere may not.");
        problems.write(problem, response);
    }

    /**
     * The path is the one that is answered, whatever was written: {@code /v1/..;/record} is no door
     * for programs.
     */
    private static boolean isOfProgram(HttpServletRequest request) {
        return request.getServletPath().startsWith("/v1/") && !AccessCookie.isOn(request);
    }

    /** Of the same host and port; a proxy in front may have taken the encryption off. */
    private static boolean isOwn(String origin, @Nullable String host) {
        String written = origin.toLowerCase(Locale.ROOT);
        return host != null
                && (written.equals("http://" + host.toLowerCase(Locale.ROOT))
                        || written.equals("https://" + host.toLowerCase(Locale.ROOT)));
    }
}
