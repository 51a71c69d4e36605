package org.agreementledger.api.http;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** A list as CSV. */
final class CsvWriter extends AbstractHttpMessageConverter<Rows<?>> {

    CsvWriter() {
        super(MediaType.parseMediaType(Form.CSV_VALUE));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Rows.class;
    }

    @Override
    public boolean canRead(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected Rows<?> readInternal(Class<? extends Rows<?>> type, HttpInputMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void writeInternal(Rows<?> rows, HttpOutputMessage message) throws IOException {
        write(rows, message);
    }

    /** The first items are read before the answer begins: so far it can still be a problem. */
    private static <T> void write(Rows<T> rows, HttpOutputMessage message) throws IOException {
        Iterator<T> items = rows.items().iterator();
        Writer out =
                new BufferedWriter(
                        new OutputStreamWriter(message.getBody(), StandardCharsets.UTF_8));
        rows.columns().write(items, out);
        out.flush();
    }
}
