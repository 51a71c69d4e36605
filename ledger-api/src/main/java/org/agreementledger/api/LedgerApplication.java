package org.agreementledger.api;

import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.agreementledger.api.access.Access;
import org.agreementledger.api.access.Callers;
import org.agreementledger.api.http.Origins;
import org.agreementledger.api.json.AnswerJson;
import org.agreementledger.api.kafka.KafkaBeans;
import org.agreementledger.api.witness.Witnessing;
import org.agreementledger.axon.Actor;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.tokens.TokenText;
import org.agreementledger.webhooks.AddressRules;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import tools.jackson.databind.json.JsonMapper;

/**
 * The web application: a thin shell around one {@link LedgerNode}, opened by the commands {@code
 * serve} and {@code demo}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class LedgerApplication {

    /**
     * Where to listen, and to whom.
     *
     * @param port 0 for any that is free
     * @param as who comes without a token records under this name, where none is needed
     * @param rate how many requests a second one client may send; 0 for any number; null for any
     *     number from this machine, and the usual from elsewhere
     */
    public record Listen(
            InetAddress address, int port, String as, Access access, @Nullable Integer rate) {

        /**
         * @throws IllegalArgumentException where strangers would need no token
         */
        public Listen {
            if (!address.isLoopbackAddress() && !access.tokenNeeded()) {
                throw new IllegalArgumentException(
                        address.getHostAddress()
                                + " can be reached from elsewhere, so that whoever asks must show a token");
            }
        }

        /** To everybody on this machine. */
        public Listen(InetAddress address, int port, String as) {
            this(address, port, as, Access.OPEN);
        }

        public Listen(InetAddress address, int port, String as, Access access) {
            this(address, port, as, access, null);
        }

        private Map<String, Object> settings() {
            Map<String, Object> settings = new HashMap<>();
            settings.put("server.address", address.getHostAddress());
            settings.put("server.port", port);
            if (rate != null) {
                settings.put("ledger.limits.rate", rate);
            }
            return settings;
        }

        public static Listen onLoopback(int port) {
            return new Listen(
                    InetAddress.getLoopbackAddress(), port, System.getProperty("user.name"));
        }
    }

    /** The doors are open. Closing it answers what is under way, and closes the ledger. */
    public static final class Server implements AutoCloseable {

        private final ServletWebServerApplicationContext context;
        private final URI address;

        private Server(ServletWebServerApplicationContext context, Listen listen) {
            this.context = context;
            this.address = address(listen.address(), context.getWebServer().getPort());
        }

        private static URI address(InetAddress address, int port) {
            String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
            return URI.create(
                    "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
        }

        ServletWebServerApplicationContext context() {
            return context;
        }

        /** Of the page that leads to the doors. */
        public URI address() {
            return address;
        }

        public int port() {
            return address.getPort();
        }

        /** A token for who may read what lies beside the data; it ends with the server. */
        public TokenText console() {
            return context.getBean(Callers.class).console();
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Somebody else listens there. */
    public static final class AddressInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AddressInUse(Listen listen, PortInUseException cause) {
            super(
                    "Port %d of %s is in use by another process; choose another with --port."
                            .formatted(listen.port(), listen.address().getHostAddress()),
                    cause);
        }
    }

    /**
     * Opens the doors of a ledger, and takes it over: it is closed with the server, or when the
     * doors cannot be opened.
     *
     * @throws AddressInUse when somebody else listens there
     */
    public static Server start(LedgerNode node, Listen listen, Clock clock) {
        return start(node, listen, Outlets.NONE, clock);
    }

    /** The same with other outlets than the doors. */
    public static Server start(LedgerNode node, Listen listen, Outlets outlets, Clock clock) {
        keepLogsAsTheyAre();
        node.keepSearchReady();
        SpringApplication application = application();
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(LedgerNode.class, () -> node);
            beans.registerBean(Clock.class, () -> clock);
            beans.registerBean(Actor.class, () -> Actor.local(listen.as()));
            beans.registerBean(Access.class, listen::access);
            beans.registerBean(Origins.class, outlets::origins);
            beans.registerBean(AddressRules.class, outlets::webhooks);
            beans.registerBean(Witnessing.class, outlets::witnessing);
            if (outlets.kafka() != null) {
                beans.register(new KafkaBeans(node, outlets.kafka()));
            }
            MutablePropertySources settings = beans.getEnvironment().getPropertySources();
            settings.addFirst(new MapPropertySource("listen", listen.settings()));
            settings.addFirst(new MapPropertySource("data", whereTheDataIs(node)));
        });
        try {
            Server server =
                    new Server((ServletWebServerApplicationContext) application.run(), listen);
            node.keepTermsReady();
            return server;
        } catch (RuntimeException e) {
            node.close();
            if (e.getCause() instanceof PortInUseException cause) {
                throw new AddressInUse(listen, cause);
            }
            throw e;
        }
    }

    /**
     * For the build, which works out once which beans there are, so that not every start does: with
     * {@code -Dspring.aot.enabled=true} a start takes what the build found. None is made here, so
     * that no ledger is needed.
     */
    static void main(String[] args) {
        application().run(args);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(LedgerApplication.class);
        application.setMainApplicationClass(LedgerApplication.class);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        return application;
    }

    /** So that the room that is left there is among the figures. */
    private static Map<String, Object> whereTheDataIs(LedgerNode node) {
        return Map.of("management.metrics.system.diskspace.paths", node.data().toString());
    }

    /** The caller has set them up; Spring would do it anew, and Tomcat has a way of its own. */
    private static void keepLogsAsTheyAre() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    @Bean
    static JsonMapper jsonMapper() {
        return AnswerJson.MAPPER;
    }
}
