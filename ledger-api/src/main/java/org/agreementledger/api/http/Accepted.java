package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;

/** Which of several forms {@code Accept} likes best. */
public final class Accepted {

    private Accepted() {}

    /**
     * @param offered the first is the one for who accepts any
     */
    public static MediaType best(HttpServletRequest request, List<MediaType> offered)
            throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted =
                new HeaderContentNegotiationStrategy()
                        .resolveMediaTypes(new ServletWebRequest(request));
        return accepted.stream()
                .filter(type -> type.getQualityValue() > 0)
                .flatMap(type -> offered.stream().filter(type::isCompatibleWith))
                .findFirst()
                .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(offered));
    }
}
