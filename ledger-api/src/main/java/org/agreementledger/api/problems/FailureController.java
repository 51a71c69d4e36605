package org.agreementledger.api.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** What fails before or after a handler ends here, and gets the same form. */
@Controller
class FailureController implements ErrorController {

    private final ProblemCounts counts;

    FailureController(ProblemCounts counts) {
        this.counts = counts;
    }

    /** Behind the first half of an answer there is no room for a problem. */
    @RequestMapping("/error")
    @Nullable Object failed(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        Problem problem = ProblemForms.sent(request).orElseGet(() -> ofStatus(request));
        counts.count(problem);
        return ProblemForms.answer(problem, HttpHeaders.EMPTY, request);
    }

    private static Problem ofStatus(HttpServletRequest request) {
        HttpStatus status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                                && HttpStatus.resolve(code) != null
                        ? HttpStatus.valueOf(code)
                        : HttpStatus.NOT_FOUND;
        ProblemType type = ProblemType.of(status);
        return Problem.of(type, type.advice());
    }
}
