package org.agreementledger.rebuild;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Empty tables of the read models beside those that are read, for who builds them again. */
public interface Beside extends AutoCloseable {

    NamedParameterJdbcTemplate jdbc();

    PlatformTransactionManager transactions();

    /** Lets the database learn what the tables hold by now, before they are asked. */
    void analyze();

    /**
     * Puts them in the place of those that are read, within the caller's transaction, in which
     * nobody else moves read models.
     *
     * @return false where readers did not leave a gap for it; then nothing has changed
     */
    boolean putInPlace();

    @Override
    void close();
}
