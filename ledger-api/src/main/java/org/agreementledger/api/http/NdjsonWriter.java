package org.agreementledger.api.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.agreementledger.entries.EntryLine;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.databind.json.JsonMapper;

/** A list as newline-delimited JSON: one item a line, and nothing else. */
final class NdjsonWriter extends AbstractHttpMessageConverter<Items<?>> {

    private static final int BUFFER_BYTES = 1 << 16;

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

    /** The first items are read before the answer begins: so far it can still be a problem. */
    @Override
    protected void writeInternal(Items<?> list, HttpOutputMessage message) throws IOException {
        Iterator<?> items = list.items().iterator();
        if (!items.hasNext()) {
            return;
        }
        OutputStream body = new BufferedOutputStream(message.getBody(), BUFFER_BYTES);
        while (items.hasNext()) {
            body.write(line(items.next()));
            body.write('\n');
        }
        body.flush();
    }

    private byte[] line(Object item) {
        return item instanceof EntryLine line ? line.utf8() : mapper.writeValueAsBytes(item);
    }
}
