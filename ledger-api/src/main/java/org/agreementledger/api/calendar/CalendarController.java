package org.agreementledger.api.calendar;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.csv.DateColumns;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.upcoming.DateAnswer;
import org.agreementledger.upcoming.Upcoming;
import org.agreementledger.upcoming.Upcoming.Asked;
import org.agreementledger.upcoming.Upcoming.Place;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1")
class CalendarController {

    private static final MediaType CALENDAR =
            new MediaType("text", "calendar", StandardCharsets.UTF_8);
    private static final int YEARS_MAX = 100;

    /** A calendar has no pages. */
    private static final int EVENTS_MAX = 5_000;

    private final LedgerNode node;

    CalendarController(LedgerNode node) {
        this.node = node;
    }

    @GetMapping(
            path = "/upcoming",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                Form.CSV_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE
            })
    ResponseEntity<?> upcoming(
            @RequestParam(defaultValue = "today") LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable Age stale,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") Limit limit,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Asked asked = asked(from, to, agreement, party, stale, knownAt, standing);
        Place place = Cursor.read(after, request, Place::parse).orElse(Place.FIRST);
        List<DateAnswer> found = node.upcoming().dates(asked, place, limit.count() + 1);
        boolean more = found.size() > limit.count();
        List<DateAnswer> page = more ? found.subList(0, limit.count()) : found;
        return Listing.page(
                page,
                more ? Upcoming.place(page.getLast()) : null,
                Form.of(request),
                DateColumns.ALL,
                request);
    }

    @GetMapping(path = "/calendar.ics", produces = "text/calendar")
    ResponseEntity<String> calendar(
            @RequestParam(defaultValue = "today") LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable Age stale,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        Asked asked = asked(from, to, agreement, party, stale, knownAt, standing);
        List<DateAnswer> dates = node.upcoming().dates(asked, Place.FIRST, EVENTS_MAX + 1);
        if (dates.size() > EVENTS_MAX) {
            throw Rejected.parameter(
                    "to",
                    "A calendar takes at most "
                            + EVENTS_MAX
                            + " dates, and there are more until "
                            + asked.to()
                            + ". Ask for fewer days, one agreement or one party.");
        }
        return ResponseEntity.ok()
                .contentType(CALENDAR)
                .body(new IcsWriter(node.log()).calendar(dates));
    }

    private Asked asked(
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable AgreementId agreement,
            @Nullable OrganisationId party,
            @Nullable Age stale,
            Moment knownAt,
            View standing) {
        LocalDate last = to == null ? from.plusYears(1) : to;
        if (from.isAfter(last)) {
            throw Rejected.parameter("from", "from " + from + " is after to " + last + ".");
        }
        if (last.isAfter(from.plusYears(YEARS_MAX))) {
            throw Rejected.parameter(
                    "to",
                    "From " + from + " to " + last + " are more than " + YEARS_MAX + " years.");
        }
        if (agreement != null && node.terms().asOf(agreement, from, knownAt, standing).isEmpty()) {
            throw Rejected.notFound(
                    "There is no agreement "
                            + agreement
                            + ", as known at "
                            + knownAt.knownAt()
                            + ".");
        }
        return new Asked(
                from,
                last,
                agreement,
                party == null ? null : party.value(),
                stale == null ? null : stale.period(),
                knownAt,
                standing);
    }
}
