package org.agreementledger.axon;

import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the Axon Server that keeps the events.
 *
 * @param addresses {@code HOST:PORT,…}
 * @param context in which the ledger's events are, and no others
 * @param token null where it asks for none
 * @param tls whether the connection is encrypted
 * @param certificate of who vouches for it, in PEM; null for those whom Java trusts
 */
public record AxonServer(
        String addresses,
        String context,
        @Nullable String token,
        boolean tls,
        @Nullable Path certificate) {

    public static final String DEFAULT_CONTEXT = "default";

    private static final Pattern ADDRESSES =
            Pattern.compile("[A-Za-z0-9._-]+:\\d{1,5}(,[A-Za-z0-9._-]+:\\d{1,5})*");

    public AxonServer {
        if (!ADDRESSES.matcher(addresses).matches()) {
            throw new IllegalArgumentException(
                    "it is at HOST:PORT, several apart by commas, not at '" + addresses + "'");
        }
        if (context.isBlank()) {
            throw new IllegalArgumentException("the context needs a name");
        }
        if (certificate != null && !tls) {
            throw new IllegalArgumentException("a certificate has a meaning with tls=true only");
        }
    }

    /** Speaks to Axon Server; a module of its own has it, which not every build has. */
    public interface Client {

        /**
         * Nothing is said to it before something is asked.
         *
         * @param name of this node, unlike those of all others
         * @param events writes and reads events
         */
        Backend connect(AxonServer server, String name, Serializer events);
    }

    /**
     * To be asked before a database is touched for it.
     *
     * @throws IllegalArgumentException when this build cannot speak to it
     */
    public static void requireClient() {
        client();
    }

    private static Client client() {
        return ServiceLoader.load(Client.class)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "this build cannot speak to Axon Server; ./mvnw -Paxon-server package makes one that can"));
    }

    /**
     * @param name of the node
     * @throws IllegalArgumentException when this build cannot
     */
    public Backend connect(String name) {
        return client().connect(this, name, new EventSerializer());
    }

    /** Without the token. */
    @Override
    public String toString() {
        return addresses + " (context " + context + ")";
    }
}
