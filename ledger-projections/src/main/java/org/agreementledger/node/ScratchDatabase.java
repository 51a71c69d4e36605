package org.agreementledger.node;

import org.agreementledger.verify.Scratch;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** In memory, and gone when it is closed. */
final class ScratchDatabase implements Scratch {

    private final Database database = Database.open(DatabaseSettings.inMemory());

    @Override
    public NamedParameterJdbcTemplate jdbc() {
        return database.batches();
    }

    @Override
    public PlatformTransactionManager transactions() {
        return database.transactions();
    }

    @Override
    public void close() {
        database.close();
    }
}
