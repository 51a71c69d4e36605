package org.agreementledger.node;

import java.nio.file.Path;
import java.time.Clock;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.axon.Ledger;
import org.agreementledger.constancy.ConstancyQuery;
import org.agreementledger.entries.Entries;
import org.agreementledger.log.Log;
import org.agreementledger.readmodels.ReadModels;
import org.agreementledger.replay.Replay;
import org.jspecify.annotations.Nullable;

/** A ledger, opened: writes, sequencer, read models and queries on one database. */
public class LedgerNode implements AutoCloseable {

    /**
     * Where the ledger lives: an embedded database in a folder, or PostgreSQL.
     *
     * @param url {@code jdbc:postgresql:…} or {@code postgresql://user:password@host/name}; null
     *     for the embedded one
     */
    public record Location(Path data, @Nullable String url) {}

    /**
     * Opens the ledger, brings its schema up to date, and starts sequencing.
     *
     * @throws DatabaseInUse when another process holds the embedded database
     */
    public static LedgerNode open(Location location, Clock clock) {
        throw new UnsupportedOperationException();
    }

    /** Another process, most likely a server, has the embedded database open. */
    public static class DatabaseInUse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /**
         * @param server its address; null where it left none
         */
        public DatabaseInUse(Path data, @Nullable String server) {
            super(
                    "The ledger in "
                            + data
                            + " is open in another process"
                            + (server == null ? "." : ", the server at " + server + "."));
        }
    }

    public Ledger ledger() {
        throw new UnsupportedOperationException();
    }

    public Log log() {
        throw new UnsupportedOperationException();
    }

    public ReadModels readModels() {
        throw new UnsupportedOperationException();
    }

    public Entries entries() {
        throw new UnsupportedOperationException();
    }

    public AgreementTerms terms() {
        throw new UnsupportedOperationException();
    }

    public ConstancyQuery constancy() {
        throw new UnsupportedOperationException();
    }

    public Replay replay() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
