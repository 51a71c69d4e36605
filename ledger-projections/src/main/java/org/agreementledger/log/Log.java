package org.agreementledger.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementEvent;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Kind;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.EventText;
import org.agreementledger.axon.ImportedFrom;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the log. */
public class Log {

    private static final int FETCH = 500;

    /**
     * Where agreements are read one by one, their events lie side by side by their places; by their
     * identities each would be looked up somewhere else.
     */
    private static final String IN_ITS_PLACE =
            "e.aggregate_identifier = l.agreement_id and e.sequence_number = l.sequence - 1";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Growth growth;
    private final @Nullable Instant end;

    /**
     * @param end after which nothing is known here, whatever time it is; null where the log grows
     */
    public Log(JdbcClient jdbc, Clock clock, Growth growth, @Nullable Instant end) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.growth = growth;
        this.end = end;
    }

    /**
     * @throws IllegalArgumentException for an instant later than now, or than the end of a copy, or
     *     a position beyond the newest
     */
    public Moment resolve(KnownAt knownAt) {
        return switch (knownAt) {
            case KnownAt.Now() -> now();
            case KnownAt.At(Instant instant) -> at(instant);
            case KnownAt.Through(long position) -> through(position);
        };
    }

    private Moment now() {
        return jdbc.sql(
                        """
                        select position, recorded_at
                        from log_entry
                        where position <= :visible
                        order by position desc
                        limit 1
                        """)
                .param("visible", growth.visible())
                .query((row, _) -> new Moment(row.getLong("position"), recordedAt(row)))
                .optional()
                .orElseGet(() -> new Moment(-1, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    private Moment at(Instant instant) {
        if (end != null && instant.truncatedTo(ChronoUnit.MILLIS).isAfter(end)) {
            throw new IllegalArgumentException(
                    instant
                            + " is later than this copy of the ledger, which holds what was known at "
                            + end
                            + ". Leave knownAt out for all that it holds.");
        }
        if (instant.isAfter(clock.instant()) && instant.isAfter(now().knownAt())) {
            throw new IllegalArgumentException(
                    instant
                            + " is later than now; what will be known then is not known yet. Leave knownAt out for all that is.");
        }
        if (instant.isBefore(Instant.EPOCH)) {
            return new Moment(-1, instant);
        }
        return new Moment(Math.min(newestAt(instant), growth.visible()), instant);
    }

    private Moment through(long position) {
        return jdbc.sql(
                        """
                        select recorded_at
                        from log_entry
                        where position = :position and position <= :visible
                        """)
                .param("position", position)
                .param("visible", growth.visible())
                .query((row, _) -> new Moment(position, recordedAt(row)))
                .optional()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "@"
                                        + position
                                        + " is beyond the newest position, "
                                        + newest()
                                        + "."));
    }

    /** Read off an index from its end: {@code max} with a condition would count through it. */
    private long newestAt(Instant instant) {
        return jdbc.sql(
                        """
                        select position
                        from log_entry
                        where recorded_at <= :knownAt
                        order by recorded_at desc, position desc
                        limit 1
                        """)
                .param("knownAt", timestamp(instant.truncatedTo(ChronoUnit.MILLIS)))
                .query(Long.class)
                .optional()
                .orElse(-1L);
    }

    /** The newest position that is stored, on the disk or not; -1 before the first. */
    public static long newest(JdbcClient jdbc) {
        return jdbc.sql("select coalesce(max(position), -1) from log_entry")
                .query(Long.class)
                .single();
    }

    /** The newest position; -1 before the first. */
    public long newest() {
        return jdbc.sql(
                        """
                        select position
                        from log_entry
                        where position <= :visible
                        order by position desc
                        limit 1
                        """)
                .param("visible", growth.visible())
                .query(Long.class)
                .optional()
                .orElse(-1L);
    }

    /** Whether the event stored last has its position; true while nothing is stored. */
    public boolean holdsNewestEvent() {
        return jdbc.sql(
                                """
                                select count(*)
                                from (
                                  select event_identifier
                                  from domain_event_entry
                                  order by global_index desc
                                  limit 1) newest
                                where not exists (
                                  select 1
                                  from log_entry l
                                  where l.event_id = newest.event_identifier
                                    and l.position <= :visible)
                                """)
                        .param("visible", growth.visible())
                        .query(Integer.class)
                        .single()
                == 0;
    }

    /**
     * The same of each of them, where none is being stored: one may come after another that has a
     * later place. Only counted, which the embedded database does without reading them.
     */
    public boolean holdsEveryEvent() {
        return holdsNewestEvent()
                && jdbc.sql(
                                        """
                                        select
                                          (select count(*) from domain_event_entry)
                                          - (select count(*) from log_entry)
                                        """)
                                .query(Long.class)
                                .single()
                        == 0;
    }

    /**
     * The newest position as soon as it is beyond {@code position}; after {@code atMost}, and when
     * the ledger is being closed, whatever it is then.
     */
    public long awaitBeyond(long position, Duration atMost) throws InterruptedException {
        return growth.await(position, atMost, this::newest);
    }

    /** The ledger is being closed: nobody waits for it to grow any more. */
    public void endWaiting() {
        growth.end();
    }

    public Optional<LogEntry> at(long position) {
        return jdbc.sql(
                        """
                        select *
                        from log_entry
                        where position = :position and position <= :visible
                        """)
                .param("position", position)
                .param("visible", growth.visible())
                .query(Log::entry)
                .optional();
    }

    /** Empty while it is stored but not yet in the log. */
    public OptionalLong positionOf(String eventId) {
        return jdbc.sql(
                        """
                        select position
                        from log_entry
                        where event_id = :eventId and position <= :visible
                        """)
                .param("eventId", eventId)
                .param("visible", growth.visible())
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /**
     * For the tree, which grows in the same transaction: whether or not the disk holds them yet.
     */
    List<LogEntry> stored(long fromPosition, int limit) {
        return jdbc.sql(
                        """
                        select *
                        from log_entry
                        where position >= :position
                        order by position
                        limit :limit
                        """)
                .param("position", fromPosition)
                .param("limit", limit)
                .query(Log::entry)
                .list();
    }

    /** Those after {@code position} in ascending order, at most {@code limit}. */
    public List<LogEntry> after(long position, int limit) {
        return jdbc.sql(
                        """
                        select *
                        from log_entry
                        where position > :position and position <= :visible
                        order by position
                        limit :limit
                        """)
                .param("visible", growth.visible())
                .param("position", position)
                .param("limit", limit)
                .query(Log::entry)
                .list();
    }

    /** The same with their events. */
    public List<Logged> read(long afterPosition, int limit) {
        return jdbc.sql(
                        """
                        select l.*, e.payload_type, e.payload
                        from log_entry l
                        join domain_event_entry e on e.event_identifier = l.event_id
                        where l.position > :position and l.position <= :visible
                        order by l.position
                        limit :limit
                        """)
                .param("visible", growth.visible())
                .param("position", afterPosition)
                .param("limit", limit)
                .query(Log::logged)
                .list();
    }

    /** Those of one agreement, after {@code afterSequence}. */
    public List<Logged> read(AgreementId agreementId, int afterSequence, int limit) {
        return select("l.*", agreementId, afterSequence, limit).query(Log::logged).list();
    }

    /** The same, with nothing of the log but their positions: all that a fold takes. */
    public List<PlacedEvent> events(AgreementId agreementId, int afterSequence, int limit) {
        return select("l.position", agreementId, afterSequence, limit)
                .query((row, _) -> new PlacedEvent(row.getLong("position"), event(row)))
                .list();
    }

    /** Ordered as the index is, or H2 would sort all that follow. */
    private JdbcClient.StatementSpec select(
            String columns, AgreementId agreementId, int afterSequence, int limit) {
        return jdbc.sql(
                        """
                        select %s, e.payload_type, e.payload
                        from log_entry l
                        join domain_event_entry e on %s
                        where l.agreement_id = :agreementId
                          and l.sequence > :sequence
                          and l.position <= :visible
                        order by l.agreement_id, l.sequence
                        limit :limit
                        """
                                .formatted(columns, IN_ITS_PLACE))
                .param("visible", growth.visible())
                .param("agreementId", agreementId.value())
                .param("sequence", afterSequence)
                .param("limit", limit);
    }

    /**
     * Reads a slice up to {@code through}, one agreement after the other, each in the order of its
     * sequences; within the caller's transaction, or else it is held in memory.
     */
    public void read(Slice slice, long through, Consumer<Logged> reader) {
        try (Stream<Logged> entries =
                jdbc
                        .sql(
                                """
                                select l.*, e.payload_type, e.payload
                                from log_entry l
                                join domain_event_entry e on\s\
                                """
                                        + IN_ITS_PLACE
                                        + " where "
                                        + slice.where("l.agreement_id")
                                        + " order by l.agreement_id, l.sequence")
                        .withFetchSize(FETCH)
                        .params(slice.params())
                        .query(Log::logged)
                        .stream()) {
            // A condition on the position would tempt the database to go through the whole log.
            entries.filter(entry -> entry.log().position() <= through).forEach(reader);
        }
    }

    /** Every agreement that there is an entry of, by id. */
    public List<AgreementId> agreements() {
        return jdbc
                .sql("select distinct agreement_id from log_entry")
                .query((row, _) -> new AgreementId(row.getString(1)))
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /** How many entries of that agreement are known up to that position. */
    public long count(AgreementId agreementId, long through) {
        return jdbc.sql(
                        """
                        select count(*)
                        from log_entry
                        where agreement_id = :agreementId
                          and position <= :through
                          and position <= :visible
                        """)
                .param("visible", growth.visible())
                .param("agreementId", agreementId.value())
                .param("through", through)
                .query(Long.class)
                .single();
    }

    private static Logged logged(ResultSet row, int number) throws SQLException {
        return new Logged(entry(row, number), event(row));
    }

    private static AgreementEvent event(ResultSet row) throws SQLException {
        return EventText.read(row.getString("payload_type"), row.getString("payload"));
    }

    private static LogEntry entry(ResultSet row, int number) throws SQLException {
        return new LogEntry(
                row.getLong("position"),
                row.getString("event_id"),
                new AgreementId(row.getString("agreement_id")),
                row.getInt("sequence"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                recordedAt(row),
                new Actor(row.getString("recorded_by"), row.getString("recorded_by_issuer")),
                row.getString("salt"),
                row.getString("entry_digest"),
                ImportedFrom.read(row.getString("imported_from")));
    }

    static Instant recordedAt(ResultSet row) throws SQLException {
        return row.getObject("recorded_at", OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
