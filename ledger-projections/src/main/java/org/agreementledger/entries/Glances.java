package org.agreementledger.entries;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.entries.Glance.Mark;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at many agreements at once, and at few rows of each. */
final class Glances {

    private record Found(int contradicted, int reworded) {
        static final Found NOTHING = new Found(0, 0);

        Found plus(Found other) {
            return new Found(contradicted + other.contradicted, reworded + other.reworded);
        }
    }

    private final JdbcClient jdbc;

    Glances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, Glance> of(Map<String, Integer> newestSequences, int marks) {
        Map<String, List<Mark>> newest = newest(newestSequences, marks);
        Map<String, Found> open = open(newestSequences.keySet().toArray(String[]::new));
        Map<String, Glance> glances = new HashMap<>();
        newestSequences
                .keySet()
                .forEach(id -> {
                    Found found = open.getOrDefault(id, Found.NOTHING);
                    glances.put(
                            id,
                            new Glance(
                                    newest.getOrDefault(id, List.of()),
                                    found.contradicted(),
                                    found.reworded()));
                });
        return glances;
    }

    private Map<String, List<Mark>> newest(Map<String, Integer> newestSequences, int marks) {
        Map<String, List<Mark>> newest = new HashMap<>();
        jdbc.sql(
                        """
                        select e.agreement_id, e.sequence, e.kind, e.occurred_as_given, e.title,
                          e.standing, e.effect, e.corrected_by, e.withdrawn_by
                        from unnest(cast(:ids as varchar array), cast(:sequences as integer array))
                          as a (id, newest)
                        join entry e on e.agreement_id = a.id
                          and e.sequence between a.newest - :marks + 1 and a.newest
                        order by e.agreement_id, e.sequence
                        """)
                .param("ids", newestSequences.keySet().toArray(String[]::new))
                .param("sequences", newestSequences.values().toArray(Integer[]::new))
                .param("marks", marks)
                .query(row -> {
                    newest.computeIfAbsent(row.getString("agreement_id"), _ -> new ArrayList<>())
                            .add(
                                    new Mark(
                                            row.getInt("sequence"),
                                            row.getString("kind"),
                                            row.getString("occurred_as_given"),
                                            row.getString("title"),
                                            row.getString("standing"),
                                            row.getString("effect"),
                                            row.getInt("corrected_by") > 0,
                                            row.getInt("withdrawn_by") > 0));
                });
        return newest;
    }

    /**
     * What counts of an entry is the last word on it: its own, or that of its newest correction or
     * confirmation, which judged its claims anew.
     */
    private Map<String, Found> open(String[] ids) {
        Map<String, Found> open = new HashMap<>();
        jdbc.sql(
                        """
                        select v.agreement_id, v.verdict, count(*) as claims
                        from entry_verdict v
                        join entry e on e.position = v.position
                        where v.agreement_id = any(:ids)
                          and v.verdict in ('contradicted', 'reworded')
                          and e.kind not in ('correction', 'confirmation')
                          and e.corrected_by = 0 and e.withdrawn_by = 0 and e.confirmed_by = 0
                        group by v.agreement_id, v.verdict
                        union all
                        select v.agreement_id, v.verdict, count(*) as claims
                        from entry_verdict v
                        join entry e on e.position = v.position
                        join entry t on t.agreement_id = e.agreement_id
                          and e.sequence = greatest(t.corrected_by, t.confirmed_by)
                        where v.agreement_id = any(:ids)
                          and v.verdict in ('contradicted', 'reworded')
                          and e.kind in ('correction', 'confirmation')
                          and t.withdrawn_by = 0
                        group by v.agreement_id, v.verdict
                        """)
                .param("ids", ids)
                .query(row -> {
                    int claims = row.getInt("claims");
                    open.merge(
                            row.getString("agreement_id"),
                            row.getString("verdict").equals("contradicted")
                                    ? new Found(claims, 0)
                                    : new Found(0, claims),
                            Found::plus);
                });
        return open;
    }
}
