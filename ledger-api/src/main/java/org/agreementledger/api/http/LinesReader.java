package org.agreementledger.api.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agreementledger.api.http.Lines.Line;
import org.agreementledger.api.limits.BodySize;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** An import's body. */
final class LinesReader extends AbstractHttpMessageConverter<Lines> {

    LinesReader() {
        super(MediaType.APPLICATION_NDJSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Lines.class;
    }

    @Override
    protected Lines readInternal(Class<? extends Lines> type, HttpInputMessage message)
            throws IOException {
        return lines(StrictJson.bytes(message, BodySize.IMPORT));
    }

    /** A line ends with LF or CR LF; the last one may end with the body. */
    static Lines lines(byte[] body) {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        int start = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '\n') {
                if (!isBlank(body, start, at)) {
                    lines.add(new Line(number, Arrays.copyOfRange(body, start, at)));
                }
                number++;
                start = at + 1;
            }
        }
        return new Lines(lines);
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int at = from; at < to; at++) {
            if (body[at] != ' ' && body[at] != '\t' && body[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(Lines lines, HttpOutputMessage message) {
        throw new UnsupportedOperationException();
    }
}
