package org.agreementledger.asof;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is said, by the numbers that the columns give; those asked for last are kept. */
final class Wordings {

    /** In characters; one wording of a term takes some hundred. */
    private static final long CHARACTERS_MAX = Runtime.getRuntime().maxMemory() / 32;

    private static final long LINKS_MAX = 100_000;

    private final JdbcClient jdbc;
    private final Cache<Long, TermWording> terms =
            Caffeine.newBuilder()
                    .maximumWeight(CHARACTERS_MAX)
                    .weigher((Long _, TermWording wording) -> characters(wording))
                    .build();
    private final Cache<Long, EntryLink> entries =
            Caffeine.newBuilder().maximumSize(LINKS_MAX).build();

    Wordings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static int characters(TermWording wording) {
        return 500
                + wording.statement().length()
                + wording.quote().length()
                + wording.condition().length()
                + 2 * wording.content().length();
    }

    /** By key. */
    List<TermWording> terms(List<Long> ids) {
        return terms.getAll(ids, this::readTerms).values().stream()
                .sorted(Comparator.comparing(TermWording::key))
                .toList();
    }

    private Map<Long, TermWording> readTerms(Set<? extends Long> ids) {
        return jdbc
                .sql("select * from term_wording where id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, _) -> TermWording.read(row))
                .list()
                .stream()
                .collect(Collectors.toMap(TermWording::id, Function.identity()));
    }

    /** By the position of the entry that gave the words. */
    Map<Long, EntryLink> entries(Collection<Long> positions) {
        return entries.getAll(positions, this::readEntries);
    }

    private Map<Long, EntryLink> readEntries(Set<? extends Long> positions) {
        Map<Long, EntryLink> links = new HashMap<>();
        jdbc.sql("select * from entry_wording where position = any(:positions)")
                .param("positions", positions.toArray(Long[]::new))
                .query(row -> {
                    links.put(row.getLong("position"), EntryWording.readLink(row));
                });
        return links;
    }
}
