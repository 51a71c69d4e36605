package org.agreementledger.api.entries;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Rule;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.http.Items;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.OrganisationId;
import org.agreementledger.api.http.Pages;
import org.agreementledger.api.problems.Problem;
import org.agreementledger.api.problems.ProblemType;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.entries.Entries;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.terms.TermKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class EntriesController {

    private final LedgerNode node;

    EntriesController(LedgerNode node) {
        this.node = node;
    }

    /** The position of the last entry that the reader has. */
    record Cursor(String text) {
        public Cursor {
            if (!text.matches("\\d{1,18}")) {
                throw new IllegalArgumentException(
                        "'"
                                + text
                                + "' is not a position; take the link to the next page as it is");
            }
        }

        static long position(@Nullable Cursor after) {
            return after == null ? -1 : Long.parseLong(after.text);
        }
    }

    @GetMapping(
            path = "/entries",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    ResponseEntity<Items<EntryAnswer>> all(
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
            @RequestParam(required = false) @Nullable LocalDate occurredFrom,
            @RequestParam(required = false) @Nullable LocalDate occurredTo,
            @RequestParam(required = false) @Nullable Instant recordedFrom,
            @RequestParam(required = false) @Nullable Instant recordedTo,
            @RequestParam(required = false) @Nullable SearchExpression q,
            @RequestParam(required = false) @Nullable Cursor after,
            @RequestParam(defaultValue = "100") Limit limit,
            HttpServletRequest request) {
        checkOrder("occurredFrom", occurredFrom, occurredTo);
        checkOrder("recordedFrom", recordedFrom, recordedTo);
        return answer(
                node.entries()
                        .page(
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
                                        occurredFrom,
                                        occurredTo,
                                        recordedFrom,
                                        recordedTo,
                                        q),
                                Cursor.position(after),
                                limit.count()),
                request);
    }

    @GetMapping("/entries/{position}")
    EntryAnswer at(@PathVariable long position) {
        return node.entries()
                .at(position)
                .orElseThrow(() ->
                        Rejected.notFound(
                                "There is no entry at position "
                                        + position
                                        + "; the newest is at "
                                        + node.log().newest()
                                        + "."));
    }

    @GetMapping(
            path = "/agreements/{id}/entries",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    ResponseEntity<Items<EntryAnswer>> ofAgreement(
            @PathVariable AgreementId id,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable SearchExpression q,
            @RequestParam(required = false) @Nullable Cursor after,
            @RequestParam(defaultValue = "100") Limit limit,
            HttpServletRequest request) {
        if (node.entries().entry(id, 1).isEmpty()) {
            throw unknown(id);
        }
        return answer(
                node.entries()
                        .page(
                                EntryFilter.ofAgreement(id.value()).with(category, q),
                                Cursor.position(after),
                                limit.count()),
                request);
    }

    @GetMapping("/agreements/{id}/entries/{sequence}")
    EntryAnswer entry(@PathVariable AgreementId id, @PathVariable int sequence) {
        return node.entries().entry(id, sequence).orElseThrow(() -> noEntry(id, sequence));
    }

    private static ResponseEntity<Items<EntryAnswer>> answer(
            Entries.Page page, HttpServletRequest request) {
        return Pages.answer(page.items(), page.next(), request);
    }

    private Rejected noEntry(AgreementId id, int sequence) {
        return node.entries().entry(id, 1).isEmpty()
                ? unknown(id)
                : Rejected.notFound("There is no entry " + sequence + " in " + id + ".");
    }

    private static Rejected unknown(AgreementId id) {
        return new Rejected(
                Problem.of(
                        ProblemType.of(Rule.AGREEMENT_UNKNOWN),
                        "There is no agreement " + id + "."));
    }

    private static <T extends Comparable<? super T>> void checkOrder(
            String name, @Nullable T from, @Nullable T to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw Rejected.parameter(name, name + " " + from + " is after " + to + ".");
        }
    }

    private static @Nullable String slug(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
