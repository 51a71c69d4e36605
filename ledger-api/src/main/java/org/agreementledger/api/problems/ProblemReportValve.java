package org.agreementledger.api.problems;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/**
 * What Tomcat refuses before it reaches us (a request line or header that cannot be read) gets the
 * same form too, instead of a page of HTML.
 */
public class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        if (response.getStatus() < 400
                || status == null
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        ProblemType type = ProblemType.of(status);
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("UTF-8");
            response.getReporter()
                    .write(
                            """
                            {"type":"%s","title":"%s","status":%d,"detail":"The request line or a header cannot be read, or together they are longer than is taken: 16 KB, unless set otherwise."}\
                            """
                                    .formatted(type.uri(), type.title(), status.value()));
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // The caller is gone, or has an answer already.
        }
    }
}
