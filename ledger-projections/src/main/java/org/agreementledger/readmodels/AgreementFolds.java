package org.agreementledger.readmodels;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Entry;
import org.agreementledger.json.EntryJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The folds of agreements, from the entries that the read models hold. The newest ones are kept, by
 * number of entries; one that is asked for again is only folded on.
 */
public final class AgreementFolds {

    /** One takes about 3 KB; there is a cache for reading and one for writing. */
    private static final long ENTRIES_MAX = 50_000;

    private record Row(long position, Entry entry) {}

    private final JdbcClient jdbc;
    private final Cache<AgreementId, AgreementFold> newest =
            Caffeine.newBuilder()
                    .maximumWeight(ENTRIES_MAX)
                    .weigher((AgreementId _, AgreementFold fold) -> weight(fold))
                    .build();

    public AgreementFolds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One that is longer than all that is kept is kept all the same, or it would be read anew each
     * time.
     */
    private static int weight(AgreementFold fold) {
        return (int) Math.min(1L + fold.history().size(), ENTRIES_MAX / 2);
    }

    /** Everything known of the agreement at that position; empty where nothing is. */
    public AgreementFold at(AgreementId agreementId, long position) {
        AgreementFold fold = newest(agreementId);
        int before = fold.history().size();
        for (Row row : rowsAfter(agreementId, before)) {
            fold = fold.with(row.entry(), row.position());
        }
        if (fold.history().size() > before) {
            newest.put(agreementId, fold);
        }
        return fold.upTo(position);
    }

    private Iterable<Row> rowsAfter(AgreementId agreementId, int sequence) {
        return jdbc.sql(
                        """
                        select position, entry_json
                        from entry
                        where agreement_id = :agreementId
                          and sequence > :sequence
                        order by agreement_id, sequence
                        """)
                .param("agreementId", agreementId.value())
                .param("sequence", sequence)
                .query((row, _) ->
                        new Row(
                                row.getLong("position"),
                                EntryJson.stored(Json.object(row.getString("entry_json")))))
                .list();
    }

    /**
     * Takes a fold that the caller has carried on; the rows must follow in the same transaction.
     */
    void put(AgreementId agreementId, AgreementFold fold) {
        newest.put(agreementId, fold);
    }

    /** As far as it was folded before; empty where it was not. */
    AgreementFold newest(AgreementId agreementId) {
        AgreementFold fold = newest.getIfPresent(agreementId);
        return fold == null ? AgreementFold.EMPTY : fold;
    }

    public void clear() {
        newest.invalidateAll();
    }
}
