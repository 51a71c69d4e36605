package org.agreementledger.api.http;

import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** A list as newline-delimited JSON: one item a line, and nothing else. */
final class NdjsonWriter extends AbstractHttpMessageConverter<Items<?>> {

    private final JsonMapper mapper;

    NdjsonWriter(JsonMapper mapper) {
        super(MediaType.APPLICATION_NDJSON);
        this.mapper = mapper;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Items.class;
    }

    @Override
    public boolean canRead(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected Items<?> readInternal(Class<? extends Items<?>> type, HttpInputMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void writeInternal(Items<?> list, HttpOutputMessage message) throws IOException {
        OutputStream body = message.getBody();
        for (Object item : list.items()) {
            body.write(mapper.writeValueAsBytes(item));
            body.write('\n');
        }
    }
}
