package org.agreementledger.verify;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.search.Attribute;
import org.agreementledger.search.Criteria;
import org.agreementledger.search.EntryIndex;
import org.agreementledger.search.SearchNotReady;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks the search index for the entries of some agreements, and compares the positions with the
 * log. No more than that: the index is derived from the entries that are compared one by one, and
 * can be thrown away at any time.
 */
public final class SearchCheck {

    private static final int ASKED_MAX = 100;
    private static final int POSITIONS_MAX = 200;
    private static final long SEED = 20_190_722;

    private final JdbcClient jdbc;
    private final EntryIndex index;

    public SearchCheck(JdbcClient jdbc, EntryIndex index) {
        this.jdbc = jdbc;
        this.index = index;
    }

    /**
     * Returns how many agreements it was asked for: none where there is no index.
     *
     * @param only null for a seeded choice
     * @param through the last position to compare
     */
    long check(@Nullable AgreementId only, long through, Differences found) {
        if (through < 0 || !index.isThere()) {
            return 0;
        }
        List<Long> starts =
                only == null
                        ? new TreeSet<>(
                                        new Random(SEED)
                                                .longs(ASKED_MAX, 0, through + 1)
                                                .boxed()
                                                .toList())
                                .stream().toList()
                        : List.of(0L);
        try {
            return starts.stream().filter(start -> compare(only, start, through, found)).count();
        } catch (SearchNotReady e) {
            found.add(
                    Difference.of(
                            "search index",
                            "all",
                            "row",
                            "an answer",
                            String.valueOf(e.getMessage())));
            return 0;
        }
    }

    private boolean compare(
            @Nullable AgreementId only, long start, long through, Differences found) {
        String agreementId = only == null ? agreementAt(start) : only.value();
        if (agreementId == null) {
            return false;
        }
        List<Long> logged =
                jdbc.sql(
                                """
                                select position
                                from log_entry
                                where agreement_id = :agreementId
                                  and position >= :start and position <= :through
                                order by position
                                limit :limit
                                """)
                        .param("agreementId", agreementId)
                        .param("start", start)
                        .param("through", through)
                        .param("limit", POSITIONS_MAX)
                        .query(Long.class)
                        .list();
        Criteria ofAgreement =
                new Criteria(
                        Map.of(Attribute.AGREEMENT, agreementId), null, null, null, null, null);
        List<Long> indexed =
                index.positions(ofAgreement, start - 1, POSITIONS_MAX).stream()
                        .filter(position -> position <= through)
                        .toList();
        found.compare("search index", "agreement " + agreementId, "positions", logged, indexed);
        return true;
    }

    private @Nullable String agreementAt(long position) {
        return jdbc.sql("select agreement_id from log_entry where position = :position")
                .param("position", position)
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
