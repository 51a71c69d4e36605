package org.agreementledger.api.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Turns every refusal, and every failure, into a problem. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    private final ProblemCounts counts;

    ProblemAdvice(ProblemCounts counts) {
        this.counts = counts;
    }

    /**
     * Once an answer has begun, it can only be cut off: a problem behind its first half would be
     * taken for the rest.
     */
    @ExceptionHandler
    Object answer(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (response.isCommitted()) {
            throw e;
        }
        Problem problem = Problems.of(e);
        counts.count(problem);
        return ProblemForms.answer(
                problem,
                e instanceof ErrorResponse answer ? answer.getHeaders() : HttpHeaders.EMPTY,
                request);
    }
}
