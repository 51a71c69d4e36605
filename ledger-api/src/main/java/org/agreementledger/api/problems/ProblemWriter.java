package org.agreementledger.api.problems;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem as JSON, where nobody has looked yet who asks for what. */
@Component
public final class ProblemWriter {

    private final JsonMapper mapper;
    private final ProblemCounts counts;

    ProblemWriter(JsonMapper mapper, ProblemCounts counts) {
        this.mapper = mapper;
        this.counts = counts;
    }

    public void write(Problem problem, HttpServletResponse response) throws IOException {
        counts.count(problem);
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(mapper.writeValueAsBytes(problem));
    }
}
