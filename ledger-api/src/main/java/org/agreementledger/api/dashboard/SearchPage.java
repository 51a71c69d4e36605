package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

    /** While typing so many of each; on the page ten times as many. */
    private static final int FEW = 6;

    /** A word may be unfinished only where nothing else follows, and no quotation mark is open. */
    private static final Pattern UNFINISHED =
            Pattern.compile("[^\"]*(\"[^\"]*\"[^\"]*)*[\\p{L}\\p{N}]{2}");

    private final LedgerNode node;
    private final Clock clock;

    SearchPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * @param wrong what is wrong with the expression; null where nothing is
     * @param more whether there are more than these
     */
    record Found(
            List<AgreementSummary> agreements,
            List<EntryAnswer> entries,
            @Nullable String wrong,
            boolean more) {

        static Found nothing(@Nullable String wrong) {
            return new Found(List.of(), List.of(), wrong, false);
        }
    }

    @GetMapping("/search")
    String page(
            @RequestParam(defaultValue = "") String q,
            @RequestHeader(name = WHILE_TYPING, required = false) @Nullable String whileTyping,
            HttpServletResponse response,
            Model model) {
        boolean typing = whileTyping != null;
        model.addAttribute("q", q);
        model.addAttribute("found", found(q, typing ? FEW : FEW * 10));
        response.setHeader(HttpHeaders.VARY, WHILE_TYPING);
        return typing ? "search :: found" : "search";
    }

    private Found found(String q, int limit) {
        if (q.isBlank()) {
            return Found.nothing(null);
        }
        List<AgreementSummary> agreements =
                node.terms()
                        .list(
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                                node.readModels().resolve(new KnownAt.Now()),
                                View.CONFIRMED,
                                null,
                                q.strip(),
                                null,
                                null,
                                limit);
        try {
            List<EntryAnswer> entries =
                    node.entries().newest(EntryFilter.ofWords(expression(q)), limit + 1);
            boolean more = entries.size() > limit;
            return new Found(agreements, more ? entries.subList(0, limit) : entries, null, more);
        } catch (IllegalArgumentException | SearchNotReady e) {
            return new Found(agreements, List.of(), e.getMessage(), false);
        }
    }

    /** Of the last word more may follow: who types sees what it may become. */
    private static SearchExpression expression(String q) {
        return unfinished(q).orElseGet(() -> new SearchExpression(q));
    }

    private static Optional<SearchExpression> unfinished(String q) {
        try {
            return UNFINISHED.matcher(q).matches()
                    ? Optional.of(new SearchExpression(q + "*"))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
