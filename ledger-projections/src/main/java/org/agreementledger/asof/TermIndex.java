package org.agreementledger.asof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.NewRows.End;
import org.agreementledger.asof.NewRows.Moved;
import org.agreementledger.asof.TermRow.State;
import org.agreementledger.readmodels.AgreementFold;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.readmodels.Tally;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keeps the columns of the agreements that are asked for, and carries them on when there are more
 * entries. Rows are only ever added or ended, so what was read stays right whoever wrote it, until
 * others are put in the place of the tables.
 */
final class TermIndex {

    /**
     * An eighth of the heap. An entry takes about 100 bytes in each view that is asked for: a
     * thousand agreements of a thousand entries fit into a heap of 1 GB.
     */
    private static final long BYTES_MAX = Runtime.getRuntime().maxMemory() / 8;

    /** What is read ahead leaves room for what is asked for meanwhile. */
    private static final double FULL = 0.9;

    private record Subject(AgreementId agreementId, View view) {}

    /**
     * @param reached the position up to which no entry is left to be read
     */
    private record Indexed(
            TermColumns columns, AtomicLong reached, ReadWriteLock lock, ReentrantLock carryingOn) {
        Indexed() {
            this(
                    new TermColumns(),
                    new AtomicLong(-1),
                    new ReentrantReadWriteLock(),
                    new ReentrantLock());
        }

        <T> T read(Function<TermColumns, T> question) {
            lock.readLock().lock();
            try {
                return question.apply(columns);
            } finally {
                lock.readLock().unlock();
            }
        }

        void add(NewRows rows) {
            lock.writeLock().lock();
            try {
                columns.add(rows);
            } finally {
                lock.writeLock().unlock();
            }
        }
    }

    private final JdbcClient jdbc;
    private final Cache<Subject, Indexed> indexes =
            Caffeine.newBuilder()
                    .maximumWeight(BYTES_MAX)
                    .weigher((Subject _, Indexed indexed) -> indexed.read(TermColumns::bytes))
                    .build();

    TermIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Empty where the agreement was not known at that position.
     *
     * @param position one that the read models hold
     */
    <T> Optional<T> ask(
            AgreementId agreementId,
            View view,
            long position,
            Function<TermColumns.Known, T> question) {
        Subject subject = new Subject(agreementId, view);
        Indexed indexed = indexes.get(subject, _ -> new Indexed());
        if (position > indexed.reached().get()) {
            carryOn(subject, indexed);
            indexed.reached().accumulateAndGet(position, Math::max);
        }
        return indexed.read(columns -> {
            int sequence = columns.sequenceAt(position);
            return sequence == 0
                    ? Optional.empty()
                    : Optional.of(question.apply(columns.new Known(sequence)));
        });
    }

    /**
     * Reads the columns of the agreements that were written last, so that the first question about
     * one does not wait for its rows; until those that are kept would make room for others.
     *
     * @param position one that the read models hold
     * @param goOn asked before each agreement
     */
    void readAhead(View view, long position, BooleanSupplier goOn) {
        for (String id : lastWritten()) {
            if (!goOn.getAsBoolean() || kept() > BYTES_MAX * FULL) {
                return;
            }
            ask(new AgreementId(id), view, position, _ -> id);
        }
    }

    private List<String> lastWritten() {
        return jdbc.sql(
                        """
                        select agreement_id
                        from entry
                        group by agreement_id
                        order by max(position) desc
                        """)
                .query(String.class)
                .list();
    }

    /** Others were put in the place of the tables: everything is read anew when it is asked for. */
    void forget() {
        indexes.invalidateAll();
    }

