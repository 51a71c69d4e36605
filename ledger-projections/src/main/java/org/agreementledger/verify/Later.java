package org.agreementledger.verify;

import org.agreementledger.log.Log;
import org.agreementledger.readmodels.ReadModels;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What came after the last position that is looked at, while it was looked at. Rows are read before
 * this is asked, and positions only grow, so what is said to be later still cannot be.
 */
final class Later {

    private final JdbcClient jdbc;
    private final Log log;
    private final ReadModels readModels;
    private final long through;
    private long newest;

    Later(JdbcClient jdbc, Log log, ReadModels readModels, long through) {
        this.jdbc = jdbc;
        this.log = log;
        this.readModels = readModels;
        this.through = through;
        this.newest = through;
    }

    boolean is(long position) {
        if (position > newest) {
            newest = Math.min(readModels.position(), log.newest());
        }
        return position > through && position <= newest;
    }

    boolean is(String agreementId, int sequence) {
        return jdbc.sql(
                        """
                        select position
                        from log_entry
                        where agreement_id = :agreementId and sequence = :sequence
                        """)
                .param("agreementId", agreementId)
                .param("sequence", sequence)
                .query(Long.class)
                .optional()
                .filter(this::is)
                .isPresent();
    }
}
