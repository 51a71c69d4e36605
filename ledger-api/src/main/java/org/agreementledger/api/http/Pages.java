package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Lists page by cursor: the next page is behind {@code Link: rel="next"} (RFC 8288). */
public final class Pages {

    private Pages() {}

    /**
     * @param next the cursor of the next page; null on the last one
     */
    public static <T> ResponseEntity<Items<T>> answer(
            List<T> items, @Nullable Object next, HttpServletRequest request) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (next != null) {
            answer.header(HttpHeaders.LINK, "<" + nextPage(request, next) + ">; rel=\"next\"");
        }
        return answer.body(new Items<>(items));
    }

    /** The same address with another cursor; the rest stays as the reader encoded it. */
    private static String nextPage(HttpServletRequest request, Object after) {
        Stream<String> asked =
                request.getQueryString() == null
                        ? Stream.of()
                        : Stream.of(request.getQueryString().split("&"))
                                .filter(parameter -> !parameter.startsWith("after="));
        return request.getRequestURI()
                + "?"
                + Stream.concat(asked, Stream.of("after=" + after))
                        .collect(Collectors.joining("&"));
    }
}
