package org.agreementledger.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A list as newline-delimited JSON: one item a line, and nothing else. */
final class NdjsonWriter extends AbstractHttpMessageConverter<Items<?>> {

    private final ObjectWriter lines;

    NdjsonWriter(JsonMapper mapper) {
        super(MediaType.APPLICATION_NDJSON);
        this.lines =
                mapper.writer()
                        .withRootValueSeparator("\n")
                        .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                        .without(StreamWriteFeature.AUTO_CLOSE_TARGET);
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
        OutputStream body = message.getBody();
        if (!items.hasNext()) {
            return;
        }
        try (SequenceWriter writer = lines.writeValues(body)) {
            while (items.hasNext()) {
                writer.write(items.next());
            }
        } catch (JacksonException e) {
            if (NestedExceptionUtils.getMostSpecificCause(e) instanceof IOException broken) {
                throw broken;
            }
            throw e;
        }
        body.write('\n');
    }
}
