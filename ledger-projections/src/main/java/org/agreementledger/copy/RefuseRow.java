package org.agreementledger.copy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Holds a copy as it is. Every copy there is names this class, so it keeps its name. */
public final class RefuseRow implements Trigger {

    private String table = "";

    @Override
    public void init(
            Connection connection,
            String schema,
            String trigger,
            String table,
            boolean before,
            int type) {
        this.table = table.toLowerCase(Locale.ROOT);
    }

    @Override
    public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
            throws SQLException {
        throw new SQLException("refused: " + table + " is that of a read-only copy", "45000");
    }
}
