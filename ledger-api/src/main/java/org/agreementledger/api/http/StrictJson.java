package org.agreementledger.api.http;

import java.io.IOException;
import java.io.InputStream;
import org.agreementledger.api.limits.BodySize;
import org.agreementledger.api.problems.Rejected;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON that strangers send: nothing twice, nothing behind, no more than the limits. */
final class StrictJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxStringLength((int) BodySize.ENTRY.toBytes())
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build();

    private StrictJson() {}

    /** The whole body, unless it is longer than that; never holds more. */
    static byte[] bytes(HttpInputMessage message, DataSize atMost) throws IOException {
        if (message.getHeaders().getContentLength() > atMost.toBytes()) {
            throw BodySize.exceeded(atMost);
        }
        InputStream body = message.getBody();
        byte[] bytes = body.readNBytes((int) atMost.toBytes());
        if (body.read() >= 0) {
            throw BodySize.exceeded(atMost);
        }
        return bytes;
    }

    static @Nullable Object tree(byte[] json) {
        try {
            return MAPPER.readValue(json, Object.class);
        } catch (JacksonException e) {
            throw Rejected.malformed(
                    "This is not JSON" + place(e) + ": " + e.getOriginalMessage() + ".");
        } catch (NumberFormatException e) {
            // Jackson reads the digits late, and then says so in another way.
            throw Rejected.malformed("A number is beyond what is read: " + e.getMessage() + ".");
        }
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 0
                ? ""
                : ", line " + at.getLineNr() + " column " + at.getColumnNr();
    }
}
