package org.agreementledger.axonserver;

import org.agreementledger.axon.AxonServer;
import org.agreementledger.axon.Backend;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.serialization.Serializer;

/** Found by its name where this module is on the class path. */
public final class AxonServerClient implements AxonServer.Client {

    /** Of the nodes of one ledger, to Axon Server. */
    private static final String COMPONENT = "agreement-ledger";

    /** How many requests this node decides on at a time; each waits for Axon Server to store it. */
    private static final int COMMAND_THREADS = 64;

    private static final int RECONNECT_MILLIS = 500;

    /** A large import is one append. */
    private static final int COMMIT_MILLIS_MAX = 30_000;

    @Override
    public Backend connect(AxonServer server, String name, Serializer events) {
        return new AxonServerBackend(
                server.toString(), configuration(server, name), new RequestSerializer(events));
    }

    private static AxonServerConfiguration configuration(AxonServer server, String name) {
        AxonServerConfiguration configuration = new AxonServerConfiguration();
        configuration.setServers(server.addresses());
        configuration.setContext(server.context());
        configuration.setComponentName(COMPONENT);
        configuration.setClientId(name);
        configuration.setSslEnabled(server.tls());
        configuration.setSuppressDownloadMessage(true);
        configuration.setCommandThreads(COMMAND_THREADS);
        configuration.setReconnectInterval(RECONNECT_MILLIS);
        configuration.setCommitTimeout(COMMIT_MILLIS_MAX);
        if (server.token() != null) {
            configuration.setToken(server.token());
        }
        if (server.certificate() != null) {
            configuration.setCertFile(server.certificate().toString());
        }
        return configuration;
    }
}
