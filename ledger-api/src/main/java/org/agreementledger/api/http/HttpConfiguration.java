package org.agreementledger.api.http;

import java.net.InetAddress;
import java.time.Clock;
import org.agreementledger.api.access.Access;
import org.agreementledger.api.problems.ProblemReportValve;
import org.agreementledger.api.problems.ProblemWriter;
import org.agreementledger.node.LedgerNode;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** What the doors have in common, put in place. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

    private final Clock clock;
    private final LedgerNode node;
    private final JsonMapper mapper;

    HttpConfiguration(Clock clock, LedgerNode node, JsonMapper mapper) {
        this.clock = clock;
        this.node = node;
        this.mapper = mapper;
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        ParameterTypes.register(registry, clock, node);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NoSurprises())
                .addPathPatterns("/**")
                .excludePathPatterns("/error", "/actuator/**");
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/verify").setViewName("verify");
        registry.addViewController("/doors").setViewName("doors");
        // Where a browser looks for one beside an answer that cannot name it, such as a picture.
        registry.addRedirectViewController("/favicon.ico", "/icon.svg");
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new JsonTreeReader())
                .addCustomConverter(new LinesReader())
                .addCustomConverter(new NdjsonWriter(mapper))
                .addCustomConverter(new CsvWriter());
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> securityHeaders() {
        return factory -> factory.addEngineValves(new SecurityHeaders());
    }

    @Bean
    static FilterRegistrationBean<LocalNamesOnly> localNamesOnly(
            @Value("${server.address}") InetAddress address,
            Access access,
            ProblemWriter problems) {
        FilterRegistrationBean<LocalNamesOnly> filter =
                new FilterRegistrationBean<>(new LocalNamesOnly(problems));
        filter.setEnabled(address.isLoopbackAddress() && !access.tokenNeeded());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return filter;
    }

    @Bean
    static FilterRegistrationBean<CorsFilter> crossOriginReads(
            Origins origins, ProblemWriter problems) {
        FilterRegistrationBean<CorsFilter> filter =
                new FilterRegistrationBean<>(CrossOriginReads.filter(origins, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return filter;
    }

    @Bean
    static FilterRegistrationBean<OwnFormsOnly> ownFormsOnly(ProblemWriter problems) {
        FilterRegistrationBean<OwnFormsOnly> filter =
                new FilterRegistrationBean<>(new OwnFormsOnly(problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        return filter;
    }

    @Bean
    static FilterRegistrationBean<StrongEtags> strongEtags() {
        FilterRegistrationBean<StrongEtags> filter =
                new FilterRegistrationBean<>(new StrongEtags());
        filter.addUrlPatterns("/v1/*", "/problems", "/problems/*");
        return filter;
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcatToo() {
        return factory ->
                factory.addContextCustomizers(context ->
                        ((StandardHost) context.getParent())
                                .setErrorReportValveClass(ProblemReportValve.class.getName()));
    }
}
