package org.agreementledger.copy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries events and log entries over as they are, a batch at a time. */
public final class CopiedRows {

    private static final int BATCH = 1_000;

    private static final List<String> COLUMNS =
            List.of(
                    "global_index",
                    "event_identifier",
                    "aggregate_identifier",
                    "sequence_number",
                    "type",
                    "payload_type",
                    "payload_revision",
                    "payload",
                    "meta_data",
                    "time_stamp",
                    "position",
                    "follows",
                    "event_id",
                    "agreement_id",
                    "sequence",
                    "kind",
                    "recorded_by",
                    "recorded_by_issuer",
                    "salt",
                    "entry_digest");

    private final JdbcClient source;
    private final NamedParameterJdbcTemplate target;
    private final TransactionTemplate transaction;

    public CopiedRows(
            JdbcClient source, NamedParameterJdbcTemplate target, TransactionTemplate transaction) {
        this.source = source;
        this.target = target;
        this.transaction = transaction;
    }

    /**
     * @param through the last position; the log below it never changes, so the source may grow
     * @param done told the number of entries copied so far
     */
    public void copy(long through, LongConsumer done) {
        for (long position = -1; position < through; ) {
            List<MapSqlParameterSource> rows = after(position, through);
            if (rows.isEmpty()) {
                throw new IllegalStateException(
                        "The log has no entry after position %d, and should go on to %d."
                                .formatted(position, through));
            }
            transaction.executeWithoutResult(_ -> insert(rows));
            position = (Long) rows.getLast().getValue("position");
            done.accept(position + 1);
        }
    }

    private List<MapSqlParameterSource> after(long position, long through) {
        return source.sql(
                        """
                        select e.*, l.*
                        from log_entry l
                        join domain_event_entry e on e.event_identifier = l.event_id
                        where l.position > :position and l.position <= :through
                        order by l.position
                        limit :limit
                        """)
                .param("position", position)
                .param("through", through)
                .param("limit", BATCH)
                .query(CopiedRows::row)
                .list();
    }

    private static MapSqlParameterSource row(ResultSet row, int number) throws SQLException {
        MapSqlParameterSource values = new MapSqlParameterSource();
        for (String column : COLUMNS) {
            values.addValue(column, row.getObject(column));
        }
        return values.addValue("recorded_at", row.getObject("recorded_at", OffsetDateTime.class));
    }

    private void insert(List<MapSqlParameterSource> rows) {
        SqlParameterSource[] batch = rows.toArray(SqlParameterSource[]::new);
        target.batchUpdate(
                """
                insert into domain_event_entry (global_index, event_identifier,
                    aggregate_identifier, sequence_number, type, payload_type, payload_revision,
                    payload, meta_data, time_stamp)
                values (:global_index, :event_identifier,
                    :aggregate_identifier, :sequence_number, :type, :payload_type, :payload_revision,
                    :payload, :meta_data, :time_stamp)
                """,
                batch);
        target.batchUpdate(
                """
                insert into log_entry (position, follows, event_id, agreement_id, sequence, kind,
                    recorded_at, recorded_by, recorded_by_issuer, salt, entry_digest)
                values (:position, :follows, :event_id, :agreement_id, :sequence, :kind,
                    :recorded_at, :recorded_by, :recorded_by_issuer, :salt, :entry_digest)
                """,
                batch);
    }
}
