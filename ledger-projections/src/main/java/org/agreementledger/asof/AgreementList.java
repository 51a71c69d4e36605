package org.agreementledger.asof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Party;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Tally;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists agreements as of one day and one moment, in one view. */
final class AgreementList {

    /** Read at a time where the first ones do not fill the page. */
    private static final int CANDIDATES = 500;

    private record Candidate(String id, String title, String partiesJson, String status) {
        List<Party> parties() {
            return Json.list(partiesJson, Party.class);
        }
    }

    private final JdbcClient jdbc;
    private final TermIndex index;
    private final LocalDate validOn;
    private final Moment knownAt;
    private final View view;

    AgreementList(JdbcClient jdbc, TermIndex index, LocalDate validOn, Moment knownAt, View view) {
        this.jdbc = jdbc;
        this.index = index;
        this.validOn = validOn;
        this.knownAt = knownAt;
        this.view = view;
    }

    List<AgreementSummary> page(
            @Nullable String party,
            @Nullable String text,
            @Nullable String term,
            @Nullable AgreementId after,
            int limit) {
        Set<String> withTerm = term == null ? Set.of() : withTerm(term);
        return summaries(
                first(
                        limit,
                        after == null ? "" : after.value(),
                        candidate ->
                                (term == null || withTerm.contains(candidate.id()))
                                        && (text == null || mentions(candidate, text))
                                        && (party == null || isParty(candidate, party))));
    }

    Optional<AgreementSummary> one(AgreementId id) {
        return summaries(candidates("agreement_id = :id", id.value(), 1)).stream().findFirst();
    }

    List<String> ids() {
        return first(Integer.MAX_VALUE, "", _ -> true).stream().map(Candidate::id).toList();
    }

    private List<Candidate> first(int limit, String after, Predicate<Candidate> fits) {
        List<Candidate> page = new ArrayList<>();
        for (List<Candidate> some = candidates(after, Math.min(limit, CANDIDATES));
                !some.isEmpty() && page.size() < limit;
                some = candidates(some.getLast().id(), CANDIDATES)) {
            some.stream().filter(fits).limit(limit - page.size()).forEach(page::add);
        }
        return page;
    }

    private List<Candidate> candidates(String after, int count) {
        return candidates("agreement_id > :id", after, count);
    }

    private List<Candidate> candidates(String which, String id, int count) {
        return jdbc.sql(
                        """
                        select agreement_id, title, parties_json, status
                        from agreement_version
                        where standing = :standing
                          and %s
                          and known_from <= :known and :known < known_to
                          and valid_from <= :validOn and :validOn < valid_to
                        order by standing, agreement_id
                        fetch first :limit rows only
                        """
                                .formatted(which))
                .param("standing", view.slug())
                .param("id", id)
                .param("known", knownAt.position())
                .param("validOn", validOn)
                .param("limit", count)
                .query((row, _) ->
                        new Candidate(
                                row.getString("agreement_id"),
                                row.getString("title"),
                                row.getString("parties_json"),
                                row.getString("status")))
                .list();
    }

    private static boolean isParty(Candidate candidate, String party) {
        return candidate.parties().stream().anyMatch(p -> p.id().equals(party));
    }

    private static boolean mentions(Candidate candidate, String text) {
        String lower = TermTable.lower(text);
        return candidate.id().contains(lower) || TermTable.lower(candidate.title()).contains(lower);
    }

    private Set<String> withTerm(String term) {
        int colon = term.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(
                    "'"
                            + term
                            + "' does not ask for a term; write key:value, like ip.license.exclusivity:false");
        }
        String said = TermTable.lower(term.substring(colon + 1).strip());
        return new TreeSet<>(
                jdbc.sql(
                                """
                                select distinct t.agreement_id
                                from term_said s
                                join term_version t on t.wording_id = s.wording_id
                                where s.term_key = :key
                                  and s.said_hash = :hash
                                  and s.said = :said
                                  and t.standing = :standing
                                  and t.known_from <= :known and :known < t.known_to
                                  and t.valid_from <= :validOn and :validOn < t.valid_to
                                  and t.state = 'held'
                                """)
                        .param("key", term.substring(0, colon))
                        .param("hash", said.hashCode())
                        .param("said", said)
                        .param("standing", view.slug())
                        .param("known", knownAt.position())
                        .param("validOn", validOn)
                        .query(String.class)
                        .list());
    }

    /** What the columns of an agreement come to. */
    private record Counts(
            int sequence,
            long position,
            int termsInForce,
            @Nullable LocalDate unchangedSince,
            Tally tally) {}

    private List<AgreementSummary> summaries(List<Candidate> page) {
        Map<String, Counts> counts = new HashMap<>();
        for (Candidate candidate : page) {
            counts(candidate).ifPresent(found -> counts.put(candidate.id(), found));
        }
        Map<Long, EntryLink> lastEntries =
                lastEntries(counts.values().stream().map(Counts::position).toList());
        return page.stream()
                .map(candidate -> {
                    Counts found = counts.get(candidate.id());
                    return new AgreementSummary(
                            candidate.id(),
                            candidate.title(),
                            candidate.parties(),
                            candidate.status(),
                            found.sequence(),
                            found.termsInForce(),
                            found.unchangedSince(),
                            lastEntries.get(found.position()),
                            found.tally().changes(),
                            found.tally().contradictions());
                })
                .toList();
    }

    private Optional<Counts> counts(Candidate candidate) {
        return index.ask(
                new AgreementId(candidate.id()),
                view,
                knownAt.position(),
                known ->
                        new Counts(
                                known.sequence(),
                                known.position(),
                                known.termsInForce(validOn),
                                known.unchangedSince(validOn),
                                known.tally()));
    }

    private Map<Long, EntryLink> lastEntries(List<Long> positions) {
        Map<Long, EntryLink> links = new HashMap<>();
        jdbc.sql(
                        """
                        select position, sequence, kind, entry_json
                        from entry
                        where position = any(:positions)
                        """)
                .param("positions", positions.toArray(Long[]::new))
                .query(row -> {
                    Map<String, Object> entry = Json.object(row.getString("entry_json"));
                    links.put(
                            row.getLong("position"),
                            new EntryLink(
                                    row.getInt("sequence"),
                                    row.getLong("position"),
                                    row.getString("kind"),
                                    (String) entry.get("occurredOn"),
                                    (String) entry.get("title")));
                });
        return links;
    }
}
