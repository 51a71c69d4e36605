package org.agreementledger.api.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.verify.Watch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Positions as gauges, asked of the database whenever they are read; and the last verification. */
@Component
class LedgerMetrics implements MeterBinder {

    private final LedgerNode node;
    private final LedgerHealth health;

    LedgerMetrics(LedgerNode node, LedgerHealth health) {
        this.node = node;
        this.health = health;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        node.measureIn(registry);
        Gauge.builder("ledger.healthy", health, it -> it.health().getStatus() == Status.UP ? 1 : 0)
                .description("1 where /actuator/health says UP, else 0")
                .register(registry);
        Gauge.builder("ledger.sequencing", node, it -> it.engine().isSequencing() ? 1 : 0)
                .description("1 at the node that gives entries their positions, 0 at the others")
                .register(registry);
        Gauge.builder("ledger.index.lag", node, LedgerMetrics::indexLag)
                .description("How many positions the search index is behind the read models")
                .register(registry);
        Gauge.builder("ledger.position", node, it -> it.log().newest())
                .description("The newest position of the log; -1 before the first")
                .register(registry);
        Gauge.builder("ledger.log.unsigned", node, it -> it.tree().lag())
                .description("How many entries of the log no checkpoint covers")
                .register(registry);
        Gauge.builder("ledger.readmodels.position", node, it -> it.readModels().position())
                .description("The last position that the read models hold")
                .register(registry);
        Gauge.builder("ledger.readmodels.lag", node, LedgerMetrics::lag)
                .description("How many positions the read models are behind the log")
                .register(registry);
        verification(
                registry,
                "ended",
                "seconds",
                "When the last verification ended, since 1970",
                last -> last.endedAt().getEpochSecond());
        verification(
                registry,
                "duration",
                "seconds",
                "How long it took, with its rests",
                last -> last.took().toMillis() / 1e3);
        verification(
                registry,
                "ok",
                null,
                "1 where all fitted, 0 where something did not or it could not run",
                last -> last.verified() != null && last.verified().ok() ? 1 : 0);
        verification(
                registry,
                "differences",
                null,
                "How many it found",
                last -> last.verified() == null ? Double.NaN : last.verified().found());
        verification(
                registry,
                "entries",
                null,
                "How many it went through",
                last -> last.verified() == null ? Double.NaN : last.verified().events());
    }

    /** Not a number until one has ended. */
    private void verification(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<Watch.Last> value) {
        Gauge.builder(
                        "ledger.verification." + name,
                        node,
                        it -> it.lastVerification().map(value::applyAsDouble).orElse(Double.NaN))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private static double indexLag(LedgerNode node) {
        long indexed = node.index().position();
        return Math.max(0, node.readModels().position() - indexed);
    }

    private static double lag(LedgerNode node) {
        long read = node.readModels().position();
        return Math.max(0, node.log().newest() - read);
    }
}
