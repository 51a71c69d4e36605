package org.agreementledger.api.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.ModelAndView;

/** A problem as it is answered: a page to who looks at pages, JSON to everybody else. */
public final class ProblemForms {

    private static final String SENT = ProblemForms.class.getName() + ".sent";

    private ProblemForms() {}

    /** From where there is no handler yet: the answer comes from where failures are answered. */
    public static void send(
            Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setAttribute(SENT, problem);
        response.sendError(problem.status());
    }

    static Optional<Problem> sent(HttpServletRequest request) {
        return Optional.ofNullable((Problem) request.getAttribute(SENT));
    }

    /** Not where the doors for programs are: what asks there reads JSON, whatever it accepts. */
    public static boolean wantsPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        String path = path(request);
        return accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE)
                && !path.startsWith("/v1/")
                && !path.startsWith("/actuator/");
    }

    /** Of the request that failed, also where Tomcat sent it on to be answered as an error. */
    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? failed
                : request.getRequestURI();
    }

    static Object answer(Problem problem, HttpHeaders headers, HttpServletRequest request) {
        if (wantsPage(request)) {
            return new ModelAndView(
                    "problem", Map.of("problem", problem), HttpStatus.valueOf(problem.status()));
        }
        // Where there is none, Spring would decode the path once more, whatever is wrong with it.
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
