package org.agreementledger.api.limits;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

/** One body, counted and timed while it is read. */
final class Body implements InputBuffer {

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final InputBuffer line;
    private final Request request;
    private final Response response;
    private final DataSize most;
    private final Limits limits;
    private final AtomicLong heldByAll;
    private long started;
    private long count;
    private boolean slow;

    Body(
            InputBuffer line,
            Request request,
            Response response,
            DataSize most,
            Limits limits,
            AtomicLong heldByAll) {
        this.line = line;
        this.request = request;
        this.response = response;
        this.most = most;
        this.limits = limits;
        this.heldByAll = heldByAll;
    }

    /**
     * @throws Rejected when it is too long or too slow, or all together are too many
     */
    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (started == 0) {
            started = System.nanoTime();
        }
        int read = readInTime(handler);
        if (read > 0) {
            count += read;
            requireSize();
            requireTime();
            requireRoom(read);
        }
        return read;
    }

    private int readInTime(ApplicationBufferHandler handler) throws IOException {
        try {
            return line.doRead(handler);
        } catch (SocketTimeoutException _) {
            throw tooSlow();
        }
    }

    private void requireSize() {
        if (count > most.toBytes()) {
            throw BodySize.exceeded(most);
        }
    }

    private void requireTime() {
        Duration allowed = limits.bodyWithin().plusSeconds(count / limits.bodyRate().toBytes());
        if (System.nanoTime() - started > allowed.toNanos()) {
            throw tooSlow();
        }
    }

    private Rejected tooSlow() {
        slow = true;
        return new Rejected(
                Problem.of(
                        ProblemType.TOO_SLOW,
                        "The body may take %d seconds, and one more for every %d KB."
                                .formatted(
                                        limits.bodyWithin().toSeconds(),
                                        limits.bodyRate().toKilobytes())));
    }

    private void requireRoom(int more) {
        if (heldByAll.addAndGet(more) > limits.bodiesBytes()) {
            heldByAll.addAndGet(-more);
            count -= more;
            response.setHeader(HttpHeaders.RETRY_AFTER, "" + COME_AGAIN.toSeconds());
            throw new Rejected(
                    Problem.of(
                            ProblemType.BUSY,
                            "The server holds as much of other requests as it may; come again in a while."));
        }
    }

    /** Gives back what it took. */
    void release() {
        heldByAll.addAndGet(-count);
    }

    /** Reads on for a while and keeps nothing. */
    void drain() throws IOException {
        if (slow || waitsToBeAsked()) {
            return;
        }
        long until = System.nanoTime() + limits.drainWithin().toNanos();
        Drain drain = new Drain();
        try {
            int read = line.doRead(drain);
            while (read >= 0 && System.nanoTime() < until) {
                read = line.doRead(drain);
            }
        } catch (SocketTimeoutException _) {
            // Nothing comes any more.
        }
    }

    /** Is shown the bytes, and does nothing with them. */
    private static final class Drain implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // It is given buffers that are large enough.
        }
    }

    /** What was never asked for (100-continue) does not come. */
    private boolean waitsToBeAsked() {
        return started == 0 && request.getCoyoteRequest().hasExpectation();
    }

    @Override
    public int available() {
        return line.available();
    }
}
