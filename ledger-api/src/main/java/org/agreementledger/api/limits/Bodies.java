package org.agreementledger.api.limits;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.agreementledger.api.problems.ProblemWriter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.springframework.util.unit.DataSize;

/**
 * Holds every body to its size, its time, and what all may take of the memory together. Below the
 * filters, so that it makes no difference who reads it.
 */
final class Bodies extends ValveBase {

    private final Limits limits;
    private final ProblemWriter problems;
    private final AtomicLong held = new AtomicLong();

    Bodies(Limits limits, ProblemWriter problems) {
        super(true);
        this.limits = limits;
        this.problems = problems;
    }

    /**
     * What the answer did not wait for is taken off the line behind it, if it comes soon: who still
     * sends when the connection is closed may never see the answer.
     */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        InputBuffer line = connection.getInputBuffer();
        DataSize most =
                BodySize.of(
                        Objects.requireNonNullElse(request.getDecodedRequestURI(), ""),
                        Objects.requireNonNullElse(request.getContentType(), ""));
        Body body = new Body(line, request, response, most, limits, held);
        connection.setInputBuffer(body);
        try {
            if (request.getContentLengthLong() > most.toBytes()) {
                // Before anybody asks for it, and so before a caller that waits for that sends it.
                problems.write(BodySize.exceeded(most).problem(), response);
            } else {
                getNext().invoke(request, response);
            }
            if (!request.isAsync() && !connection.isFinished()) {
                response.finishResponse();
                body.drain();
                if (!connection.isFinished()) {
                    connection.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                }
            }
        } finally {
            connection.setInputBuffer(line);
            body.release();
        }
    }
}
