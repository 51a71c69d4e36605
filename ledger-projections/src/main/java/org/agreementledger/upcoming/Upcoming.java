package org.agreementledger.upcoming;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.AgreementTerms;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.asof.TermsAnswer.EntryLink;
import org.agreementledger.asof.TermsAnswer.HeldTerm;
import org.agreementledger.log.Moment;
import org.agreementledger.readmodels.Json;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.time.Day;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the days that matter: on which terms start, change or end, or are left unconfirmed. */
public final class Upcoming {

    /**
     * @param from the first day, on which terms may be stale, too
     * @param to the last day
     * @param agreement null for all
     * @param party an organisation that is party on {@code from}; null for all
     * @param stale how long the last word on a term may be ago; null where nobody asks
     */
    public record Asked(
            LocalDate from,
            LocalDate to,
            @Nullable AgreementId agreement,
            @Nullable String party,
            @Nullable Period stale,
            Moment knownAt,
            View view) {}

    /**
     * A day's place in the answer: terms that are stale come first, by agreement; then days.
     *
     * @param on {@link LocalDate#MIN} for what is stale
     */
    public record Place(LocalDate on, String agreementId, String key) implements Comparable<Place> {

        public static final Place FIRST = new Place(LocalDate.MIN, "", "");

        /**
         * What {@link #toString} wrote.
         *
         * @throws IllegalArgumentException for anything else
         */
        public static Place parse(String text) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("'" + text + "' is no place among days");
            }
            LocalDate on =
                    parts[0].equals(LocalDate.MIN.toString())
                            ? LocalDate.MIN
                            : Day.parse(parts[0]).inRange().date();
            return new Place(on, parts[1], parts[2]);
        }

        @Override
        public String toString() {
            return on + " " + agreementId + " " + key;
        }

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::on)
                        .thenComparing(Place::agreementId)
                        .thenComparing(Place::key);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private static final String STALE = Slugs.of(What.STALE);

    /** Read at a time: some days on which a term ends are none on which it was in force. */
    private static final int CANDIDATES = 500;

    private final JdbcClient jdbc;
    private final AgreementTerms terms;

    public Upcoming(JdbcClient jdbc, AgreementTerms terms) {
        this.jdbc = jdbc;
        this.terms = terms;
    }

    /** In order, at most {@code limit}, those after that place. */
    public List<DateAnswer> dates(Asked asked, Place after, int limit) {
        List<DateAnswer> found = new ArrayList<>();
        if (asked.stale() != null && after.on().equals(LocalDate.MIN)) {
            found.addAll(stale(asked, asked.stale(), after, limit));
        }
        if (found.size() < limit) {
            turns(asked, after, limit, found);
        }
        return found;
    }

    /**
     * The next days of each of these agreements, by id, at most {@code each}. The days of all are
     * gone through once, however many are asked for.
     */
    public Map<String, List<DateAnswer>> next(Asked asked, Set<String> agreementIds, int each) {
        Map<String, List<DateAnswer>> next = new HashMap<>();
        Place last = Place.FIRST;
        List<Place> some;
        do {
            some = places(asked, last);
            for (Place place : some) {
                last = place;
                String id = place.agreementId();
                if (agreementIds.contains(id) && next.getOrDefault(id, List.of()).size() < each) {
                    turn(asked, place)
                            .ifPresent(date ->
                                    next.computeIfAbsent(id, _ -> new ArrayList<>()).add(date));
                }
            }
        } while (some.size() == CANDIDATES);
        return next;
    }

    // ---- days on which something begins or ends

    private void turns(Asked asked, Place after, int limit, List<DateAnswer> found) {
        Predicate<String> wanted = wanted(asked);
        Place last = after;
        List<Place> some;
        do {
            some = places(asked, last);
            for (Place place : some) {
                last = place;
                if (wanted.test(place.agreementId())) {
                    turn(asked, place).ifPresent(found::add);
                }
                if (found.size() == limit) {
                    return;
                }
            }
        } while (some.size() == CANDIDATES);
    }

    private Predicate<String> wanted(Asked asked) {
        if (asked.party() == null) {
            return _ -> true;
        }
        Set<String> ids = new HashSet<>();
        ofParty(asked, asked.party()).forEach(agreement -> ids.add(agreement.agreementId()));
        return ids::contains;
    }

    private List<AgreementSummary> ofParty(Asked asked, @Nullable String party) {
        return terms.list(
                asked.from(),
                asked.knownAt(),
                asked.view(),
                party,
                null,
                null,
                null,
                Integer.MAX_VALUE);
    }

    private List<Place> places(Asked asked, Place after) {
        String bounded =
                """
                  from term_version
                  where standing = :standing
                    and %1$s between :from and :to
                    and valid_from < valid_to
                    and known_from <= :known and :known < known_to
                    and (%1$s > :on or %1$s = :on
                      and (agreement_id > :agreementId or agreement_id = :agreementId and term_key > :key))
                """
                        + (asked.agreement() == null ? "" : "  and agreement_id = :only\n");
        return jdbc.sql(
                        "select valid_from as turns_on, agreement_id, term_key\n"
                                + bounded.formatted("valid_from")
                                + "union\nselect valid_to, agreement_id, term_key\n"
                                + bounded.formatted("valid_to")
                                + """
                                order by turns_on, agreement_id, term_key
                                fetch first :count rows only
                                """)
                .param("standing", asked.view().slug())
                .param("known", asked.knownAt().position())
                .param("from", asked.from())
                .param("to", asked.to())
                .param(
                        "on",
                        after.on().isBefore(asked.from()) ? asked.from().minusDays(1) : after.on())
                .param("agreementId", after.agreementId())
                .param("key", after.key())
                .param("only", asked.agreement() == null ? "" : asked.agreement().value())
                .param("count", CANDIDATES)
                .query((row, _) ->
                        new Place(
                                row.getObject("turns_on", LocalDate.class),
                                row.getString("agreement_id"),
                                row.getString("term_key")))
                .list();
    }

    /** What prevails on a term until a day, or from it on. */
    private record Side(
            boolean begins,
            String title,
            String state,
            String action,
            String statement,
            String value,
            EntryLink setBy) {

        boolean isHeld() {
            return state.equals("held");
        }
    }

    /** Empty where the term is in force neither before nor on that day. */
    private Optional<DateAnswer> turn(Asked asked, Place place) {
        List<Side> sides = sides(asked, place);
        Optional<Side> before =
                sides.stream().filter(side -> !side.begins() && side.isHeld()).findFirst();
        Optional<Side> after = sides.stream().filter(Side::begins).findFirst();
        Optional<Side> held = after.filter(Side::isHeld);
        return held.or(() -> before)
                .map(shown ->
                        new DateAnswer(
                                place.agreementId(),
                                shown.title(),
                                place.on(),
                                Slugs.of(what(before.isPresent(), after)),
                                place.key(),
                                shown.statement(),
                                shown.value().isEmpty() ? null : Json.object(shown.value()),
                                null,
                                shown.setBy(),
                                held.isPresent() ? null : after.map(Side::setBy).orElse(null)));
    }

    private static What what(boolean wasHeld, Optional<Side> after) {
        if (after.isEmpty()) {
            return What.LAPSES;
        }
        return switch (after.get().state()) {
            case "retired" -> What.RETIRES;
            case "closed" -> What.CLOSES;
            default ->
                    !wasHeld
                            ? What.STARTS
                            : after.get().action().equals("disclose")
                                    ? What.DISCLOSED
                                    : What.CHANGES;
        };
    }

    private List<Side> sides(Asked asked, Place place) {
        return jdbc.sql(
                        """
                        select t.valid_from, t.state, w.action, w.statement, w.value_json, a.title,
                          l.set_sequence, l.set_position, l.set_kind, l.set_occurred_on, l.set_title
                        from term_version t
                        join term_wording w on w.id = t.wording_id
                        join entry_wording l on l.position = w.worded_at
                        join agreement_version a
                          on a.standing = t.standing and a.agreement_id = t.agreement_id
                          and a.known_from <= :known and :known < a.known_to
                          and a.valid_from <= :on and :on < a.valid_to
                        where t.agreement_id = :agreementId
                          and t.term_key = :key
                          and t.standing = :standing
                          and (t.valid_from = :on or t.valid_to = :on)
                          and t.valid_from < t.valid_to
                          and t.known_from <= :known and :known < t.known_to
                        """)
                .param("standing", asked.view().slug())
                .param("known", asked.knownAt().position())
                .param("agreementId", place.agreementId())
                .param("key", place.key())
                .param("on", place.on())
                .query((row, _) -> side(row, place.on()))
                .list();
    }

    private static Side side(ResultSet row, LocalDate on) throws SQLException {
        return new Side(
                row.getObject("valid_from", LocalDate.class).equals(on),
                row.getString("title"),
                row.getString("state"),
                row.getString("action"),
                row.getString("statement"),
                row.getString("value_json"),
                new EntryLink(
                        row.getInt("set_sequence"),
                        row.getLong("set_position"),
                        row.getString("set_kind"),
                        row.getString("set_occurred_on"),
                        row.getString("set_title")));
    }

    // ---- terms that nobody has spoken of for long

    private List<DateAnswer> stale(Asked asked, Period period, Place after, int limit) {
        return ofParty(asked, asked.party()).stream()
                .sorted(Comparator.comparing(AgreementSummary::agreementId))
                .filter(agreement ->
                        asked.agreement() == null
                                || agreement.agreementId().equals(asked.agreement().value()))
                .filter(agreement -> agreement.agreementId().compareTo(after.agreementId()) >= 0)
                .flatMap(
                        agreement -> stale(asked, period, new AgreementId(agreement.agreementId())))
                .filter(date ->
                        new Place(LocalDate.MIN, date.agreementId(), date.key()).compareTo(after)
                                > 0)
                .limit(limit)
                .toList();
    }

    private Stream<DateAnswer> stale(Asked asked, Period period, AgreementId agreementId) {
        return terms.asOf(agreementId, asked.from(), asked.knownAt(), asked.view()).stream()
                .flatMap(answer ->
                        answer.terms().stream()
                                .map(term -> stale(answer, term, period))
                                .filter(date -> !date.on().isAfter(asked.from())));
    }

    private static DateAnswer stale(TermsAnswer agreement, HeldTerm term, Period period) {
        LocalDate lastWord = lastWord(term);
        return new DateAnswer(
                agreement.agreementId(),
                agreement.title(),
                lastWord.plus(period),
                STALE,
                term.key(),
                term.statement(),
                term.value(),
                lastWord,
                term.setBy(),
                null);
    }

    /** The day on which somebody last set the term or rightly said that it stands. */
    private static LocalDate lastWord(HeldTerm term) {
        return Stream.of(Optional.of(term.setBy()), Optional.ofNullable(term.affirmedBy()))
                .flatMap(Optional::stream)
                .map(link -> Day.parse(link.occurredOn()).date())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The place of a date that was answered, to go on after it. */
    public static Place place(DateAnswer date) {
        return new Place(
                date.what().equals(STALE) ? LocalDate.MIN : date.on(),
                date.agreementId(),
                date.key());
    }
}
