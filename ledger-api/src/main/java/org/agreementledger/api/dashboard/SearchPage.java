package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.agreementledger.agreement.View;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.EntryAnswer;
import org.agreementledger.entries.EntryFilter;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.search.SearchExpression;
import org.agreementledger.search.SearchNotReady;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Agreements and entries that say this: as a page, and while somebody types. */
@Controller
class SearchPage {

    private static final String WHILE_TYPING = "HX-Request";

    /** So many of each at most, while typing and on the page. */
    private static final int FEW = 6;

    private static final int MANY = 60;

    private static final Pattern ENDS_IN_A_WORD = Pattern.compile("[\\p{L}\\p{N}]{2}$");

    private final LedgerNode node;
    private final Clock clock;

    SearchPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * @param entries the newest first
     * @param more whether there are older ones
     * @param wrong why no entries were looked for; null where they were
     */
    record Found(
            List<AgreementSummary> agreements,
            List<EntryAnswer> entries,
            boolean more,
            @Nullable String wrong) {}

    @GetMapping("/search")
    String page(
            @RequestParam(defaultValue = "") String q,
            @RequestHeader(name = WHILE_TYPING, required = false) @Nullable String whileTyping,
            HttpServletResponse response,
            Model model) {
        boolean typing = whileTyping != null;
        model.addAttribute("q", q);
        if (!q.isBlank()) {
            model.addAttribute("found", found(q.strip(), typing ? FEW : MANY));
        }
        response.setHeader(HttpHeaders.VARY, WHILE_TYPING);
        return typing ? "search :: found" : "search";
    }

    private Found found(String q, int limit) {
        List<AgreementSummary> agreements =
                node.terms()
                        .list(
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                                node.readModels().resolve(new KnownAt.Now()),
                                View.CONFIRMED,
                                null,
                                q,
                                null,
                                null,
                                limit);
        SearchExpression expression;
        try {
            expression = expression(q);
        } catch (IllegalArgumentException e) {
            return new Found(agreements, List.of(), false, e.getMessage());
        }
        try {
            List<EntryAnswer> entries =
                    node.entries().newest(EntryFilter.ofWords(expression), limit + 1);
            return entries.size() > limit
                    ? new Found(agreements, entries.subList(0, limit), true, null)
                    : new Found(agreements, entries, false, null);
        } catch (SearchNotReady e) {
            return new Found(agreements, List.of(), false, e.getMessage());
        }
    }

    /** The last word may go on: who types sees what it may become. */
    private static SearchExpression expression(String q) {
        boolean quoted = q.chars().filter(c -> c == '"').count() % 2 == 1;
        return ENDS_IN_A_WORD.matcher(q).find() && !quoted
                ? unfinished(q)
                : new SearchExpression(q);
    }

    /** What cannot go on, such as a word with an apostrophe in it, is taken as it is. */
    private static SearchExpression unfinished(String q) {
        try {
            return new SearchExpression(q + "*");
        } catch (IllegalArgumentException _) {
            return new SearchExpression(q);
        }
    }
}
