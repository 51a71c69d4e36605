package org.agreementledger.node;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.agreementledger.axon.DamagedRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads rows, as Spring does. Every row was written by us, so one that its mapper cannot read is
 * damaged; it is named.
 */
class RowReader extends JdbcTemplate {

    /** What tells rows apart, in whichever table. */
    private static final Set<String> IDENTIFIERS =
            Set.of("position", "agreement_id", "sequence", "event_identifier", "term_key");

    RowReader(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    public <T> List<T> query(PreparedStatementCreator statement, RowMapper<T> mapper) {
        return super.query(statement, naming(mapper));
    }

    @Override
    public <T> Stream<T> queryForStream(
            PreparedStatementCreator statement,
            @Nullable PreparedStatementSetter parameters,
            RowMapper<T> mapper) {
        return super.queryForStream(statement, parameters, naming(mapper));
    }

    private static <T> RowMapper<T> naming(RowMapper<T> mapper) {
        return (row, number) -> {
            try {
                return mapper.mapRow(row, number);
            } catch (DataAccessException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new DamagedRecord(name(row), e);
            }
        };
    }

    private static String name(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringJoiner name =
                new StringJoiner(", ", columns.getTableName(1).toLowerCase(Locale.ROOT) + " (", ")")
                        .setEmptyValue(columns.getTableName(1).toLowerCase(Locale.ROOT));
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String column = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            if (IDENTIFIERS.contains(column)) {
                name.add(column.replace('_', ' ') + " " + row.getString(i));
            }
        }
        return name.toString();
    }
}
