package org.agreementledger.api.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Slugs;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The outlet and what is told of it, where the server was started with a topic. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(KafkaTopic.class)
class KafkaConfiguration {

    @Bean(initMethod = "start")
    static KafkaOutlet kafkaOutlet(LedgerNode node, KafkaTopic topic) {
        return new KafkaOutlet(node, topic, KafkaOutlet.Pace.USUAL);
    }

    /** Always up: the ledger is as well as ever when nobody takes its entries. */
    @Bean
    static HealthIndicator kafkaHealthIndicator(KafkaOutlet outlet, KafkaTopic topic) {
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

    @Bean
    static MeterBinder kafkaMetrics(KafkaOutlet outlet) {
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
