package org.agreementledger.api.webhooks;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.Webhook;
import org.springframework.stereotype.Component;

/** How delivery goes, over all receivers: none has a series of its own. */
@Component
class WebhookMetrics implements MeterBinder {

    private final LedgerNode node;
    private final Deliverer deliverer;

    WebhookMetrics(LedgerNode node, Deliverer deliverer) {
        this.node = node;
        this.deliverer = deliverer;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        attempts(registry, "delivered", Deliverer::delivered);
        attempts(registry, "failed", Deliverer::failed);
        FunctionCounter.builder("ledger.webhooks.given.up", deliverer, Deliverer::givenUp)
                .description("Entries that became dead letters")
                .register(registry);
        Gauge.builder(
                        "ledger.webhooks.dead.letters",
                        node,
                        it -> it.webhooks().all().stream().mapToInt(Webhook::deadLetters).sum())
                .description("Dead letters that wait to be replayed")
                .register(registry);
        ofState(registry, "enabled", true);
        ofState(registry, "disabled", false);
    }

    private void attempts(MeterRegistry registry, String outcome, ToLongFunction<Deliverer> count) {
        FunctionCounter.builder("ledger.webhooks.attempts", deliverer, count::applyAsLong)
                .description("Attempts to tell a receiver of an entry, since the start")
                .tag("outcome", outcome)
                .register(registry);
    }

    private void ofState(MeterRegistry registry, String state, boolean enabled) {
        gauge(registry, "ledger.webhooks", state, "Subscriptions", it -> of(it, enabled).count());
        gauge(
                registry,
                "ledger.webhooks.lag",
                state,
                "How many positions the receiver that is furthest behind is behind the log",
                it -> {
                    long newest = it.log().newest();
                    return of(it, enabled)
                            .mapToLong(webhook -> newest - webhook.position())
                            .max()
                            .orElse(0);
                });
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String state,
            String description,
            ToDoubleFunction<LedgerNode> value) {
        Gauge.builder(name, node, value)
                .description(description)
                .tag("state", state)
                .register(registry);
    }

    private static Stream<Webhook> of(LedgerNode node, boolean enabled) {
        return node.webhooks().all().stream().filter(webhook -> webhook.enabled() == enabled);
    }
}
