package org.agreementledger.log;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses every change to a row that is there, in H2; it is named in a migration. */
public final class AppendOnly implements Trigger {

    private String table = "";

    @Override
    public void init(
            Connection connection,
            String schema,
            String trigger,
            String table,
            boolean before,
            int type) {
        this.table = table.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
            throws SQLException {
        throw new SQLException(
                (after == null ? "DELETE" : "UPDATE") + " refused: " + table + " is append-only",
                "45000");
    }
}
