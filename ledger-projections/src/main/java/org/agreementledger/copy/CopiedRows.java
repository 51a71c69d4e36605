package org.agreementledger.copy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import org.agreementledger.log.EventCopies;
import org.agreementledger.proof.Node;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries events, log entries and the tree over them as they are, a batch at a time. */
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
                    "entry_digest",
                    "imported_from");

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
            long from = position + 1;
            position = (Long) rows.getLast().getValue("position");
            long to = position + 1;
            transaction.executeWithoutResult(_ -> {
                insert(target, rows);
                copyTree(from, to);
            });
            done.accept(to);
        }
        transaction.executeWithoutResult(_ -> copyCheckpoints(through + 1));
    }

    /**
     * What the leaves from {@code from} up to {@code to} brought; less where the tree is behind.
     */
    private void copyTree(long from, long to) {
        carry(
                source.sql("select * from log_leaf where position >= :from and position < :to")
                        .param("from", from)
                        .param("to", to),
                "insert into log_leaf (position, leaf) values (:position, :leaf)");
        carry(
                source.sql("select * from log_node where number >= :from and number < :to")
                        .param("from", Node.countOf(from))
                        .param("to", Node.countOf(to)),
                "insert into log_node (number, hash) values (:number, :hash)");
    }

    private void copyCheckpoints(long size) {
        carry(
                source.sql("select * from log_key"),
                "insert into log_key (number, verifier_key) values (:number, :verifier_key)");
        long copied = -1;
        List<Map<String, Object>> page;
        do {
            page =
                    carry(
                            source.sql(
                                            """
                                            select *
                                            from log_checkpoint
                                            where size > :copied and size <= :size
                                            order by size
                                            limit :limit
                                            """)
                                    .param("copied", copied)
                                    .param("size", size)
                                    .param("limit", BATCH),
                            """
                            insert into log_checkpoint (size, follows, last_leaf, last_node, signed_by, note)
                            values (:size, :follows, :last_leaf, :last_node, :signed_by, :note)
                            """);
            if (!page.isEmpty()) {
                copied = (Long) page.getLast().get("size");
            }
        } while (!page.isEmpty());
    }

    private List<Map<String, Object>> carry(JdbcClient.StatementSpec select, String insert) {
        List<Map<String, Object>> rows = select.query().listOfRows();
        target.batchUpdate(
                insert, rows.stream().map(CopiedRows::values).toArray(SqlParameterSource[]::new));
        return rows;
    }

    /** H2 and PostgreSQL write the names of columns in letters of another size. */
    private static MapSqlParameterSource values(Map<String, Object> row) {
        MapSqlParameterSource values = new MapSqlParameterSource();
        row.forEach((column, value) -> values.addValue(column.toLowerCase(Locale.ROOT), value));
        return values;
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

    /**
     * Events and their log entries, as they are.
     *
     * @param rows in which every column of both is named
     */
    public static void insert(NamedParameterJdbcTemplate target, List<MapSqlParameterSource> rows) {
        SqlParameterSource[] batch = rows.toArray(SqlParameterSource[]::new);
        EventCopies.insert(target, batch);
        target.batchUpdate(
                """
                insert into log_entry (position, follows, event_id, agreement_id, sequence, kind,
                    recorded_at, recorded_by, recorded_by_issuer, salt, entry_digest, imported_from)
                values (:position, :follows, :event_id, :agreement_id, :sequence, :kind,
                    :recorded_at, :recorded_by, :recorded_by_issuer, :salt, :entry_digest, :imported_from)
                """,
                batch);
    }
}
