package org.agreementledger.api.calendar;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.api.http.Pages;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.upcoming.UpcomingDate;
import org.agreementledger.upcoming.UpcomingQuestion;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

@RestController
@RequestMapping("/v1")
class CalendarController {

    private static final Period WINDOW = Period.ofYears(1);
    private static final int WINDOW_YEARS_MAX = 100;

    /** A calendar is one answer; more dates than this are for the list, which pages. */
    private static final int EVENTS_MAX = 10_000;

    private final LedgerNode node;

    CalendarController(LedgerNode node) {
        this.node = node;
    }

    @GetMapping(
            path = "/upcoming",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    ResponseEntity<Items<UpcomingDate>> upcoming(
            @RequestParam(defaultValue = "today") LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable StaleAfter stale,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestParam(required = false) @Nullable PageEnd after,
            @RequestParam(defaultValue = "100") Limit limit,
            HttpServletRequest request) {
        List<UpcomingDate> found =
                node.upcoming()
                        .dates(
                                question(from, to, agreement, party, stale, knownAt, standing),
                                after == null ? null : after.cursor(),
                                limit.count() + 1);
        boolean more = found.size() > limit.count();
        List<UpcomingDate> page = more ? found.subList(0, limit.count()) : found;
        return Pages.answer(page, more ? PageEnd.of(page.getLast()) : null, request);
    }

    @GetMapping(path = "/calendar.ics", produces = "text/calendar")
    ResponseEntity<byte[]> calendar(
            @RequestParam(defaultValue = "today") LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable StaleAfter stale,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        return calendar(question(from, to, agreement, party, stale, knownAt, standing));
    }

    @GetMapping(path = "/agreements/{id}/calendar.ics", produces = "text/calendar")
    ResponseEntity<byte[]> calendarOf(
            @PathVariable AgreementId id,
            @RequestParam(defaultValue = "today") LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable StaleAfter stale,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        if (node.turns().lastPosition(id, knownAt).isEmpty()) {
            throw UnknownAgreement.at(id, knownAt);
        }
        return calendar(question(from, to, id, null, stale, knownAt, standing));
    }

    private ResponseEntity<byte[]> calendar(UpcomingQuestion question) {
        List<UpcomingDate> dates = node.upcoming().dates(question, null, EVENTS_MAX + 1);
        if (dates.size() > EVENTS_MAX) {
            throw Rejected.parameter(
                    "to",
                    "There are more than %d dates from %s to %s; ask for fewer days, or for one agreement. /v1/upcoming pages through all."
                            .formatted(EVENTS_MAX, question.from(), question.to()));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/calendar;charset=utf-8"))
                .body(
                        CalendarFile.of(
                                dates,
                                ServletUriComponentsBuilder.fromCurrentContextPath()
                                        .build()
                                        .toUriString()));
    }

    private static UpcomingQuestion question(
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable AgreementId agreement,
            @Nullable OrganisationId party,
            @Nullable StaleAfter stale,
            Moment knownAt,
            View standing) {
        LocalDate last = to == null ? from.plus(WINDOW) : to;
        if (from.isAfter(last)) {
            throw Rejected.parameter("from", "from " + from + " is after to " + last + ".");
        }
        if (last.isAfter(from.plusYears(WINDOW_YEARS_MAX))) {
            throw Rejected.parameter(
                    "to",
                    "to %s is more than %d years after from %s."
                            .formatted(last, WINDOW_YEARS_MAX, from));
        }
        return new UpcomingQuestion(
                from,
                last,
                agreement == null ? null : agreement.value(),
                party == null ? null : party.value(),
                stale == null ? null : stale.period(),
                knownAt,
                standing);
    }
}
