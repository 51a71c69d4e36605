package org.agreementledger.api;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.axon.Actor;
import org.agreementledger.cli.LedgerCommand;
import org.agreementledger.node.LedgerNode;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The web application: a thin shell around one {@link LedgerNode}. */
@SpringBootApplication(proxyBeanMethods = false)
public class LedgerApplication {

    /** The command line is the way in; its {@code serve} and {@code demo} call {@link #start}. */
    public static void main(String[] args) {
        LedgerCommand.main(args);
    }

    /** The doors are open. Closing it answers what is under way; the ledger stays open. */
    public static final class Server implements AutoCloseable {

        private final ServletWebServerApplicationContext context;
        private final URI address;

        private Server(ServletWebServerApplicationContext context, InetAddress address) {
            this.context = context;
            this.address = uri(address, context.getWebServer().getPort());
        }

        private static URI uri(InetAddress address, int port) {
            String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
            return URI.create(
                    "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
        }

        /** Of the page that leads to the doors. */
        public URI address() {
            return address;
        }

        public int port() {
            return address.getPort();
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /**
     * Opens the doors of a ledger, which stays its caller's to close.
     *
     * @param writer everybody who reaches the doors records under this name
     * @param address the loopback one, unless others shall reach the doors
     * @param port 0 for any that is free
     * @throws PortInUseException when somebody else listens there
     */
    public static Server start(
            LedgerNode node, Actor writer, Clock clock, InetAddress address, int port) {
        SpringApplication application = new SpringApplication(LedgerApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(
                context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(
                            LedgerNode.class, () -> node, bean -> bean.setDestroyMethodName(""));
                    beans.registerBean(Actor.class, () -> writer);
                    beans.registerBean(Clock.class, () -> clock);
                    beans.getEnvironment()
                            .getPropertySources()
                            .addFirst(
                                    new MapPropertySource(
                                            "listen",
                                            Map.of(
                                                    "server.address", address.getHostAddress(),
                                                    "server.port", port)));
                });
        try {
            return new Server((ServletWebServerApplicationContext) application.run(), address);
        } catch (ApplicationContextException e) {
            throw e.getCause() instanceof PortInUseException inUse ? inUse : e;
        }
    }

    @Bean
    static JsonMapper jsonMapper() {
        return AnswerJson.MAPPER;
    }
}
