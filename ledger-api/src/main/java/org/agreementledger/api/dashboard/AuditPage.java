package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.View;
import org.agreementledger.api.entries.WholeList;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.api.http.Form;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.Entries;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.convert.ConversionService;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriComponentsBuilder;

/** The audit queries as a form; the address is the query. */
@Controller
class AuditPage {

    private static final String PAGE = "/audit";
    private static final String CSV = "/audit.csv";
    private static final String NDJSON = "/audit.ndjson";

    private static final int SUGGESTED_MAX = 100;

    private final LedgerNode node;
    private final Clock clock;
    private final ConversionService types;

    AuditPage(
            LedgerNode node,
            Clock clock,
            @Qualifier("mvcConversionService") ConversionService types) {
        this.node = node;
        this.clock = clock;
        this.types = types;
    }

    /**
     * The parameters are declared so that no other is let through, and read as text: what is wrong
     * with one is told at its field. The same comes as a file, because a link cannot say what it
     * accepts.
     */
    @GetMapping({PAGE, CSV, NDJSON})
    Object page(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String agreement,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String effect,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String standing,
            @RequestParam(required = false) @Nullable String party,
            @RequestParam(required = false) @Nullable String term,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String ref,
            @RequestParam(required = false) @Nullable String occurredFrom,
            @RequestParam(required = false) @Nullable String occurredTo,
            @RequestParam(required = false) @Nullable String recordedFrom,
            @RequestParam(required = false) @Nullable String recordedTo,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            HttpServletResponse response) {
        Map<String, String> given = new HashMap<>();
        request.getParameterMap().forEach((name, values) -> given.put(name, values[0]));
        AuditQuery query = AuditQuery.read(given, types);
        return switch (request.getServletPath()) {
            case CSV -> file(query, Form.CSV, request, response);
            case NDJSON -> file(query, Form.NDJSON, request, response);
            default -> page(query, given, after, request);
        };
    }

    private Object file(
            AuditQuery query, Form form, HttpServletRequest request, HttpServletResponse response) {
        query.errors()
                .forEach((name, error) -> {
                    throw Rejected.parameter(name, name + ": " + error);
                });
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=entries." + (form == Form.CSV ? "csv" : "ndjson"));
        return WholeList.answer(node, query.filter(), -1, form, request);
    }

    private Object page(
            AuditQuery query,
            Map<String, String> given,
            @Nullable String after,
            HttpServletRequest request) {
        Map<String, String> asked = new LinkedHashMap<>(query.typed());
        if (after != null && !after.isEmpty()) {
            asked.put("after", after);
        }
        // A form sends its empty fields, too, and moments without a zone; the address has neither.
        if (!asked.equals(given)) {
            return new RedirectView(address(PAGE, asked));
        }
        Moment now = node.readModels().resolve(new KnownAt.Now());
        Map<String, Object> model = new HashMap<>();
        model.put("query", query);
        model.put("fields", AuditQuery.FIELDS);
        model.put("agreements", agreements(now));
        model.put("position", now.position());
        model.put("reloadable", true);
        if (!query.errors().isEmpty()) {
            return new ModelAndView("audit", model, HttpStatus.BAD_REQUEST);
        }
        long start = Cursor.read(after, request, Long::valueOf).orElse(-1L);
        Entries.Page page = node.entries().page(query.filter(), start, query.limit());
        model.put("entries", page.items());
        model.put("first", after == null ? null : address(PAGE, query.typed()));
        if (page.next() != null) {
            asked.put("after", Cursor.after(page.next(), request));
            model.put("next", address(PAGE, asked));
        }
        Map<String, String> whole = new LinkedHashMap<>(query.typed());
        whole.remove("limit");
        model.put("csv", address(CSV, whole));
        model.put("ndjson", address(NDJSON, whole));
        return new ModelAndView("audit", model);
    }

    private List<AgreementSummary> agreements(Moment now) {
        return node.terms()
                .list(
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                        now,
                        View.CONFIRMED,
                        null,
                        null,
                        null,
                        null,
                        SUGGESTED_MAX);
    }

    private static String address(String path, Map<String, String> asked) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        asked.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(asked).toUriString();
    }
}
