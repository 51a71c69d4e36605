package org.agreementledger.api.access;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The doorkeeper, put before everything that answers. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration implements WebMvcConfigurer {

    /**
     * Behind what looks at nothing but the address and the page that asks, before everything that
     * wants to know who asks.
     */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 4;

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallingActor());
    }

    @Bean
    static Callers callers(Access access, LedgerNode node, Actor local, Clock clock) {
        return new Callers(access, node, local, clock);
    }

    /** Not where a failure is answered: whoever gets there was let in, or refused, before. */
    @Bean
    static FilterRegistrationBean<Doorkeeper> doorkeeper(Callers callers) {
        FilterRegistrationBean<Doorkeeper> filter =
                new FilterRegistrationBean<>(new Doorkeeper(DoorTable.OF_THE_LEDGER, callers));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(ORDER);
        return filter;
    }
}
