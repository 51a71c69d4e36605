package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agreementledger.api.csv.Columns;
import org.agreementledger.entries.EntryLine;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.ServletWebRequest;

/** Answers a list in the form that is asked for, page by page or as a stream. */
public final class Listing {

    /** Counts up when the same entries would be written in another way. */
    private static final int VERSION = 1;

    private Listing() {}

    /**
     * One page; the next one is behind {@code Link: rel="next"} (RFC 8288).
     *
     * @param last the key of its last item; null on the last page
     */
    public static <T> ResponseEntity<?> page(
            List<T> items,
            @Nullable Object last,
            Form form,
            Columns<T> columns,
            HttpServletRequest request) {
        return withNext(answer(form), last, request).body(body(items, form, columns));
    }

    /** The same for a list that comes as JSON only. */
    public static <T> ResponseEntity<Items<T>> page(
            List<T> items, @Nullable Object last, HttpServletRequest request) {
        return withNext(ResponseEntity.ok().contentType(Form.JSON.type()), last, request)
                .body(new Items<>(items));
    }

    private static ResponseEntity.BodyBuilder withNext(
            ResponseEntity.BodyBuilder answer, @Nullable Object last, HttpServletRequest request) {
        if (last != null) {
            answer.header(HttpHeaders.LINK, next(last, request));
        }
        return answer;
    }

    /**
     * Everything up to {@code now}, read while it is written.
     *
     * <p>Its validator cannot be taken over the bytes, which nobody holds. But an answer about an
     * entry changes only when the read models move, as what is recorded later adds links to it; so
     * the question, the form and the moment they stood at tell two streams apart, and whoever has
     * the newest is told so without reading it. A link that is added while it is read may be in it
     * already: then they have moved, and the validator is never met again.
     */
    public static <T> ResponseEntity<?> stream(
            Iterable<T> items,
            Moment now,
            Form form,
            Columns<T> columns,
            HttpServletRequest request) {
        return stream(body(asked(items, request), form, columns), now, form, request);
    }

    /** The same of entries as NDJSON, which are passed on as they are stored. */
    public static ResponseEntity<?> lines(
            Iterable<EntryLine> lines, Moment now, HttpServletRequest request) {
        return stream(new Items<>(asked(lines, request)), now, Form.NDJSON, request);
    }

    private static ResponseEntity<?> stream(
            Object body, Moment now, Form form, HttpServletRequest request) {
        String digest =
                Question.digest(request, List.of(), form, now.position(), now.knownAt(), VERSION);
        return answer(form).eTag('"' + digest.substring(0, 32) + '"').body(body);
    }

    private static <T> Iterable<T> asked(Iterable<T> items, HttpServletRequest request) {
        return request.getMethod().equals("HEAD") ? List.of() : items;
    }

    /**
     * The rows alone, as JSON in a bare array, for readers that take an array and nothing around
     * it. Whoever has them already is told so before they are looked up.
     *
     * @param moment everything that they depend on and the address does not say: what defaults have
     *     come to
     */
    public static <T> ResponseEntity<?> array(
            Supplier<List<T>> rows,
            Columns<T> columns,
            List<Object> moment,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Form form = Form.of(request);
        String digest = Question.digest(request, List.of(), form, moment, VERSION);
        String etag = '"' + digest.substring(0, 32) + '"';
        if (new ServletWebRequest(request).checkNotModified(etag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(etag)
                    .varyBy(HttpHeaders.ACCEPT)
                    .build();
        }
        List<T> found = rows.get();
        return answer(form).eTag(etag).body(form == Form.JSON ? found : body(found, form, columns));
    }

    private static ResponseEntity.BodyBuilder answer(Form form) {
        return ResponseEntity.ok().contentType(form.type()).varyBy(HttpHeaders.ACCEPT);
    }

    private static <T> Object body(Iterable<T> items, Form form, Columns<T> columns) {
        return form == Form.CSV ? new Rows<>(columns, items) : new Items<>(items);
    }

    /** To the same address with another cursor; the rest stays as the reader encoded it. */
    private static String next(Object last, HttpServletRequest request) {
        Stream<String> asked =
                request.getQueryString() == null
                        ? Stream.of()
                        : Stream.of(request.getQueryString().split("&"))
                                .filter(parameter -> !parameter.startsWith("after="));
        return "<"
                + request.getRequestURI()
                + "?"
                + Stream.concat(asked, Stream.of("after=" + Cursor.after(last, request)))
                        .collect(Collectors.joining("&"))
                + ">; rel=\"next\"";
    }
}
