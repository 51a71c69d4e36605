package org.agreementledger.node;

import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.transaction.TransactionDefinition;

/** Transactions that write are inside the gate; those that only read go on beside them. */
final class GatedTransactions extends DataSourceTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient TransactionGate gate;

    GatedTransactions(DataSource dataSource, TransactionGate gate) {
        super(dataSource);
        this.gate = gate;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (definition.isReadOnly()) {
            super.doBegin(transaction, definition);
            return;
        }
        gate.enter();
        try {
            super.doBegin(transaction, definition);
        } catch (RuntimeException | Error e) {
            gate.leave();
            throw e;
        }
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        try {
            super.doCleanupAfterCompletion(transaction);
        } finally {
            if (!((JdbcTransactionObjectSupport) transaction).isReadOnly()) {
                gate.leave();
            }
        }
    }
}
