package org.agreementledger.node;

import java.util.Optional;
import org.agreementledger.axon.AxonServer;
import org.agreementledger.axon.Backend;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.JdbcBackend;
import org.agreementledger.log.EventCopies;
import org.agreementledger.requests.RequestKeys;
import org.jspecify.annotations.Nullable;

/** Where the events of a ledger are: in its own database, or in Axon Server. */
final class EventHome {

    private final Database database;
    private final EventCopies copies;
    private final @Nullable AxonServer server;
    private final boolean copied;

    /**
     * @param server null for the database itself
     */
    EventHome(Database database, @Nullable AxonServer server) {
        this.database = database;
        this.server = server;
        this.copies = new EventCopies(database.batches());
        this.copied = copies.areKept();
    }

    /**
     * @param durability of what is committed in the database
     */
    Backend backend(Durability durability, String name) {
        return server == null
                ? new JdbcBackend(
                        database.dataSource(),
                        database.transactions(),
                        new RequestKeys(database.jdbc()),
                        durability)
                : server.connect(name);
    }

    /** What a sequencer has to fill; null where the events are in the database anyway. */
    @Nullable EventCopies copies() {
        return server == null ? null : copies;
    }

    /** Why nothing can be recorded; empty where it can. */
    Optional<String> readOnly() {
        return server == null && copied
                ? Optional.of(
                        "The events of this ledger are in Axon Server, to which this process has no way; nothing can be recorded here.")
                : Optional.empty();
    }

    /**
     * For who opens a ledger to record in it, or to serve it.
     *
     * @param takesEntries whether it does so at all
     * @throws IllegalStateException when that one names another home of its events than they have
     */
    void requireNamed(boolean takesEntries) {
        if (takesEntries && server == null && copied) {
            throw new IllegalStateException(
                    "its events are in Axon Server; name that with --axon-server HOST:PORT");
        }
        if (!takesEntries && server != null) {
            throw new IllegalStateException(
                    "it takes no entries, so it has no use for --axon-server; leave that out");
        }
    }

    /**
     * What is recorded from now on must follow what the database holds.
     *
     * @throws IllegalStateException when it would not; nothing was changed then
     */
    void require(Backend backend) {
        if (server == null) {
            return;
        }
        Optional<EventCopies.Copied> newest = copies.newest();
        if (newest.isPresent() && !copied) {
            throw new IllegalStateException(
                    "it has recorded its entries in its own database and goes on there; leave --axon-server out, or begin a ledger for it in an empty database");
        }
        newest.ifPresentOrElse(
                event -> backend.requireHolds(event.globalIndex(), event.eventId()), copies::begin);
    }
}
