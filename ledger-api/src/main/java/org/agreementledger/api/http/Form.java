package org.agreementledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

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
        MediaType best = Accept.best(request, Arrays.stream(values()).map(Form::type).toList());
        return Arrays.stream(values())
                .filter(form -> form.type.equals(best))
                .findFirst()
                .orElseThrow();
    }
}
