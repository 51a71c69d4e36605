package org.agreementledger.readmodels;

import java.util.List;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Rows that a read model held back, written in one go. */
public final class Batch {

    private Batch() {}

    /** Afterwards {@code rows} is empty. */
    public static void write(
            NamedParameterJdbcTemplate jdbc, String sql, List<SqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
            rows.clear();
        }
    }
}
