package org.agreementledger.api.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.agreementledger.node.LedgerNode;
import org.springframework.stereotype.Component;

/** Positions as gauges, asked of the database whenever they are read. */
@Component
class LedgerMetrics implements MeterBinder {

    private final LedgerNode node;

    LedgerMetrics(LedgerNode node) {
        this.node = node;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
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
    }

    private static double lag(LedgerNode node) {
        long read = node.readModels().position();
        return Math.max(0, node.log().newest() - read);
    }
}
