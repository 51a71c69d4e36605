package org.agreementledger.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Durability;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.ImportedFrom;
import org.agreementledger.axon.LedgerEngine;
import org.agreementledger.axon.RecordedBy;
import org.agreementledger.axon.UnknownEvent;
import org.agreementledger.axon.WriteMeters;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Appends every stored event to the log, in order of arrival, and gives it its position and {@code
 * recordedAt}. One node does so at a time, and nothing is held in memory from batch to batch, so
 * that a node that takes over goes on where the log ends.
 */
public final class Sequencer {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final TransactionTemplate transactions;
    private final TreeWriter tree;
    private final Clock clock;
    private final Durability durability;
    private final Growth growth;
    private final @Nullable EventCopies copies;
    private final Timer timer;

    /**
     * @param copies of the events it is told of; null where they are in the database
     */
    public Sequencer(
            NamedParameterJdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            TreeWriter tree,
            Clock clock,
            Durability durability,
            Growth growth,
            @Nullable EventCopies copies,
            MeterRegistry meters) {
        this.jdbc = JdbcClient.create(jdbc);
        this.batches = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.tree = tree;
        this.clock = clock;
        this.durability = durability;
        this.growth = growth;
        this.copies = copies;
        this.timer =
                WriteMeters.timer(
                                "ledger.sequencer.batch",
                                "How long it takes to give a batch of entries their positions, and to sign them")
                        .register(meters);
    }

    private record Arrived(
            AgreementEvent event,
            String eventId,
            Actor recordedBy,
            @Nullable ImportedFrom importedFrom,
            @Nullable SqlParameterSource copy) {}

    /**
     * Collects the events of a batch; they enter the log together, with the token, or not at all.
     */
    @EventHandler
    void on(AgreementEvent event, DomainEventMessage<?> message, UnitOfWork<?> unit) {
        unit.getOrComputeResource(Sequencer.class.getName(), _ -> batch(unit))
                .arrived
                .add(
                        new Arrived(
                                event,
                                message.getIdentifier(),
                                RecordedBy.of(message.getMetaData()),
                                RecordedBy.from(message.getMetaData()),
                                copies == null ? null : EventCopies.row(event, message)));
    }

    @EventHandler
    void on(UnknownSerializedType unknown) {
        throw new UnknownEvent(unknown);
    }

    private static final class Batch {
        final List<Arrived> arrived = new ArrayList<>();
        long newest;
    }

    private Batch batch(UnitOfWork<?> unit) {
        Batch batch = new Batch();
        Timer.Sample took = Timer.start();
        unit.onPrepareCommit(_ -> batch.newest = append(batch.arrived));
        unit.afterCommit(_ -> {
            announce(batch.newest);
            took.stop(timer);
        });
        return batch;
    }

    private void announce(long position) {
        durability.await();
        growth.announce(position);
    }

    /** Returns the newest position then. */
    private long append(List<Arrived> batch) {
        Optional<Moment> newest = newest();
        long position = newest.map(Moment::position).orElse(-1L);
        Instant recordedAt = recordedAt(newest);
        Map<AgreementId, Integer> sequences = new HashMap<>();
        List<SqlParameterSource> rows = new ArrayList<>();
        List<SqlParameterSource> copied = new ArrayList<>();
        for (Arrived arrived : batch) {
            AgreementId agreementId = arrived.event().agreementId();
            int before = sequences.computeIfAbsent(agreementId, this::newestSequence);
            if (arrived.event().sequence() <= before) {
                requireKnown(arrived);
                continue;
            }
            for (Arrived next : upTo(arrived, before)) {
                position++;
                rows.add(row(position, next, recordedAt));
                if (next.copy() != null) {
                    copied.add(next.copy());
                }
            }
            sequences.put(agreementId, arrived.event().sequence());
        }
        if (copies != null && !copied.isEmpty()) {
            copies.insert(copied);
        }
        if (!rows.isEmpty()) {
            insert(rows);
            tree.grow();
        }
        return position;
    }

    private void insert(List<SqlParameterSource> rows) {
        batches.batchUpdate(
                """
                insert into log_entry (position, follows, event_id, agreement_id, sequence, kind,
                    recorded_at, recorded_by, recorded_by_issuer, salt, entry_digest, imported_from)
                values (:position, :follows, :eventId, :agreementId, :sequence, :kind,
                    :recordedAt, :recordedBy, :recordedByIssuer, :salt, :entryDigest, :importedFrom)
                """,
                rows.toArray(SqlParameterSource[]::new));
    }

    private Optional<Moment> newest() {
        return jdbc.sql(
                        """
                        select position, recorded_at
                        from log_entry
                        order by position desc
                        limit 1
                        """)
                .query((row, _) -> new Moment(row.getLong("position"), Log.recordedAt(row)))
                .optional();
    }

