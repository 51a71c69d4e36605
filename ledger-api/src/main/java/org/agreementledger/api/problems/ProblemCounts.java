package org.agreementledger.api.problems;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** How often each problem was answered. What Tomcat cannot read it answers without us. */
@Component
public final class ProblemCounts implements MeterBinder {

    private final Map<String, LongAdder> answered = new ConcurrentHashMap<>();

    ProblemCounts() {
        ProblemType.ALL.forEach(type -> answered.put(type.uri(), new LongAdder()));
    }

    void count(Problem problem) {
        answered.computeIfAbsent(problem.type(), _ -> new LongAdder()).increment();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ProblemType type : ProblemType.ALL) {
            FunctionCounter.builder(
                            "ledger.problems", answered.get(type.uri()), LongAdder::doubleValue)
                    .description("Requests that were answered with a problem, by its type")
                    .tag("type", type.slug())
                    .register(registry);
        }
    }
}
