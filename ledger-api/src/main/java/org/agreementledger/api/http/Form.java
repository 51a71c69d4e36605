package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;

/** In which a list is answered. The first is the one for who accepts any. */
public enum Form {
    JSON(MediaType.APPLICATION_JSON),
    CSV(MediaType.parseMediaType("text/csv;header=present;charset=UTF-8")),
    NDJSON(MediaType.APPLICATION_NDJSON);

    /** For handlers: what they can be asked for. */
    public static final String CSV_VALUE = "text/csv";

    private final MediaType type;

    Form(MediaType type) {
        this.type = type;
    }

    MediaType type() {
        return type;
    }

    /** The one that {@code Accept} likes best. */
    public static Form of(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> accepted =
                new HeaderContentNegotiationStrategy()
                        .resolveMediaTypes(new ServletWebRequest(request));
        return accepted.stream()
                .filter(type -> type.getQualityValue() > 0)
                .flatMap(type ->
                        Arrays.stream(values()).filter(form -> form.type.isCompatibleWith(type)))
                .findFirst()
                .orElseThrow(() ->
                        new HttpMediaTypeNotAcceptableException(
                                Arrays.stream(values()).map(Form::type).toList()));
    }
}
