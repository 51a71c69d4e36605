package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.agreementledger.api.problems.Rejected;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * What the handler does not declare is refused, not ignored, and so is what is given twice: a
 * mistyped {@code knownAt} must not be answered as if it were not there, nor a condition on a write
 * that does not heed it.
 */
final class NoSurprises implements HandlerInterceptor {

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            if (!takesForm(method)) {
                List<String> allowed = parameters(method);
                request.getParameterMap()
                        .forEach((name, values) -> check(name, values.length, allowed));
            }
            List<String> heeded = headers(method);
            for (String header : List.of(HttpHeaders.IF_MATCH, "Idempotency-Key")) {
                int times = Collections.list(request.getHeaders(header)).size();
                if (times > 0 && request.getMethod().equals("POST") && !heeded.contains(header)) {
                    throw Rejected.malformed("The header " + header + " has no meaning here.");
                }
                if (times > 1) {
                    throw Rejected.malformed("The header " + header + " is given twice.");
                }
            }
        }
        return true;
    }

    private static void check(String name, int times, List<String> allowed) {
        if (!allowed.contains(name)) {
            throw Rejected.parameter(
                    name,
                    "The parameter "
                            + name
                            + " is not known here; "
                            + (allowed.isEmpty()
                                    ? "there is none."
                                    : "known: " + String.join(", ", allowed) + "."));
        }
        if (times > 1) {
            throw Rejected.parameter(name, "The parameter " + name + " is given twice.");
        }
    }

    /** The fields of a form are for its handler to judge: it takes all parameters there are. */
    private static boolean takesForm(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter ->
                        parameter.hasParameterAnnotation(RequestParam.class)
                                && MultiValueMap.class.isAssignableFrom(
                                        parameter.getParameterType()));
    }

    /** The query parameters that a handler declares, in its order. */
    static List<String> parameters(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(MethodParameter::getParameterName)
                .toList();
    }

    private static List<String> headers(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .map(parameter -> parameter.getParameterAnnotation(RequestHeader.class))
                .filter(Objects::nonNull)
                .map(RequestHeader::name)
                .toList();
    }
}
