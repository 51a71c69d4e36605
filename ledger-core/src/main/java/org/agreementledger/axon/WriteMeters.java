package org.agreementledger.axon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Rule;

/**
 * What came of writes, and where their time went. Each series is there from the start, so that the
 * first of its kind counts as a change.
 */
public final class WriteMeters {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final Map<Kind, Counter> recorded = new EnumMap<>(Kind.class);
    private final Map<Rule, Counter> refused = new EnumMap<>(Rule.class);
    private final Counter collisions;
    private final Timer decide;
    private final Timer store;
    private final Timer flush;

    public WriteMeters(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            recorded.put(
                    kind,
                    Counter.builder("ledger.entries.recorded")
                            .description("Entries that this process has recorded")
                            .tag("kind", kind.slug())
                            .register(registry));
        }
        for (Rule rule : Rule.values()) {
            refused.put(
                    rule,
                    Counter.builder("ledger.entries.refused")
                            .description(
                                    "Writes that a rule has refused; nothing of them is stored")
                            .tag("rule", rule.slug())
                            .register(registry));
        }
        this.collisions =
                Counter.builder("ledger.write.collisions")
                        .description("Writes decided anew, as another came first")
                        .register(registry);
        this.decide = part(registry, "decide");
        this.store = part(registry, "store");
        this.flush = part(registry, "flush");
    }

    /** Of one write; a write of many entries is one. */
    public static Timer part(MeterRegistry registry, String part) {
        return timer("ledger.write", "How long the parts of a write take")
                .tag("part", part)
                .register(registry);
    }

    /** With buckets, so that those of several nodes can be added up. */
    public static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(BOUNDS);
    }

    Timer decide() {
        return decide;
    }

    Timer store() {
        return store;
    }

    Timer flush() {
        return flush;
    }

    void recorded(Kind kind) {
        recorded.get(kind).increment();
    }

    void refused(Rule rule) {
        refused.get(rule).increment();
    }

    void collided() {
        collisions.increment();
    }
}
