package org.agreementledger.axon;

import java.util.ServiceLoader;
import java.util.Set;

/**
 * Something that speaks as Axon Server does, for tests of modules above; those of the module that
 * speaks to it have it.
 */
public interface StandIn extends AutoCloseable {

    /** Empty, and listening. */
    static StandIn start() {
        return ServiceLoader.load(StandIn.class).findFirst().orElseThrow();
    }

    AxonServer address();

    /** The contexts that somebody asked in. */
    Set<String> contexts();

    /** It dies when the next append is stored, before it says so. */
    void dieAfterNextAppend();

    /** At the same address, with all that was stored. */
    void restart();

    /** As if nothing had ever been stored. */
    void loseAll();

    @Override
    void close();
}
