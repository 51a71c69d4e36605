package org.agreementledger.api.problems;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.agreementledger.agreement.Refused;
import org.agreementledger.axon.InProgress;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.axon.ReadOnly;
import org.agreementledger.axon.Unconfirmed;
import org.agreementledger.json.Malformed;
import org.agreementledger.log.TreeMismatch;
import org.agreementledger.node.Backups;
import org.agreementledger.node.Damage;
import org.agreementledger.readmodels.ReadModels;
import org.agreementledger.search.SearchNotReady;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What is said to the caller about an exception; what is our own fault is logged, once. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final Cache<String, String> TOLD =
            Caffeine.newBuilder()
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .maximumSize(1_000)
                    .build();

    private Problems() {}

    public static Problem of(Exception e) {
        return switch (e) {
            case Refused refused -> Problem.of(refused);
            case Rejected rejected -> rejected.problem();
            case InProgress _ -> Problem.of(ProblemType.KEY_IN_PROGRESS, e.getMessage());
            case ReadOnly _ -> Problem.of(ProblemType.READ_ONLY, e.getMessage());
            case ReadModels.Behind _ -> Problem.of(ProblemType.BEHIND, e.getMessage());
            case SearchNotReady _ -> Problem.of(ProblemType.BEHIND, e.getMessage());
            case TreeMismatch _ -> mismatch(e);
            case NotDurable _ -> Problem.of(ProblemType.NOT_DURABLE, e.getMessage());
            case Unconfirmed unconfirmed -> unconfirmed(unconfirmed);
            case Backups.NotNow _ -> Problem.of(ProblemType.BACKUP_NOT_NOW, e.getMessage());
            case Malformed malformed ->
                    Problem.of(ProblemType.MALFORMED, e.getMessage()).at(malformed.pointer());
            case HttpMessageNotReadableException _ -> unreadable(e);
            case InvalidParameterException _ -> undecodable(e);
            case MissingServletRequestParameterException missing -> missing(missing);
            case MethodArgumentTypeMismatchException unfit -> unfit(unfit);
            case ErrorResponse answer when !answer.getStatusCode().is5xxServerError() ->
                    Problem.of(
                            ProblemType.of(HttpStatus.valueOf(answer.getStatusCode().value())),
                            detail(e, answer));
            default ->
                    Damage.of(e)
                            .map(damage -> damaged(damage, e))
                            .or(() -> Damage.ofDisk(e).map(disk -> notDurable(disk, e)))
                            .orElseGet(() -> failed(e));
        };
    }

    private static Problem mismatch(Exception e) {
        LOG.error("The log does not match what was signed: {}", e.getMessage());
        return Problem.of(
                ProblemType.LOG_MISMATCH,
                "The log does not match what was signed: " + e.getMessage() + ".");
    }

    private static Problem unreadable(Exception e) {
        LOG.debug("A request body cannot be read", e);
        return Problem.of(ProblemType.MALFORMED, "The body is missing or breaks off.");
    }

    private static Problem undecodable(Exception e) {
        LOG.debug("A query cannot be decoded", e);
        return Problem.of(ProblemType.MALFORMED, "The query is not percent-encoded UTF-8.");
    }

    private static Problem missing(MissingServletRequestParameterException e) {
        String name = e.getParameterName();
        return Rejected.parameter(name, "The parameter " + name + " is required.").problem();
    }

    /** A parameter, header or part of the path that its type refuses to read. */
    private static Problem unfit(MethodArgumentTypeMismatchException e) {
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
            return Rejected.notFound("There is nothing here; " + detail).problem();
        }
        return parameter.hasParameterAnnotation(RequestHeader.class)
                ? Problem.of(ProblemType.MALFORMED, detail)
                : Rejected.parameter(e.getName(), detail).problem();
    }

    private static Problem damaged(String damage, Exception e) {
        log("The ledger cannot be read: " + damage + ".", e);
        return Problem.of(ProblemType.DAMAGED, "The ledger cannot be read: " + damage + ".");
    }

    private static Problem notDurable(NotDurable disk, Exception e) {
        log(disk.getMessage(), e);
        return Problem.of(ProblemType.NOT_DURABLE, disk.getMessage());
    }

    private static Problem unconfirmed(Unconfirmed e) {
        log(e.getMessage(), e);
        return Problem.of(ProblemType.UNCONFIRMED, e.getMessage());
    }

    /** Where every request fails for one reason, a log that says so each time hides the others. */
    private static void log(String message, Exception e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        StackTraceElement[] trace = cause.getStackTrace();
        String told = cause + (trace.length == 0 ? "" : " at " + trace[0]);
        if (TOLD.asMap().putIfAbsent(told, message) == null) {
            LOG.error("{} The same is not told again within a minute.", message, e);
        }
    }

    private static Problem failed(Exception e) {
        log("A request failed.", e);
        return Problem.of(
                ProblemType.FAILED, "The server failed to answer this; its log says why.");
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
