package org.agreementledger.api.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever listens on the loopback address trusts the machine's own users, but a page from elsewhere
 * in their browser can point its name to that address, and would then count as coming from here.
 * Where a token is needed it has none, under whatever name.
 */
final class LocalNamesOnly extends OncePerRequestFilter {

    private static final Pattern LOCAL =
            Pattern.compile("(?i)(.+\\.)?localhost\\.?|[0-9.]+|\\[[0-9a-f:.]+]");

    private final ProblemWriter problems;

    LocalNamesOnly(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader("Host") == null || LOCAL.matcher(request.getServerName()).matches()) {
            chain.doFilter(request, response);
            return;
        }
        Problem problem =
                Problem.of(
                        ProblemType.FOREIGN_HOST,
                        "'"
                                + request.getServerName()
                                + "' is not a name of this machine alone; ask for localhost.");
        problems.write(problem, response);
    }
}
