package org.agreementledger.bundle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares a file of the bundle with what should stand in it, piece by piece. */
final class Expected implements AutoCloseable {

    private final Part part;
    private final InputStream found;
    private long line = 1;

    Expected(Part part, InputStream found) {
        this.part = part;
        this.found = new BufferedInputStream(found, 1 << 16);
    }

    /**
     * @throws Mismatch naming the first line that differs
     */
    void next(byte[] expected) throws IOException {
        byte[] bytes = found.readNBytes(expected.length);
        int differs = Arrays.mismatch(expected, bytes);
        int same = differs < 0 ? bytes.length : differs;
        for (int i = 0; i < same; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        if (differs >= 0) {
            throw differs(bytes.length < expected.length && differs == bytes.length);
        }
    }

    void next(String expected) throws IOException {
        next(Derived.utf8(expected));
    }

    /**
     * @throws Mismatch when there is more
     */
    void end() throws IOException {
        if (found.read() >= 0) {
            throw differs(false);
        }
    }

    private Mismatch differs(boolean ends) {
        return new Mismatch(
                part.file() + ", line " + line,
                ends ? "it ends here, and should not" : part.unlike());
    }

    @Override
    public void close() throws IOException {
        found.close();
    }
}
