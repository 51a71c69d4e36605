package org.agreementledger.asof;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the days on which anything but a disclosure altered the terms or the parties. */
public final class AgreementTurns {

    /**
     * The turns around a day; null where there is none.
     *
     * @param previous the last one before the day
     * @param next the first one after it
     */
    public record Around(
            @Nullable LocalDate first,
            @Nullable LocalDate previous,
            @Nullable LocalDate next,
            @Nullable LocalDate last) {}

    private static final String TURNS =
            """
            from term_turn
            where agreement_id = :agreementId
              and standing = :standing
              and known_from <= :known and :known < known_to
              and turned_on <= :until
            """;

    private final JdbcClient jdbc;

    public AgreementTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Up to and including {@code until}, ascending, each day once. */
    public List<LocalDate> until(
            AgreementId agreementId, LocalDate until, Moment knownAt, View view) {
        return jdbc.sql("select distinct turned_on\n" + TURNS + "order by turned_on")
                .params(params(agreementId, until, knownAt, view))
                .query(LocalDate.class)
                .list();
    }

    /** Those around {@code day} of the days up to and including {@code until}. */
    public Around around(
            AgreementId agreementId, LocalDate day, LocalDate until, Moment knownAt, View view) {
        return jdbc.sql(
                        "select (%s) as first_turn, (%s) as previous_turn, (%s) as next_turn, (%s) as last_turn"
                                .formatted(
                                        one("", "asc"),
                                        one("and turned_on < :day", "desc"),
                                        one("and turned_on > :day", "asc"),
                                        one("", "desc")))
                .params(params(agreementId, until, knownAt, view))
                .param("day", day)
                .query((row, _) ->
                        new Around(
                                day(row, "first_turn"),
                                day(row, "previous_turn"),
                                day(row, "next_turn"),
                                day(row, "last_turn")))
                .single();
    }

    private static String one(String condition, String order) {
        return "select turned_on\n%s%s\norder by turned_on %s\nfetch first 1 row only"
                .formatted(TURNS, condition, order);
    }

    private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    private static Map<String, Object> params(
            AgreementId agreementId, LocalDate until, Moment knownAt, View view) {
        return Map.of(
                "agreementId", agreementId.value(),
                "standing", view.slug(),
                "known", knownAt.position(),
                "until", until);
    }

    /**
     * The same moment for this agreement, as early as it can be named: the position of its last
     * entry known then. Later moments of a busy ledger thus share one address. Empty where the
     * agreement is not known then.
     */
    public Optional<Long> lastPosition(AgreementId agreementId, Moment knownAt) {
        return jdbc.sql(
                        """
                        select position
                        from entry
                        where agreement_id = :agreementId
                          and position <= :known
                        order by sequence desc
                        fetch first 1 row only
                        """)
                .param("agreementId", agreementId.value())
                .param("known", knownAt.position())
                .query(Long.class)
                .optional();
    }
}
