package org.agreementledger.api.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Slugs;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.env.Environment;

/**
 * The outlet and what is told of it, where the server was started with a topic. Not a
 * configuration: those are worked out when the jar is built, and nobody knows of a topic then.
 */
public record KafkaBeans(LedgerNode node, KafkaTopic topic) implements BeanRegistrar {

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        registry.registerBean("kafkaOutlet", KafkaOutlet.class, it -> it.supplier(_ -> started()));
        registry.registerBean(
                "kafkaHealthIndicator",
                HealthIndicator.class,
                it -> it.supplier(beans -> health(beans.bean(KafkaOutlet.class))));
        registry.registerBean(
                "kafkaMetrics",
                MeterBinder.class,
                it -> it.supplier(beans -> metrics(beans.bean(KafkaOutlet.class))));
    }

    private KafkaOutlet started() {
        KafkaOutlet outlet = new KafkaOutlet(node, topic, KafkaOutlet.Pace.USUAL);
        outlet.start();
        return outlet;
    }

    /** Always up: the ledger is as well as ever when nobody takes its entries. */
    private HealthIndicator health(KafkaOutlet outlet) {
        return () -> {
            Health.Builder health =
                    Health.up()
                            .withDetail("topic", topic.name())
                            .withDetail("state", Slugs.of(outlet.state()))
                            .withDetail("position", outlet.position())
                            .withDetail("lag", outlet.lag());
            outlet.failure().ifPresent(why -> health.withDetail("failure", why.toString()));
            return health.build();
        };
    }

    private static MeterBinder metrics(KafkaOutlet outlet) {
        return registry -> {
            Gauge.builder("ledger.kafka.position", outlet, KafkaOutlet::position)
                    .description("The last position known to be in the Kafka topic")
                    .register(registry);
            Gauge.builder("ledger.kafka.lag", outlet, KafkaOutlet::lag)
                    .description("How many positions the Kafka topic is behind the log")
                    .register(registry);
        };
    }
}
