package org.agreementledger.api.series;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.search.Daily.Dated;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.series.Series;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Each answer is an array of flat rows, which charts take without being told where to look. */
@RestController
@RequestMapping(
        path = "/v1/series",
        produces = {
            MediaType.APPLICATION_JSON_VALUE,
            Form.CSV_VALUE,
            MediaType.APPLICATION_NDJSON_VALUE
        })
class SeriesController {

    private static final int ROWS_MAX = 10_000;

    private final LedgerNode node;

    SeriesController(LedgerNode node) {
        this.node = node;
    }

    @GetMapping
    ResponseEntity<?> counts(
            @RequestParam(required = false) Series.@Nullable By by,
            @RequestParam(defaultValue = "month") Series.Per per,
            @RequestParam(defaultValue = "occurred") Dated dated,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(defaultValue = "today") LocalDate to,
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable Kind kind,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) Effect.@Nullable Sum effect,
            @RequestParam(required = false) Verdict.@Nullable Finding verdict,
            @RequestParam(required = false) @Nullable TermKey term,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable Standing standing,
            @RequestParam(required = false) @Nullable String ref,
            @RequestParam(required = false) @Nullable SearchExpression q,
            @RequestParam(defaultValue = "now") Moment knownAt,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Series.Question question =
                new Series.Question(
                        by,
                        per,
                        dated,
                        from == null ? to.minusYears(1) : from,
                        to,
                        new EntryFilter(
                                agreement == null ? null : agreement.value(),
                                slug(kind),
                                party == null ? null : party.value(),
                                actor,
                                slug(effect),
                                slug(verdict),
                                term == null ? null : term.value(),
                                category,
                                slug(standing),
                                ref,
                                null,
                                null,
                                null,
                                null,
                                q),
                        knownAt);
        check(question);
        if (agreement != null && node.turns().lastPosition(agreement, knownAt).isEmpty()) {
            throw UnknownAgreement.at(agreement, knownAt);
        }
        Steps steps = new Steps(by);
        return Listing.array(
                () -> node.series().rows(question).stream().map(steps::row).toList(),
                steps.columns(),
                List.of(knownAt.position(), question.from(), to),
                request);
    }

    private static void check(Series.Question question) {
        if (question.from().isAfter(question.to())) {
            throw Rejected.parameter(
                    "from", "from " + question.from() + " is after to " + question.to() + ".");
        }
        if (question.rows() > ROWS_MAX) {
            throw Rejected.parameter(
                    "per",
                    "From %s to %s by %s are %,d rows, and a series has at most %,d. Ask for longer steps or fewer days."
                            .formatted(
                                    question.from(),
                                    question.to(),
                                    Slugs.of(question.per()),
                                    question.rows(),
                                    ROWS_MAX));
        }
    }

    @GetMapping("/constancy")
    ResponseEntity<?> constancy(
            @RequestParam(required = false) @Nullable AgreementId agreement,
            @RequestParam(required = false) @Nullable OrganisationId party,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        return Listing.array(
                () ->
                        summaries(agreement, party, validOn, knownAt, standing).stream()
                                .map(summary -> Constancy.of(summary, validOn))
                                .toList(),
                Constancy.COLUMNS,
                List.of(knownAt.position(), validOn),
                request);
    }

    private List<AgreementSummary> summaries(
            @Nullable AgreementId agreement,
            @Nullable OrganisationId party,
            LocalDate validOn,
            Moment knownAt,
            View view) {
        if (agreement != null) {
            AgreementSummary one =
                    node.terms()
                            .summary(agreement, validOn, knownAt, view)
                            .orElseThrow(() -> UnknownAgreement.at(agreement, knownAt));
            return Stream.of(one)
                    .filter(summary ->
                            party == null
                                    || summary.parties().stream()
                                            .anyMatch(it -> it.id().equals(party.value())))
                    .toList();
        }
        List<AgreementSummary> all =
                node.terms()
                        .list(
                                validOn,
                                knownAt,
                                view,
                                party == null ? null : party.value(),
                                null,
                                null,
                                null,
                                ROWS_MAX + 1);
        if (all.size() > ROWS_MAX) {
            throw Rejected.parameter(
                    "party",
                    "There are more than %,d agreements, and a series has at most so many rows. Ask for those of one party, or page through /v1/agreements."
                            .formatted(ROWS_MAX));
        }
        return all;
    }

    private static @Nullable String slug(@Nullable Enum<?> constant) {
        return constant == null ? null : Slugs.of(constant);
    }
}
