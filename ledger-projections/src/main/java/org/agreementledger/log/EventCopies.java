package org.agreementledger.log;

import java.util.List;
import java.util.Optional;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.LedgerEngine;
import org.agreementledger.axon.RecordedBy;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where events are kept in an event store outside of the database, a copy of each that has a
 * position is in it, under the same guards; so all that reads the log finds them where it always
 * does.
 */
public final class EventCopies {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    public EventCopies(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
        this.batches = jdbc;
    }

    /**
     * Where the event store outside holds it.
     *
     * @param globalIndex its place among all events there
     */
    public record Copied(long globalIndex, String eventId) {}

    /**
     * Whether the events in this database are copies: the token of its sequencer counts those of an
     * event store in which they have one order without gaps, as they never have in here.
     */
    public boolean areKept() {
        return jdbc.sql(
                                """
                                select count(*)
                                from token_entry
                                where processor_name = :sequencer and token_type = :type
                                """)
                        .param("sequencer", LedgerEngine.SEQUENCER)
                        .param("type", GlobalSequenceTrackingToken.class.getName())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Empty before the first. */
    public Optional<Copied> newest() {
        return jdbc.sql(
                        """
                        select global_index, event_identifier
                        from domain_event_entry
                        order by global_index desc
                        limit 1
                        """)
                .query((row, _) ->
                        new Copied(row.getLong("global_index"), row.getString("event_identifier")))
                .optional();
    }

    /** In a database without events: forgets that a sequencer began to look for some in here. */
    public void begin() {
        jdbc.sql("delete from token_entry where processor_name = :sequencer and token is null")
                .param("sequencer", LedgerEngine.SEQUENCER)
                .update();
    }

    static SqlParameterSource row(AgreementEvent event, DomainEventMessage<?> message) {
        return new MapSqlParameterSource(
                        "global_index",
                        ((TrackedEventMessage<?>) message).trackingToken().position().orElseThrow())
                .addValue("event_identifier", message.getIdentifier())
                .addValue("aggregate_identifier", event.agreementId().value())
                .addValue("sequence_number", event.sequence() - 1)
                .addValue("type", EventText.AGGREGATE)
                .addValue("payload_type", EventText.type(event))
                .addValue("payload_revision", EventText.REVISION)
                .addValue("payload", EventText.write(event))
                .addValue(
                        "meta_data",
                        RecordedBy.write(
                                RecordedBy.of(message.getMetaData()),
                                RecordedBy.from(message.getMetaData())))
                .addValue("time_stamp", DateTimeUtils.formatInstant(message.getTimestamp()));
    }

    void insert(List<SqlParameterSource> rows) {
        insert(batches, rows.toArray(SqlParameterSource[]::new));
    }

    /**
     * @param rows in which every column is named
     */
    public static void insert(NamedParameterJdbcTemplate target, SqlParameterSource[] rows) {
        target.batchUpdate(
                """
                insert into domain_event_entry (global_index, event_identifier,
                    aggregate_identifier, sequence_number, type, payload_type, payload_revision,
                    payload, meta_data, time_stamp)
                values (:global_index, :event_identifier,
                    :aggregate_identifier, :sequence_number, :type, :payload_type, :payload_revision,
                    :payload, :meta_data, :time_stamp)
                """,
                rows);
    }
}
