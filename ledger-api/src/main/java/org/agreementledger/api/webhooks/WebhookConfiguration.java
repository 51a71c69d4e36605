package org.agreementledger.api.webhooks;

import java.time.Clock;
import java.time.Duration;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.webhooks.AddressRules;
import org.agreementledger.webhooks.Deliverer;
import org.agreementledger.webhooks.RetrySchedule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What tells the receivers, put in place and started. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final Duration LOOKUP_MAX = Duration.ofSeconds(5);

    @Bean
    static Names names() {
        return Names.ofThisMachine(LOOKUP_MAX);
    }

    @Bean
    static Targets targets(AddressRules rules, Names names) {
        return new Targets(rules, names);
    }

    @Bean(destroyMethod = "close")
    static Deliverer deliverer(LedgerNode node, AddressRules rules, Names names, Clock clock) {
        Deliverer deliverer =
                new Deliverer(
                        node.deliveries(),
                        node.entries(),
                        node.readModels(),
                        new HttpSender(rules, names, HttpSender.LIMIT, clock, null),
                        new WebhookBodies(),
                        RetrySchedule.OF_A_DAY,
                        clock);
        if (node.readOnly().isEmpty()) {
            deliverer.start();
        }
        return deliverer;
    }
}
