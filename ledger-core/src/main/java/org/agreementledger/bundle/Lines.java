package org.agreementledger.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line; each ends in a newline, also the last. */
final class Lines implements AutoCloseable {

    /** An entry has at most 1,000,000 characters, and of UTF-8 up to three bytes for each. */
    private static final int LENGTH_MAX = 4_000_000;

    private final Part part;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 13];
    private int next;
    private int end;
    private long number;

    Lines(Part part, InputStream in) {
        this.part = part;
        this.in = in;
    }

    /** Null after the last. */
    @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        number++;
        while (fill()) {
            int newline = next;
            while (newline < end && buffer[newline] != '\n') {
                newline++;
            }
            line.write(buffer, next, newline - next);
            if (line.size() > LENGTH_MAX) {
                throw wrong("it is longer than " + LENGTH_MAX + " bytes");
            }
            if (newline < end) {
                next = newline + 1;
                return text(where(), line.toByteArray());
            }
            next = end;
        }
        if (line.size() > 0) {
            throw wrong("it does not end");
        }
        return null;
    }

    private boolean fill() throws IOException {
        if (next == end) {
            next = 0;
            end = Math.max(0, in.read(buffer));
        }
        return next < end;
    }

    /** For a message. */
    String where() {
        return part.file() + ", line " + number;
    }

    Mismatch wrong(String what) {
        return new Mismatch(where(), what);
    }

    /**
     * @throws Mismatch when it is not UTF-8
     */
    static String text(String where, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            throw new Mismatch(where, "it is not text in UTF-8");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
