package org.agreementledger.api.agreements;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.csv.AgreementColumns;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.asof.TermAnswer;
import org.agreementledger.asof.TermHistoryAnswer;
import org.agreementledger.asof.TermsAnswer;
import org.agreementledger.constancy.ConstancyAnswer;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/agreements", produces = MediaType.APPLICATION_JSON_VALUE)
class AgreementsController {

    private final LedgerNode node;
    private final Clock clock;

    AgreementsController(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** A term that is in force with that statement or value: {@code cloud.api.exclusivity:true}. */
    record TermIs(String keyAndValue) {
        public TermIs {
            int colon = keyAndValue.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "'" + keyAndValue + "' has no colon; write key:value");
            }
            new TermKey(keyAndValue.substring(0, colon));
        }
    }

    @GetMapping(
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                Form.CSV_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE
            })
    ResponseEntity<?> list(
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable TermIs term,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Form form = Form.of(request);
        AgreementId start = Cursor.read(after, request, AgreementId::new).orElse(null);
        int most =
                limit != null
                        ? limit.count()
                        : form == Form.JSON ? Limit.OF_A_PAGE : Integer.MAX_VALUE;
        List<AgreementSummary> left =
                node.terms()
                        .list(
                                validOn,
                                knownAt,
                                standing,
                                party == null ? null : party.value(),
                                q,
                                term == null ? null : term.keyAndValue(),
                                start,
                                most == Integer.MAX_VALUE ? most : most + 1);
        boolean more = left.size() > most;
        List<AgreementSummary> page = more ? left.subList(0, most) : left;
        return Listing.page(
                page,
                more ? page.getLast().agreementId() : null,
                form,
                AgreementColumns.ALL,
                request);
    }

    /**
     * The original resource of RFC 7089, its own TimeGate, and its mementos. A reader of the past
     * is sent on (pattern 1.1), so that what comes back has an address that can be kept. An address
     * that names a day or a moment has chosen already: there {@code Accept-Datetime} has no say.
     */
    @GetMapping("/{id}")
    ResponseEntity<TermsAnswer> terms(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable LocalDate validOn,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            @RequestHeader(name = "Accept-Datetime", required = false)
                    @Nullable AcceptDatetime acceptDatetime,
            HttpServletRequest request) {
        Moment moment = knownAt == null ? node.readModels().resolve(new KnownAt.Now()) : knownAt;
        TermsAnswer answer =
                node.terms()
                        .asOf(id, validOn == null ? today() : validOn, moment, standing)
                        .orElseThrow(() -> unknown(id, moment));
        Mementos mementos = new Mementos(node.turns(), id, moment, standing, clock);
        if (validOn == null && knownAt == null) {
            ResponseEntity.BodyBuilder original =
                    acceptDatetime == null
                            ? ResponseEntity.ok()
                            : ResponseEntity.status(HttpStatus.FOUND)
                                    .header(
                                            HttpHeaders.LOCATION,
                                            mementos.nearest(acceptDatetime.day()));
            original.header(HttpHeaders.VARY, "Accept-Datetime")
                    .header(HttpHeaders.LINK, mementos.links());
            return acceptDatetime == null ? original.body(answer) : original.build();
        }
        if (isFixed(request) && mementos.isPast(answer.validOn())) {
            return ResponseEntity.ok()
                    .header("Memento-Datetime", Mementos.datetime(answer.validOn()))
                    .header(HttpHeaders.LINK, mementos.links(answer.validOn()))
                    .body(answer);
        }
        return ResponseEntity.ok().header(HttpHeaders.LINK, mementos.links()).body(answer);
    }

    /** Both axes are named, and neither moves on with the clock. */
    private static boolean isFixed(HttpServletRequest request) {
        String validOn = request.getParameter("validOn");
        String knownAt = request.getParameter("knownAt");
        return validOn != null
                && !validOn.equals("today")
                && knownAt != null
                && !knownAt.equals("now");
    }

    @GetMapping("/{id}/terms/{key}")
    TermAnswer term(
            @PathVariable AgreementId id,
            @PathVariable TermKey key,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        return node.terms()
                .term(id, key, validOn, knownAt, standing)
                .orElseThrow(() -> neverTold(id, key, knownAt, standing));
    }

    /** Both axes whole, so it takes no day and no moment. */
    @GetMapping("/{id}/terms/{key}/history")
    TermHistoryAnswer history(
            @PathVariable AgreementId id,
            @PathVariable TermKey key,
            @RequestParam(defaultValue = "confirmed") View standing) {
        return node.terms()
                .history(id, key, standing)
                .orElseThrow(() ->
                        neverTold(id, key, node.readModels().resolve(new KnownAt.Now()), standing));
    }

    @GetMapping("/{id}/constancy")
    ConstancyAnswer constancy(
            @PathVariable AgreementId id,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        if (from.isAfter(to)) {
            throw Rejected.parameter("from", "from " + from + " is after to " + to + ".");
        }
        return node.constancy()
                .between(id, from, to, knownAt, standing)
                .orElseThrow(() -> unknown(id, knownAt));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static Rejected unknown(AgreementId id, Moment knownAt) {
        return UnknownAgreement.at(id, knownAt);
    }

    private Rejected neverTold(AgreementId id, TermKey key, Moment knownAt, View standing) {
        return node.terms().asOf(id, today(), knownAt, standing).isEmpty()
                ? unknown(id, knownAt)
                : Rejected.notFound(
                        "Nothing is known of a term "
                                + key
                                + " in "
                                + id
                                + ", as known at "
                                + knownAt.knownAt()
                                + " ("
                                + standing.slug()
                                + ").");
    }
}
