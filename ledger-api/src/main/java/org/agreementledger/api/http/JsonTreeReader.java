package org.agreementledger.api.http;

import java.io.IOException;
import org.agreementledger.api.limits.BodySize;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** One entry's body. */
final class JsonTreeReader extends AbstractHttpMessageConverter<JsonTree> {

    JsonTreeReader() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == JsonTree.class;
    }

    @Override
    protected JsonTree readInternal(Class<? extends JsonTree> type, HttpInputMessage message)
            throws IOException {
        return new JsonTree(StrictJson.tree(StrictJson.bytes(message, BodySize.ENTRY)));
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(JsonTree tree, HttpOutputMessage message) {
        throw new UnsupportedOperationException();
    }
}
