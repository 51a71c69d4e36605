package org.agreementledger.api.limits;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.agreementledger.api.problems.ProblemType;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's own way of speaking HTTP/1.1, except that a request says what it wants within a time.
 * Tomcat waits so long for the next byte only, and who sends a byte a second keeps the connection
 * for hours.
 */
public final class TimedHeaders extends Http11NioProtocol {

    private static final long NOT_BEGUN = -1;

    private Duration within = Duration.ofSeconds(20);

    void within(Duration time) {
        within = time;
    }

    @Override
    protected Processor createProcessor() {
        return new Timed(this);
    }

    private final class Timed extends Http11Processor {

        Timed(TimedHeaders protocol) {
            super(protocol, protocol.getAdapter());
        }

        /** Called whenever something has come; the request has begun where it is not complete. */
        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            long began = request.getStartTimeNanos();
            if (began != NOT_BEGUN && System.nanoTime() - began > within.toNanos()) {
                refuse(socket);
                return SocketState.CLOSED;
            }
            return super.service(socket);
        }

        private void refuse(SocketWrapperBase<?> socket) throws IOException {
            ProblemType type = ProblemType.TOO_SLOW;
            String problem =
                    """
                    {"type":"%s","title":"%s","status":%d,"detail":"The request line and headers may take %d seconds."}\
                    """
                            .formatted(
                                    type.uri(),
                                    type.title(),
                                    type.status().value(),
                                    within.toSeconds());
            byte[] answer =
                    """
                    HTTP/1.1 %d %s\r
                    Content-Type: application/problem+json\r
                    Content-Length: %d\r
                    Connection: close\r
                    \r
                    %s\
                    """
                            .formatted(
                                    type.status().value(),
                                    type.status().getReasonPhrase(),
                                    problem.length(),
                                    problem)
                            .getBytes(StandardCharsets.US_ASCII);
            socket.write(true, answer, 0, answer.length);
            socket.flush(true);
        }
    }
}
