package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;

/** Which of several forms a request likes best. */
public final class Accept {

    private Accept() {}

    /**
     * @param ours the first is the one for who accepts any
     */
    public static MediaType best(HttpServletRequest request, List<MediaType> ours)
            throws HttpMediaTypeNotAcceptableException {
        return new HeaderContentNegotiationStrategy()
                .resolveMediaTypes(new ServletWebRequest(request)).stream()
                        .filter(type -> type.getQualityValue() > 0)
                        .flatMap(type -> ours.stream().filter(type::isCompatibleWith))
                        .findFirst()
                        .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(ours));
    }
}
