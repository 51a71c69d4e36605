package org.agreementledger.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemForms;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.tokens.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the door that is asked for and who asks, and lets through whom the table lets through. The
 * path is read as the dispatcher reads it, so that both mean the same door.
 */
final class Doorkeeper extends OncePerRequestFilter {

    /** Of the attribute that the layout of the pages reads, on those of refusals too. */
    private static final String CALLER = "caller";

    private final DoorTable doors;
    private final Callers callers;

    Doorkeeper(DoorTable doors, Callers callers) {
        this.doors = doors;
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().contains(";")) {
            // No door has parameters in its path, and not all that read them read them alike.
            turnAway(Set.of(), request, response);
            return;
        }
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        Optional<Door> door = doors.find(request.getMethod(), path);
        if (door.isPresent()) {
            enter(door.get(), request, response, chain);
        } else {
            request.setAttribute(CALLER, welcome(request));
            turnAway(doors.methods(path), request, response);
        }
    }

    private void enter(
            Door door, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller;
        try {
            caller = caller(door, request);
            request.setAttribute(CALLER, caller);
            if (door.least() != null) {
                require(door.least(), caller, request);
            }
        } catch (Rejected e) {
            refuse(door, e.problem(), request, response);
            return;
        }
        if (caller == null) {
            chain.doFilter(request, response);
        } else {
            chain.doFilter(new Asked(request, caller), response);
        }
    }

    /** What a browser kept too long must not keep anybody from the page to sign in on. */
    private @Nullable Caller caller(Door door, HttpServletRequest request) {
        return door.isOpen() && !callers.hasHeader(request)
                ? welcome(request)
                : callers.of(request).orElse(null);
    }

    /** Null for a token that does not hold, too. */
    private @Nullable Caller welcome(HttpServletRequest request) {
        try {
            return callers.of(request).orElse(null);
        } catch (Rejected _) {
            return null;
        }
    }

    private static void require(Role least, @Nullable Caller caller, HttpServletRequest request) {
        if (caller == null) {
            throw new Rejected(
                    Problem.of(
                            ProblemType.TOKEN_REQUIRED,
                            "This takes a token of the role %s, in the header Authorization: Bearer …"
                                    .formatted(least.slug())));
        }
        if (!caller.may(least)) {
            throw new Rejected(
                    Problem.of(
                            ProblemType.ROLE_TOO_SMALL,
                            "%s %s takes the role %s; %s has %s."
                                    .formatted(
                                            request.getMethod(),
                                            request.getRequestURI(),
                                            least.slug(),
                                            caller.actor().id(),
                                            caller.rolesInWords())));
        }
    }

    private void refuse(
            Door door, Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED
                && !callers.hasHeader(request)) {
            if (isPiece(request)) {
                // The script asks for the whole page again, and is led to where to sign in.
                response.setHeader("HX-Refresh", "true");
            } else if (ProblemForms.wantsPage(request) && door.method().equals("GET")) {
                response.setStatus(HttpServletResponse.SC_SEE_OTHER);
                response.setHeader(HttpHeaders.LOCATION, signIn(request));
                return;
            }
        }
        challenge(door, problem, response);
        ProblemForms.send(problem, request, response);
    }

    /** Of a page, for a script that puts it into what is shown already. */
    private static boolean isPiece(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader("HX-Request") != null || mode != null && !mode.equals("navigate");
    }

    private static String signIn(HttpServletRequest request) {
        String query = request.getQueryString();
        String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
        return "/sign-in?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    /** RFC 6750, section 3. */
    private static void challenge(Door door, Problem problem, HttpServletResponse response) {
        String error =
                switch (problem.status()) {
                    case HttpServletResponse.SC_UNAUTHORIZED ->
                            problem.type().equals(ProblemType.TOKEN_REQUIRED.uri())
                                    ? ""
                                    : error("invalid_token", problem);
                    case HttpServletResponse.SC_FORBIDDEN ->
                            error("insufficient_scope", problem)
                                    + ", scope=\""
                                    + Objects.requireNonNull(door.least()).slug()
                                    + '"';
                    default -> null;
                };
        if (error != null) {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"agreement-ledger\"" + error);
        }
    }

    private static String error(String code, Problem problem) {
        return ", error=\"" + code + "\", error_description=\"" + problem.title() + '"';
    }

    /** No door of that method; OPTIONS asks which there are. */
    private static void turnAway(
            Set<String> methods, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (methods.isEmpty()) {
            ProblemForms.send(
                    Problem.of(
                            ProblemType.NOT_FOUND,
                            "There is nothing at "
                                    + request.getRequestURI()
                                    + "; /v1/openapi.json lists what there is."),
                    request,
                    response);
            return;
        }
        response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        if (!request.getMethod().equals("OPTIONS")) {
            ProblemForms.send(
                    Problem.of(
                            ProblemType.METHOD_NOT_ALLOWED,
                            request.getMethod()
                                    + " is not possible here; possible: "
                                    + String.join(", ", methods)
                                    + "."),
                    request,
                    response);
        }
    }

    /** A request of somebody who is known. */
    private static final class Asked extends HttpServletRequestWrapper {

        private final Caller caller;

        Asked(HttpServletRequest request, Caller caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public String getRemoteUser() {
            return caller.getName();
        }

        @Override
        public boolean isUserInRole(String slug) {
            return Role.named(slug).filter(caller::may).isPresent();
        }
    }
}
