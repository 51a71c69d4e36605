package org.agreementledger.verify;

import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** An empty database with the ledger's schema, in which read models are built to be compared. */
public interface Scratch extends AutoCloseable {

    NamedParameterJdbcTemplate jdbc();

    PlatformTransactionManager transactions();

    @Override
    void close();
}
