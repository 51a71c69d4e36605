package org.agreementledger.api.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.agreementledger.webhooks.AddressRules;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;

/**
 * Connections that hold to the rules. The socket itself asks, of the very address that it is about
 * to connect to: a name that stands for another address by then gains nothing.
 */
final class GuardedConnections extends PoolingHttpClientConnectionManagerBuilder {

    private final AddressRules rules;

    GuardedConnections(AddressRules rules, Names names) {
        this.rules = rules;
        setDnsResolver(new Resolver(names));
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
        return new DefaultHttpClientConnectionOperator(
                new Sockets(rules),
                ports,
                names,
                RegistryBuilder.<TlsSocketStrategy>create()
                        .register(URIScheme.HTTPS.id, tls)
                        .build());
    }

    private record Resolver(Names names) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return names.addresses(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private record Sockets(AddressRules rules) implements DetachedSocketFactory {

        @Override
        public Socket create(String scheme, Proxy proxy) {
            return new GuardedSocket(rules, URIScheme.HTTPS.same(scheme));
        }

        @Override
        public Socket create(Proxy proxy) {
            return create(URIScheme.HTTP.id, proxy);
        }
    }

    private static final class GuardedSocket extends Socket {

        private final AddressRules rules;
        private final boolean encrypted;

        GuardedSocket(AddressRules rules, boolean encrypted) {
            super(Proxy.NO_PROXY);
            this.rules = rules;
            this.encrypted = encrypted;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
            InetAddress address = ((InetSocketAddress) endpoint).getAddress();
            Optional<String> refusal = rules.refusal(address, encrypted);
            if (refusal.isPresent()) {
                throw new AddressRefused(refusal.get());
            }
            super.connect(endpoint, timeoutMillis);
        }
    }
}
