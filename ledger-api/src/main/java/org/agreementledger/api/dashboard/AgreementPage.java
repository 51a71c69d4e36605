package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.http.Framing;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.VersionsAnswer;
import org.agreementledger.entries.EntryMark;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** One agreement: what became of its terms, as a picture over time and as a table of any day. */
@Controller
class AgreementPage {

    private final LedgerNode node;
    private final Clock clock;

    AgreementPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * @param validOn null for the later of the two days, or for today where none are compared
     * @param from one of the two; which of them is the earlier does not matter
     * @param embed whatever it says, the page is shown without a way to anything but reading
     */
    @GetMapping("/agreements/{id}")
    String page(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable LocalDate validOn,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String embed,
            Model model,
            HttpServletResponse response) {
        boolean compares = from != null && to != null;
        LocalDate earlier = compares && to.isBefore(from) ? to : from;
        LocalDate later = compares && to.isBefore(from) ? from : to;
        LocalDate day = validOn != null ? validOn : compares ? later : today();
        Point point = Point.of(node, id, day, knownAt, standing);
        Moment now = now();
        VersionsAnswer everything = everything(id, now);
        List<EntryMark> entries = node.entries().marks(id, now.position());
        List<EntryMark> open = open(entries, standing);
        model.addAttribute("point", point);
        model.addAttribute("today", today());
        model.addAttribute(
                "agreement", node.terms().summary(id, today(), now, standing).orElseThrow());
        model.addAttribute("entries", entries);
        model.addAttribute("reworded", open.stream().mapToInt(EntryMark::reworded).sum());
        model.addAttribute("contradicted", open.stream().mapToInt(EntryMark::contradicted).sum());
        model.addAttribute("positions", steps(entries, EntryMark::position));
        model.addAttribute("recorded", steps(entries, entry -> entry.recordedAt().toEpochMilli()));
        model.addAttribute("state", TermsOnDay.find(node, point, null, Topics.of(everything)));
        board(model, point, timeLine(point, everything, entries));
        model.addAttribute(
                "report",
                compares ? ConstancyReport.find(node, point, earlier, later).orElse(null) : null);
        model.addAttribute("reloadable", true);
        model.addAttribute("embed", embed != null);
        if (embed != null) {
            Framing.byAnybody(response);
        }
        return "agreement";
    }

    /**
     * The terms of one day, for who has the rest of the page already.
     *
     * @param shown the day whose terms he has too: those that are the same come without words
     * @param shownAt at which he knew them so; null for the same moment
     */
    @GetMapping("/agreements/{id}/terms")
    String terms(
            @PathVariable AgreementId id,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestParam(required = false) @Nullable LocalDate shown,
            @RequestParam(required = false) @Nullable Moment shownAt,
            Model model) {
        Point point = Point.of(node, id, validOn, knownAt, standing);
        Point before =
                shown == null
                        ? null
                        : Point.of(node, id, shown, shownAt == null ? knownAt : shownAt, standing);
        model.addAttribute("point", point);
        model.addAttribute(
                "state", TermsOnDay.find(node, point, before, Topics.of(everything(id, now()))));
        return "agreement :: state";
    }

    /** The lanes and marks as known at another moment. */
    @GetMapping("/agreements/{id}/timeline")
    String timeLine(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            Model model) {
        Point point = Point.of(node, id, today(), knownAt, standing);
        model.addAttribute("point", point);
        board(model, point, timeLine(point));
        return "agreement :: board";
    }

    /** A picture of its own, which needs nothing else. */
    @GetMapping(path = "/agreements/{id}/timeline.svg", produces = "image/svg+xml")
    @ResponseBody
    String picture(
            @PathVariable AgreementId id,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        Point point = Point.of(node, id, validOn, knownAt, standing);
        AgreementSummary agreement =
                node.terms()
                        .summary(id, validOn, point.knownAt(), standing)
                        .orElseThrow(() -> UnknownAgreement.at(id, point.knownAt()));
        return TimeLineDrawing.picture(
                timeLine(point),
                agreement.title(),
                Shown.constancy(agreement, validOn),
                "%s · on %s, as known at %s, %s entries"
                        .formatted(id, validOn, point.knownAt().knownAt(), standing.slug()),
                validOn);
    }

    private static void board(Model model, Point point, TimeLine line) {
        model.addAttribute("line", line);
        model.addAttribute("axis", TimeLineDrawing.axis(line));
        model.addAttribute("marks", TimeLineDrawing.marks(line, point.id().value()));
        model.addAttribute("days", steps(line.days(), LocalDate::toEpochDay));
        model.addAttribute("turns", steps(line.turns(), LocalDate::toEpochDay));
    }

    private TimeLine timeLine(Point point) {
        Moment now = now();
        return timeLine(
                point,
                everything(point.id(), now),
                node.entries().marks(point.id(), now.position()));
    }

    /**
     * Its ends are those of all that is known now, so that it stays where it is when the moment
     * moves.
     *
     * @param entries all that are known now
     */
    private TimeLine timeLine(Point point, VersionsAnswer everything, List<EntryMark> entries) {
        List<LocalDate> days = new ArrayList<>(everything.days());
        entries.forEach(entry -> days.add(entry.occurredOn()));
        VersionsAnswer confirmed = versions(point, View.CONFIRMED);
        return TimeLine.of(
                Span.around(days, today()),
                Topics.of(everything),
                point.view() == View.CONFIRMED ? confirmed : versions(point, View.ALL),
                confirmed,
                entries.stream()
                        .filter(entry -> entry.position() <= point.knownAt().position())
                        .toList());
    }

    /** Every version that was ever told of. */
    private VersionsAnswer everything(AgreementId id, Moment now) {
        return node.terms()
                .versions(id, now, View.ALL)
                .orElseThrow(() -> UnknownAgreement.at(id, now));
    }

    /** Nothing, where the agreement was not known yet. */
    private VersionsAnswer versions(Point point, View view) {
        return node.terms()
                .versions(point.id(), point.knownAt(), view)
                .orElse(new VersionsAnswer(List.of(), List.of(), List.of()));
    }

    /** Claims that were found reworded or contradicted, by entries that still stand. */
    private static List<EntryMark> open(List<EntryMark> entries, View standing) {
        return entries.stream()
                .filter(entry -> entry.reworded() + entry.contradicted() > 0)
                .filter(entry -> entry.withdrawnBy() == 0 && entry.correctedBy() == 0)
                .filter(entry -> standing == View.ALL || !entry.isReported(entries.size()))
                .toList();
    }

    /** Each number as the step from the one before: the page needs many of them. */
    static <T> String steps(List<T> values, ToLongFunction<T> number) {
        long[] before = {0};
        return values.stream()
                .mapToLong(number)
                .mapToObj(value -> {
                    long step = value - before[0];
                    before[0] = value;
                    return Long.toString(step);
                })
                .collect(Collectors.joining(" "));
    }

    private Moment now() {
        return node.readModels().resolve(new KnownAt.Now());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
