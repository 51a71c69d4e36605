package org.agreementledger.api.limits;

import java.net.InetAddress;
import org.agreementledger.api.problems.ProblemWriter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The limits, put in place. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Limits.class)
class LimitsConfiguration {

    /** Behind whatever finds out who asks, which Spring Security does at -100. */
    private static final int BEHIND_ACCESS = 0;

    @Bean
    static FilterRegistrationBean<RateLimit> rateLimit(
            Limits limits,
            @Value("${server.address}") InetAddress address,
            ProblemWriter problems) {
        int rate = limits.rate(address);
        FilterRegistrationBean<RateLimit> filter =
                new FilterRegistrationBean<>(new RateLimit(rate, problems));
        filter.setEnabled(rate > 0);
        filter.setOrder(BEHIND_ACCESS);
        return filter;
    }

    @Bean
    static StreamLimit streamLimit(Limits limits, @Value("${server.address}") InetAddress address) {
        return new StreamLimit(limits.streamsPerClient(address));
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedAndMeasured(
            Limits limits, ProblemWriter problems) {
        return factory -> {
            factory.setProtocol(TimedHeaders.class.getName());
            factory.addProtocolHandlerCustomizers(
                    (TomcatProtocolHandlerCustomizer<TimedHeaders>)
                            protocol -> protocol.within(limits.headersWithin()));
            factory.addEngineValves(new Bodies(limits, problems));
        };
    }
}
