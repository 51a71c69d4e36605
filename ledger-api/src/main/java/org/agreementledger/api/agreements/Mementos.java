package org.agreementledger.api.agreements;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementTurns;
import org.agreementledger.asof.AgreementTurns.Around;
import org.agreementledger.log.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of an agreement through time (RFC 7089). The agreement's own address is the
 * original resource and its TimeGate. A memento's address names a day and a position of the log, so
 * what it answers never changes; there is one for every day, and the TimeMap lists those on which
 * something turned, up to today: a memento is of the past.
 */
final class Mementos {

    private static final String TIMEMAP_TYPE = "application/link-format";

    /** RFC 1123 with two digits of the day, which Java's own leaves out. */
    private static final DateTimeFormatter MIDNIGHT =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu '00:00:00 GMT'", Locale.ENGLISH);

    private final AgreementTurns turns;
    private final AgreementId agreementId;
    private final Moment knownAt;
    private final View view;
    private final LocalDate today;

    Mementos(
            AgreementTurns turns, AgreementId agreementId, Moment knownAt, View view, Clock clock) {
        this.turns = turns;
        this.agreementId = agreementId;
        this.knownAt = knownAt;
        this.view = view;
        this.today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    static String datetime(LocalDate day) {
        return MIDNIGHT.format(day);
    }

    /** The state on a day to come may still turn out otherwise. */
    boolean isPast(LocalDate day) {
        return !day.isAfter(today);
    }

    /** The memento nearest to that day: none lies before the first turn, nor after today. */
    String nearest(LocalDate day) {
        LocalDate first = around(day).first();
        LocalDate nearest = first != null && day.isBefore(first) ? first : day;
        return memento(isPast(nearest) ? nearest : today, lastPosition());
    }

    /** For the original, and for the way from there to a memento. */
    String links() {
        return String.join(", ", original(), timemap("timemap", ""));
    }

    /** For a memento: also its neighbours. */
    String links(LocalDate day) {
        Around around = around(day);
        Map<LocalDate, List<String>> relations = new LinkedHashMap<>();
        relate(relations, "first", around.first());
        relate(relations, "prev", around.previous());
        relate(relations, "next", around.next());
        relate(relations, "last", around.last());
        long position = lastPosition();
        List<String> links = new ArrayList<>(List.of(original(), timemap("timemap", "")));
        relations.forEach((turn, names) ->
                links.add(link(turn, position, String.join(" ", names) + " memento")));
        return String.join(", ", links);
    }

    private static void relate(
            Map<LocalDate, List<String>> relations, String name, @Nullable LocalDate turn) {
        if (turn != null) {
            relations.computeIfAbsent(turn, _ -> new ArrayList<>()).add(name);
        }
    }

    /** RFC 7089, section 5: one memento per turn, the first one first. */
    String timeMap() {
        List<LocalDate> days = turns.until(agreementId, today, knownAt, view);
        long position = lastPosition();
        String span =
                days.isEmpty()
                        ? ""
                        : "; from=\"%s\"; until=\"%s\""
                                .formatted(datetime(days.getFirst()), datetime(days.getLast()));
        List<String> links = new ArrayList<>(List.of(original(), timemap("self", span)));
        for (int i = 0; i < days.size(); i++) {
            String first = i == 0 ? "first " : "";
            String last = i == days.size() - 1 ? "last " : "";
            links.add(link(days.get(i), position, first + last + "memento"));
        }
        return links.stream().collect(Collectors.joining(",\n", "", "\n"));
    }

    private Around around(LocalDate day) {
        return turns.around(agreementId, day, today, knownAt, view);
    }

    private long lastPosition() {
        return turns.lastPosition(agreementId, knownAt).orElseThrow();
    }

    private String original() {
        return "<%s%s>; rel=\"original timegate\"".formatted(path(), standing("?"));
    }

    private String timemap(String relation, String span) {
        return "<%s/timemap%s>; rel=\"%s\"; type=\"%s\"%s"
                .formatted(path(), standing("?"), relation, TIMEMAP_TYPE, span);
    }

    private String link(LocalDate day, long position, String relation) {
        return "<%s>; rel=\"%s\"; datetime=\"%s\""
                .formatted(memento(day, position), relation, datetime(day));
    }

    private String memento(LocalDate day, long position) {
        return path() + "?validOn=" + day + "&knownAt=@" + position + standing("&");
    }

    private String path() {
        return "/v1/agreements/" + agreementId;
    }

    private String standing(String separator) {
        return view == View.CONFIRMED ? "" : separator + "standing=" + view.slug();
    }
}
