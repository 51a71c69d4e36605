package org.agreementledger.api.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Refused;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.json.Malformed;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.readmodels.ReadModels;
import org.agreementledger.search.SearchNotReady;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every refusal, and every failure, into a problem. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Problem> refused(Refused e) {
        return Problem.of(e).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> rejected(Rejected e) {
        return e.problem().answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> inProgress(InProgress e) {
        return Problem.of(ProblemType.KEY_IN_PROGRESS, e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> readOnly(ReadOnly e) {
        return Problem.of(ProblemType.READ_ONLY, e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> behind(ReadModels.Behind e) {
        return Problem.of(ProblemType.BEHIND, e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> searchNotReady(SearchNotReady e) {
        return Problem.of(ProblemType.BEHIND, e.getMessage()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> mismatch(TreeMismatch e, HttpServletResponse response) {
        LOG.error("The log does not match what was signed: {}", e.getMessage());
        if (response.isCommitted()) {
            throw e;
        }
        return Problem.of(
                        ProblemType.LOG_MISMATCH,
                        "The log does not match what was signed: " + e.getMessage() + ".")
                .answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> malformed(Malformed e) {
        return Problem.of(ProblemType.MALFORMED, e.getMessage()).at(e.pointer()).answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
        LOG.debug("A request body cannot be read", e);
        return Problem.of(ProblemType.MALFORMED, "The body is missing or breaks off.").answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> undecodable(InvalidParameterException e) {
        LOG.debug("A query cannot be decoded", e);
        return Rejected.malformed("The query is not percent-encoded UTF-8.").problem().answer();
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(MissingServletRequestParameterException e) {
        String name = e.getParameterName();
        return Rejected.parameter(name, "The parameter " + name + " is required.")
                .problem()
                .answer();
    }

    /** A parameter, header or part of the path that its type refuses to read. */
    @ExceptionHandler
    ResponseEntity<Problem> unfit(MethodArgumentTypeMismatchException e) {
        Throwable cause =
                e.getCause() instanceof ConversionFailedException failed
                        ? failed.getCause()
                        : e.getCause();
        if (!(cause instanceof IllegalArgumentException refusal)) {
            return failed(e);
        }
        MethodParameter parameter = e.getParameter();
        String detail = e.getName() + ": " + sentence(e, refusal);
        if (parameter.hasParameterAnnotation(PathVariable.class)) {
            return Rejected.notFound("There is nothing here; " + detail).problem().answer();
        }
        return parameter.hasParameterAnnotation(RequestHeader.class)
                ? Rejected.malformed(detail).problem().answer()
                : Rejected.parameter(e.getName(), detail).problem().answer();
    }

    /**
     * Once an answer has begun, it can only be cut off: a problem behind its first half would be
     * taken for the rest.
     */
    @ExceptionHandler
    ResponseEntity<Problem> otherwise(Exception e, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw e;
        }
        if (!(e instanceof ErrorResponse answer) || answer.getStatusCode().is5xxServerError()) {
            return failed(e);
        }
        HttpStatus status = HttpStatus.valueOf(answer.getStatusCode().value());
        ResponseEntity<Problem> problem =
                Problem.of(ProblemType.of(status), detail(e, answer)).answer();
        return ResponseEntity.status(status)
                .headers(answer.getHeaders())
                .headers(problem.getHeaders())
                .body(problem.getBody());
    }

    private static ResponseEntity<Problem> failed(Exception e) {
        LOG.error("A request failed", e);
        return Problem.of(ProblemType.FAILED, "The server failed to answer this; its log says why.")
                .answer();
    }

    private static String sentence(
            MethodArgumentTypeMismatchException e, IllegalArgumentException refusal) {
        Class<?> type = e.getRequiredType();
        if (type == int.class || type == long.class || type == Long.class) {
            return "'" + e.getValue() + "' is not a whole number.";
        }
        if (type == boolean.class) {
            return "'" + e.getValue() + "' is neither true nor false.";
        }
        String message = String.valueOf(refusal.getMessage());
        return message.endsWith(".") ? message : message + ".";
    }

    private static String detail(Exception e, ErrorResponse answer) {
        return switch (e) {
            case NoResourceFoundException none ->
                    "There is nothing at /"
                            + none.getResourcePath()
                            + "; /v1/openapi.json lists what there is.";
            case HttpRequestMethodNotSupportedException method ->
                    method.getMethod()
                            + " is not possible here; possible: "
                            + list(List.of(method.getSupportedMethods()))
                            + ".";
            case HttpMediaTypeNotSupportedException type ->
                    (type.getContentType() == null
                                    ? "The body has no Content-Type"
                                    : type.getContentType() + " cannot be read here")
                            + "; send "
                            + types(type.getSupportedMediaTypes())
                            + ".";
            case HttpMediaTypeNotAcceptableException type ->
                    "This can be answered as " + types(type.getSupportedMediaTypes()) + " only.";
            default -> String.valueOf(answer.getBody().getDetail());
        };
    }

    private static String types(List<MediaType> types) {
        return list(types.stream().map(MediaType::toString).toList());
    }

    private static String list(Collection<String> words) {
        return words.stream().distinct().sorted().collect(Collectors.joining(", "));
    }
}