    private long kept() {
        return indexes.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /** Nobody who asks for what was read already waits meanwhile. */
    private void carryOn(Subject subject, Indexed indexed) {
        if (positionsAfter(subject, indexed).isEmpty()) {
            return;
        }
        indexed.carryingOn().lock();
        try {
            List<Long> positions = positionsAfter(subject, indexed);
            if (!positions.isEmpty()) {
                indexed.add(rows(subject, indexed.read(TermColumns::position), positions));
                indexes.asMap().replace(subject, indexed, indexed);
            }
        } finally {
            indexed.carryingOn().unlock();
        }
    }

    private List<Long> positionsAfter(Subject subject, Indexed indexed) {
        return jdbc.sql(
                        """
                        select position
                        from entry
                        where agreement_id = :agreementId
                          and sequence > :sequence
                        order by agreement_id, sequence
                        """)
                .param("agreementId", subject.agreementId().value())
                .param("sequence", indexed.read(TermColumns::sequence))
                .query(Long.class)
                .list();
    }

    /** An entry and the rows it moved are written in one transaction: who sees it sees them. */
    private NewRows rows(Subject subject, long after, List<Long> positions) {
        long through = positions.getLast();
        return new NewRows(
                positions,
                moved(
                        subject,
                        after,
                        through,
                        "term_version",
                        "id, term_key, state, valid_from, valid_to, wording_id, known_to",
                        (row, _) ->
                                new NewRows.Version(
                                        row.getLong("id"),
                                        row.getString("term_key"),
                                        State.of(row.getString("state")),
                                        day(row, "valid_from"),
                                        day(row, "valid_to"),
                                        row.getLong("wording_id"),
                                        row.getLong("known_to")),
                        NewRows.Version::id),
                moved(
                        subject,
                        after,
                        through,
                        "term_mark",
                        "id, term_key, mark, occurred_on, set_sequence, entry_wording, known_to",
                        (row, _) ->
                                new NewRows.Mark(
                                        row.getLong("id"),
                                        new MarkRow.Slot(
                                                row.getString("term_key"),
                                                MARKS.get(row.getString("mark"))),
                                        day(row, "occurred_on"),
                                        row.getInt("set_sequence"),
                                        row.getLong("entry_wording"),
                                        row.getLong("known_to")),
                        NewRows.Mark::id),
                moved(
                        subject,
                        after,
                        through,
                        "term_turn",
                        "id, turned_on, known_to",
                        (row, _) ->
                                new NewRows.Turn(
                                        row.getLong("id"),
                                        day(row, "turned_on"),
                                        row.getLong("known_to")),
                        NewRows.Turn::id),
                moved(
                        subject,
                        after,
                        through,
                        "agreement_version",
                        "id, valid_from, valid_to, title, parties_json, status, known_to",
                        (row, _) ->
                                new NewRows.Agreement(
                                        row.getLong("id"), agreement(row), row.getLong("known_to")),
                        NewRows.Agreement::id),
                between(
                                subject,
                                after,
                                through,
                                "agreement_tally",
                                "known_from, changes, contradictions",
                                "known_from",
                                (row, _) ->
                                        new NewRows.Counted(
                                                row.getLong("known_from"),
                                                new Tally(
                                                        row.getInt("changes"),
                                                        row.getInt("contradictions"))))
                        .stream()
                        .sorted(Comparator.comparingLong(NewRows.Counted::knownFrom))
                        .toList());
    }

    private static final Map<String, AgreementFold.Mark> MARKS =
            Map.of(
                    Slugs.of(AgreementFold.Mark.AFFIRMED), AgreementFold.Mark.AFFIRMED,
                    Slugs.of(AgreementFold.Mark.NOT_ADDRESSED), AgreementFold.Mark.NOT_ADDRESSED,
                    Slugs.of(AgreementFold.Mark.CONTESTED), AgreementFold.Mark.CONTESTED);

    static AgreementRow agreement(ResultSet row) throws SQLException {
        return new AgreementRow(
                row.getObject("valid_from", LocalDate.class),
                row.getObject("valid_to", LocalDate.class),
                row.getString("title"),
                Json.list(row.getString("parties_json"), Party.class),
                row.getString("status"));
    }

    private static int day(ResultSet row, String column) throws SQLException {
        return (int) row.getObject(column, LocalDate.class).toEpochDay();
    }

    private <T> Moved<T> moved(
            Subject subject,
            long after,
            long through,
            String table,
            String columns,
            RowMapper<T> started,
            ToLongFunction<T> id) {
        return new Moved<>(
                between(subject, after, through, table, columns, "known_from", started).stream()
                        .sorted(Comparator.comparingLong(id))
                        .toList(),
                after < 0
                        ? List.of()
                        : between(
                                        subject,
                                        after,
                                        through,
                                        table,
                                        "id, known_to",
                                        "known_to",
                                        (row, _) ->
                                                new End(row.getLong("id"), row.getLong("known_to")))
                                .stream()
                                .filter(end -> RowId.position(end.id()) <= after)
                                .toList());
    }

    private <T> List<T> between(
            Subject subject,
            long after,
            long through,
            String table,
            String columns,
            String bound,
            RowMapper<T> row) {
        return jdbc.sql(
                        """
                        select %1$s
                        from %2$s
                        where agreement_id = :agreementId
                          and standing = :standing
                          and %3$s > :after and %3$s <= :through
                        """
                                .formatted(columns, table, bound))
                .param("agreementId", subject.agreementId().value())
                .param("standing", subject.view().slug())
                .param("after", after)
                .param("through", through)
                .query(row)
                .list();
    }
}