    /** Never earlier than what the log holds, also when the clock steps back. */
    private Instant recordedAt(Optional<Moment> newest) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return newest.map(Moment::knownAt).filter(now::isBefore).orElse(now);
    }

    /** Ordered as the index is: by the sequence alone, H2 would sort all of the agreement. */
    private int newestSequence(AgreementId agreementId) {
        return jdbc.sql(
                        """
                        select sequence
                        from log_entry
                        where agreement_id = :agreementId
                        order by agreement_id desc, sequence desc
                        limit 1
                        """)
                .param("agreementId", agreementId.value())
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** An event may be delivered again, but not another one in its place. */
    private void requireKnown(Arrived arrived) {
        String known =
                jdbc.sql(
                                """
                                select event_id
                                from log_entry
                                where agreement_id = :agreementId and sequence = :sequence
                                """)
                        .param("agreementId", arrived.event().agreementId().value())
                        .param("sequence", arrived.event().sequence())
                        .query(String.class)
                        .single();
        if (!known.equals(arrived.eventId())) {
            throw new IllegalStateException(
                    "Entry %d of %s is event %s in the log, but %s in the event store."
                            .formatted(
                                    arrived.event().sequence(),
                                    arrived.event().agreementId(),
                                    known,
                                    arrived.eventId()));
        }
    }

    /**
     * The event with those of its agreement that should have come before it: Axon forgets gaps that
     * stay open for long, and one may have been filled since.
     */
    private List<Arrived> upTo(Arrived arrived, int before) {
        int sequence = arrived.event().sequence();
        List<Arrived> all = new ArrayList<>();
        if (sequence > before + 1) {
            all.addAll(stored(arrived.event().agreementId(), before, sequence));
        }
        all.add(arrived);
        for (Arrived next : all) {
            before++;
            if (next.event().sequence() != before) {
                throw new IllegalStateException(
                        "Entry %d of %s is not in the event store, but entry %d is."
                                .formatted(before, next.event().agreementId(), sequence));
            }
        }
        return all;
    }

    private List<Arrived> stored(AgreementId agreementId, int after, int before) {
        return jdbc.sql(
                        """
                        select event_identifier, payload_type, payload, meta_data
                        from domain_event_entry
                        where aggregate_identifier = :agreementId
                          and sequence_number >= :after and sequence_number < :before
                        order by sequence_number
                        """)
                .param("agreementId", agreementId.value())
                .param("after", after)
                .param("before", before - 1)
                .query(Sequencer::arrived)
                .list();
    }

    private static Arrived arrived(ResultSet row, int number) throws SQLException {
        return new Arrived(
                EventText.read(row.getString("payload_type"), row.getString("payload")),
                row.getString("event_identifier"),
                RecordedBy.read(row.getString("meta_data")),
                RecordedBy.readFrom(row.getString("meta_data")),
                null);
    }

    /**
     * Appends events stored before that moment which the stream passed by, because they were
     * committed when it had forgotten to look for them.
     *
     * @return how many; 0 when none is left
     */
    int appendPassedBy(Instant storedBefore) {
        if (isWhole() || passedBy(storedBefore).isEmpty()) {
            return 0;
        }
        List<Arrived> appended = new ArrayList<>();
        Long newest =
                transactions.execute(_ -> {
                    lockLog();
                    appended.addAll(passedBy(storedBefore));
                    return append(appended);
                });
        announce(newest);
        return appended.size();
    }

    /** Spares a search through everything where it would find nothing. */
    private boolean isWhole() {
        return jdbc.sql(
                        """
                        select (select count(*) from domain_event_entry) = (select count(*) from log_entry)
                        """)
                .query(Boolean.class)
                .single();
    }

    private List<Arrived> passedBy(Instant storedBefore) {
        return jdbc.sql(
                        """
                        select event_identifier, payload_type, payload, meta_data
                        from domain_event_entry e
                        where time_stamp < :storedBefore
                          and not exists (select 1 from log_entry l where l.event_id = e.event_identifier)
                        order by global_index
                        limit 200
                        """)
                .param("storedBefore", DateTimeUtils.formatInstant(storedBefore))
                .query(Sequencer::arrived)
                .list();
    }

    /** Each batch begins by renewing its claim, so whoever holds that row appends alone. */
    private void lockLog() {
        jdbc.sql(
                        """
                        select owner
                        from token_entry
                        where processor_name = :sequencer
                        for update
                        """)
                .param("sequencer", LedgerEngine.SEQUENCER)
                .query()
                .listOfRows();
    }

    private static SqlParameterSource row(long position, Arrived arrived, Instant recordedAt) {
        AgreementEvent event = arrived.event();
        String salt = EntryDigest.salt();
        return new MapSqlParameterSource()
                .addValue("position", position)
                .addValue("follows", position == 0 ? null : position - 1, Types.BIGINT)
                .addValue("eventId", arrived.eventId())
                .addValue("agreementId", event.agreementId().value())
                .addValue("sequence", event.sequence())
                .addValue("kind", event.entry().kind().slug())
                .addValue("recordedAt", Log.timestamp(recordedAt))
                .addValue("recordedBy", arrived.recordedBy().id())
                .addValue("recordedByIssuer", arrived.recordedBy().issuer())
                .addValue("salt", salt)
                .addValue("entryDigest", EntryDigest.of(event.entry(), salt))
                .addValue(
                        "importedFrom",
                        arrived.importedFrom() == null ? "" : arrived.importedFrom().text());
    }
}
