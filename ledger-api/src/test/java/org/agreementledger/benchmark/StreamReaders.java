package org.agreementledger.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many who listen to the stream, on one thread. Of a few it notes when each position came; of the
 * others it only takes what comes.
 */
final class StreamReaders implements AutoCloseable {

    private static final byte[] ID = "id: ".getBytes(StandardCharsets.US_ASCII);
    private static final int POSITIONS_MAX = 1_000_000;

    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<Noting> noting = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final Thread thread = new Thread(this::take, "stream-readers");
    private volatile long bytes;
    private volatile boolean closed;

    StreamReaders() throws IOException {
        thread.start();
    }

    /** What one reader got, line by line; it looks at ids only. */
    static final class Noting {
        private final long[] arrivals = new long[POSITIONS_MAX];
        private final byte[] line = new byte[32];
        private int length;
        private volatile long last = -1;

        private void take(byte[] bytes, int count, long now) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    if (length < line.length && length > ID.length && startsWithId()) {
                        last =
                                Long.parseLong(
                                        new String(
                                                line,
                                                ID.length,
                                                length - ID.length,
                                                StandardCharsets.US_ASCII));
                        if (last >= 0 && arrivals[(int) last] == 0) {
                            arrivals[(int) last] = now;
                        }
                    }
                    length = 0;
                } else {
                    if (length < line.length) {
                        line[length] = bytes[i];
                    }
                    length++;
                }
            }
        }

        private boolean startsWithId() {
            return Arrays.equals(line, 0, ID.length, ID, 0, ID.length);
        }

        /** By {@link System#nanoTime()}; 0 when it did not come. */
        long arrivalOf(long position) {
            return arrivals[(int) position];
        }

        long last() {
            return last;
        }
    }

    /**
     * @param noted of every so many the first one is noted; 0 for none
     */
    void open(int port, int count, int noted) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.write(
                    ByteBuffer.wrap(
                            "GET /v1/feed/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            Noting notes = null;
            if (noted > 0 && i % noted == 0) {
                notes = new Noting();
                noting.add(notes);
            }
            channels.add(channel);
            channel.register(selector, SelectionKey.OP_READ, new Reader(notes));
        }
        while (begun.get() < channels.size()) {
            Thread.onSpinWait();
        }
    }

    private final class Reader {
        private final Noting notes;
        private boolean heard;

        Reader(Noting notes) {
            this.notes = notes;
        }

        void take(byte[] bytes, int count, long now) {
            if (!heard) {
                heard = true;
                begun.incrementAndGet();
            }
            if (notes != null) {
                notes.take(bytes, count, now);
            }
        }
    }

    private void take() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (!closed) {
                selector.select(
                        key -> {
                            buffer.clear();
                            int count = read((SocketChannel) key.channel(), buffer);
                            if (count < 0) {
                                key.cancel();
                                return;
                            }
                            bytes += count;
                            ((Reader) key.attachment())
                                    .take(buffer.array(), count, System.nanoTime());
                        },
                        10);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int read(SocketChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer);
        } catch (IOException _) {
            return -1;
        }
    }

    List<Noting> noted() {
        return noting;
    }

    /** How many are still connected. */
    long listening() {
        return selector.keys().stream().filter(SelectionKey::isValid).count();
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
