package org.agreementledger.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up when nothing comes for a while, however long all of it takes. Of an HTTP client's body,
 * which has no such limit of its own; a reader that waits for it ends when it is closed.
 */
final class ImpatientInput extends FilterInputStream {

    private final Duration patience;
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();

    ImpatientInput(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
        Future<Integer> read = reader.submit(() -> in.read(block, offset, length));
        try {
            return read.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new SocketTimeoutException(
                    "nothing more came for %s, so it was given up"
                            .formatted(Phrases.count(patience.toSeconds(), "second", "seconds")));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it was interrupted");
        }
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            in.close();
        }
    }
}
