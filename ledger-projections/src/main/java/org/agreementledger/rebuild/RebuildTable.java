package org.agreementledger.rebuild;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalLong;
import org.agreementledger.rebuild.RebuildStatus.State;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The row of the newest rebuild. Who does it holds a lease by the clock of the database, and what
 * it says counts only while it does.
 */
final class RebuildTable {

    private final JdbcClient jdbc;
    private final String node;

    /**
     * @param node names the holder of the lease; the same again for a database that only one
     *     process opens, so that it need not wait for what it held when it was killed
     */
    RebuildTable(JdbcClient jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** The number of a new one; empty while another node is at it. */
    OptionalLong begin(int segments, long entries) {
        int begun =
                jdbc.sql(
                                """
                                update rebuild
                                set number = number + 1, state = 'building', segments = :segments, position = 0,
                                  entries = :entries, failure = '', started_at = current_timestamp,
                                  ended_at = current_timestamp, lease_owner = :node,
                                  lease_until = current_timestamp + interval '10' second
                                where lease_owner = :node or lease_until <= current_timestamp
                                """)
                        .param("segments", segments)
                        .param("entries", entries)
                        .param("node", node)
                        .update();
        return begun == 0
                ? OptionalLong.empty()
                : OptionalLong.of(
                        jdbc.sql("select number from rebuild where lease_owner = :node")
                                .param("node", node)
                                .query(Long.class)
                                .single());
    }

    /**
     * Says how far it is, and renews the lease.
     *
     * @return false when somebody else has it by now
     */
    boolean report(long number, State state, long position, long entries) {
        return jdbc.sql(
                                """
                                update rebuild
                                set state = :state, position = :position, entries = :entries,
                                  ended_at = current_timestamp,
                                  lease_until = current_timestamp + interval '10' second
                                where number = :number and lease_owner = :node
                                """)
                        .param("number", number)
                        .param("node", node)
                        .param("state", slug(state))
                        .param("position", position)
                        .param("entries", entries)
                        .update()
                > 0;
    }

    /** Lets the lease go. */
    void end(long number, State state, long position, long entries, String failure) {
        jdbc.sql(
                        """
                        update rebuild
                        set state = :state, position = :position, entries = :entries, failure = :failure,
                          ended_at = current_timestamp, lease_owner = '', lease_until = current_timestamp
                        where number = :number and lease_owner = :node
                        """)
                .param("number", number)
                .param("node", node)
                .param("state", slug(state))
                .param("position", position)
                .param("entries", entries)
                .param("failure", failure)
                .update();
    }

    /**
     * @param here whether this node does one
     */
    RebuildStatus status(boolean here) {
        return jdbc.sql(
                        """
                        select r.*, r.lease_until <= current_timestamp as is_free,
                          m.generation = r.number as is_in_place
                        from rebuild r
                        cross join read_model m
                        where m.name = 'all'
                        """)
                .query((row, _) -> status(row, here))
                .single();
    }

    private RebuildStatus status(ResultSet row, boolean here) throws SQLException {
        State state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        boolean isGone =
                row.getBoolean("is_free") || row.getString("lease_owner").equals(node) && !here;
        Instant startedAt = instant(row, "started_at");
        return new RebuildStatus(
                row.getLong("number"),
                state.isUnderWay() && isGone ? State.INTERRUPTED : state,
                row.getInt("segments"),
                row.getLong("position"),
                row.getLong("entries"),
                startedAt,
                Duration.between(startedAt, instant(row, "ended_at")),
                row.getBoolean("is_in_place"),
                row.getString("failure"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String slug(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
