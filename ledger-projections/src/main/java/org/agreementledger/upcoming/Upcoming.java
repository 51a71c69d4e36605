package org.agreementledger.upcoming;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.readmodels.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the dates that matter from the versions of terms. */
public final class Upcoming {

    /** Where a page ended; the next one starts behind it. */
    public record Cursor(LocalDate on, String agreementId, String key, String what) {}

    /** A version is in force that was not, or not in these words, the day before. */
    private static final String STARTS =
            """
            select t.valid_from as on_day, 'starts' as what, t.valid_from as since,
              t.agreement_id, t.term_key, t.statement, t.value_json,
              t.set_sequence, t.set_position, t.set_kind, t.set_occurred_on, t.set_title
            from term_version t
            left join term_version b
              on b.agreement_id = t.agreement_id and b.standing = t.standing
              and b.term_key = t.term_key
              and b.known_from <= :known and :known < b.known_to
              and b.state = 'held'
              and b.valid_from < t.valid_from and t.valid_from <= b.valid_to
            where t.standing = :standing
              and t.known_from <= :known and :known < t.known_to
              and t.state = 'held'
              and t.valid_from between :from and :to
              and (b.content is null
                or b.content <> t.content
                  and not (t.action = 'disclose' and t.declared_on = t.valid_from))
            """;

    /** In force the day before, and no version of the key on that day. */
    private static final String ENDS =
            """
            select t.valid_to as on_day,
              case n.state when 'retired' then 'retires' when 'closed' then 'closes' else 'lapses' end as what,
              t.valid_to as since,
              t.agreement_id, t.term_key, t.statement, t.value_json,
              coalesce(n.set_sequence, t.set_sequence) as set_sequence,
              coalesce(n.set_position, t.set_position) as set_position,
              coalesce(n.set_kind, t.set_kind) as set_kind,
              coalesce(n.set_occurred_on, t.set_occurred_on) as set_occurred_on,
              coalesce(n.set_title, t.set_title) as set_title
            from term_version t
            left join term_version n
              on n.agreement_id = t.agreement_id and n.standing = t.standing
              and n.term_key = t.term_key
              and n.known_from <= :known and :known < n.known_to
              and n.valid_from <= t.valid_to and t.valid_to < n.valid_to
            where t.standing = :standing
              and t.known_from <= :known and :known < t.known_to
              and t.state = 'held'
              and t.valid_to between :from and :to
              and (n.state is null or n.state <> 'held')
            """;

    /** In force, and neither set nor upheld since {@code :silentSince}. */
    private static final String STALE =
            """
            select cast(:from as date) as on_day, 'stale' as what, s.last_word as since,
              s.agreement_id, s.term_key, s.statement, s.value_json,
              s.set_sequence, s.set_position, s.set_kind, s.set_occurred_on, s.set_title
            from (
              select t.*, greatest(%s, coalesce(
                (select max(m.occurred_on) from term_mark m
                  where m.agreement_id = t.agreement_id and m.standing = t.standing
                    and m.term_key = t.term_key and m.mark = 'affirmed'
                    and m.known_from <= :known and :known < m.known_to
                    and m.occurred_on between t.declared_on and :from), %s)) as last_word
              from term_version t
              where t.standing = :standing
                and t.known_from <= :known and :known < t.known_to
                and t.state = 'held'
                and t.valid_from <= :from and :from < t.valid_to
            ) s
            where s.last_word < :silentSince
            """;

    /** A year or a month counts as its first day. */
    private static final String SET_ON =
            "cast(t.set_occurred_on || substring('-01-01' from length(t.set_occurred_on) - 3) as date)";

    private final JdbcClient jdbc;

    public Upcoming(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By day, agreement and key; at most {@code limit} of those behind {@code after}. */
    public List<UpcomingDate> dates(UpcomingQuestion asked, @Nullable Cursor after, int limit) {
        List<String> dates = new ArrayList<>(List.of(STARTS, ENDS));
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> params = new HashMap<>();
        params.put("from", asked.from());
        params.put("to", asked.to());
        params.put("known", asked.knownAt().position());
        params.put("standing", asked.view().slug());
        params.put("limit", limit);
        if (asked.stale() != null) {
            dates.add(STALE.formatted(SET_ON, SET_ON));
            params.put("silentSince", asked.from().minus(asked.stale()));
        }
        if (asked.agreement() != null) {
            conditions.add("d.agreement_id = :agreement");
            params.put("agreement", asked.agreement());
        }
        if (asked.party() != null) {
            conditions.add("a.parties_json like :party");
            params.put("party", "%{\"id\":\"" + asked.party() + "\",%");
        }
        if (after != null) {
            conditions.add(
                    "(d.on_day, d.agreement_id, d.term_key, d.what) > (:afterDay, :afterAgreement, :afterKey, :afterWhat)");
            params.put("afterDay", after.on());
            params.put("afterAgreement", after.agreementId());
            params.put("afterKey", after.key());
            params.put("afterWhat", after.what());
        }
        return jdbc.sql(
                        """
                        select d.*, a.title, e.recorded_at
                        from (
                        %s
                        ) d
                        join agreement_version a
                          on a.agreement_id = d.agreement_id and a.standing = :standing
                          and a.known_from <= :known and :known < a.known_to
                          and a.valid_from <= d.on_day and d.on_day < a.valid_to
                        join entry e on e.position = d.set_position
                        where %s
                        order by d.on_day, d.agreement_id, d.term_key, d.what
                        fetch first :limit rows only
                        """
                                .formatted(
                                        String.join("union all\n", dates),
                                        String.join("\n  and ", conditions)))
                .params(params)
                .query((row, _) -> date(row))
                .list();
    }

    private static UpcomingDate date(ResultSet row) throws SQLException {
        String what = row.getString("what");
        String value = row.getString("value_json");
        return new UpcomingDate(
                row.getString("agreement_id"),
                row.getString("title"),
                row.getObject("on_day", LocalDate.class),
                what,
                what.equals("stale") ? row.getObject("since", LocalDate.class) : null,
                row.getString("term_key"),
                row.getString("statement"),
                value.isEmpty() ? null : Json.object(value),
                new EntryLink(
                        row.getInt("set_sequence"),
                        row.getLong("set_position"),
                        row.getString("set_kind"),
                        row.getString("set_occurred_on"),
                        row.getString("set_title")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant());
    }
}
