package org.agreementledger.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where bytes are: in a file, or in memory. They may be read many times. */
public interface Bytes {

    long size();

    /** Those from {@code offset} on, which is not beyond the end. */
    InputStream open(long offset) throws IOException;

    static Bytes of(byte[] bytes) {
        return new Bytes() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset) {
                int from = Math.toIntExact(offset);
                return new ByteArrayInputStream(bytes, from, bytes.length - from);
            }
        };
    }

    /** As large as it is now. */
    static Bytes of(Path file) throws IOException {
        long size = Files.size(file);
        return new Bytes() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                return Channels.newInputStream(FileChannel.open(file).position(offset));
            }
        };
    }
}
