package org.agreementledger.api.entries;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.Effect;
import org.agreementledger.agreement.Kind;
import org.agreementledger.agreement.Rule;
import org.agreementledger.agreement.Standing;
import org.agreementledger.agreement.Verdict;
import org.agreementledger.api.csv.EntryColumns;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.http.Limit;
import org.agreementledger.api.http.Listing;
import org.agreementledger.api.http.OrganisationId;
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
import org.springframework.web.HttpMediaTypeNotAcceptableException;
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

    @GetMapping(
            path = "/entries",
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                Form.CSV_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE
            })
    ResponseEntity<?> all(
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
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        checkOrder("occurred", occurredFrom, occurredTo);
        checkOrder("recorded", recordedFrom, recordedTo);
        return answer(
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
                after,
                limit,
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
            produces = {
                MediaType.APPLICATION_JSON_VALUE,
                Form.CSV_VALUE,
                MediaType.APPLICATION_NDJSON_VALUE
            })
    ResponseEntity<?> ofAgreement(
            @PathVariable AgreementId id,
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
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Limit limit,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        if (node.entries().entry(id, 1).isEmpty()) {
            throw unknown(id);
        }
        return all(
                id,
                kind,
                party,
                actor,
                effect,
                verdict,
                term,
                category,
                standing,
                ref,
                occurredFrom,
                occurredTo,
                recordedFrom,
                recordedTo,
                q,
                after,
                limit,
                request);
    }

    @GetMapping("/agreements/{id}/entries/{sequence}")
    EntryAnswer entry(@PathVariable AgreementId id, @PathVariable int sequence) {
        return node.entries()
                .entry(id, sequence)
                .or(() -> onItsWay(id, sequence))
                .orElseThrow(() -> noEntry(id, sequence));
    }

    /** In a replica: whoever was told of an entry by a node of the primary finds it here, too. */
    private Optional<EntryAnswer> onItsWay(AgreementId id, int sequence) {
        return node.isReplica()
                        && node.readModels().await(id, sequence, RecordController.SEEN_WITHIN)
                ? node.entries().entry(id, sequence)
                : Optional.empty();
    }

    /** The other forms are made to be taken whole, so they come whole where no limit is given. */
    private ResponseEntity<?> answer(
            EntryFilter filter,
            @Nullable String after,
            @Nullable Limit limit,
            HttpServletRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Form form = Form.of(request);
        long start = Cursor.read(after, request, Long::valueOf).orElse(-1L);
        if (limit == null && form != Form.JSON) {
            return WholeList.answer(node, filter, start, form, request);
        }
        Entries.Page page =
                node.entries().page(filter, start, limit == null ? Limit.OF_A_PAGE : limit.count());
        return Listing.page(page.items(), page.next(), form, EntryColumns.ALL, request);
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
            String range, @Nullable T from, @Nullable T to) {
        if (from != null && to != null && from.compareTo(to) > 0) {
            throw Rejected.parameter(
                    range + "From",
                    "%1$sFrom %2$s is after %1$sTo %3$s.".formatted(range, from, to));
        }
    }

    private static @Nullable String slug(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
