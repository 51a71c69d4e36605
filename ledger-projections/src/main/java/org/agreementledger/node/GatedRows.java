package org.agreementledger.node;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.support.KeyHolder;

/** Writes rows inside the gate, also where each statement is a transaction of its own. */
final class GatedRows extends RowReader {

    private final TransactionGate gate;

    GatedRows(DataSource dataSource, TransactionGate gate) {
        super(dataSource);
        this.gate = gate;
    }

    @Override
    public int update(String sql) {
        return gate.alone(() -> super.update(sql));
    }

    @Override
    protected int update(
            PreparedStatementCreator statement, @Nullable PreparedStatementSetter parameters) {
        return gate.alone(() -> super.update(statement, parameters));
    }

    @Override
    public int update(PreparedStatementCreator statement, KeyHolder keys) {
        return gate.alone(() -> super.update(statement, keys));
    }

    @Override
    public int[] batchUpdate(String sql, BatchPreparedStatementSetter parameters) {
        return gate.alone(() -> super.batchUpdate(sql, parameters));
    }
}
