package org.agreementledger.api.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.http.Cursor;
import org.agreementledger.asof.AgreementSummary;
import org.agreementledger.entries.Glance;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.upcoming.DateAnswer;
import org.agreementledger.upcoming.Upcoming;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** All agreements, and whether their terms changed. */
@Controller
class LedgerPage {

    private static final int OF_A_PAGE = 24;
    private static final int MARKS = 12;

    /** How far ahead a term that starts or lapses does so soon. */
    private static final int SOON_DAYS = 90;

    private static final int SOON_MAX = 3;

    private final LedgerNode node;
    private final Clock clock;

    LedgerPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /**
     * @param soon the next days on which a term starts or ends
     */
    record Card(AgreementSummary agreement, Glance glance, List<DateAnswer> soon) {}

    @GetMapping("/")
    String page(
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            Model model) {
        LocalDate today = today();
        Moment now = node.readModels().resolve(new KnownAt.Now());
        AgreementId start = Cursor.read(after, request, AgreementId::new).orElse(null);
        List<AgreementSummary> found =
                node.terms()
                        .list(today, now, View.CONFIRMED, null, null, null, start, OF_A_PAGE + 1);
        boolean more = found.size() > OF_A_PAGE;
        List<AgreementSummary> page = more ? found.subList(0, OF_A_PAGE) : found;
        model.addAttribute("cards", cards(page, today, now));
        model.addAttribute("today", today);
        model.addAttribute("position", now.position());
        model.addAttribute("first", after == null);
        model.addAttribute(
                "next", more ? Cursor.after(page.getLast().agreementId(), request) : null);
        return "ledger";
    }

    /** One card alone, to take the place of one that is no longer true. */
    @GetMapping("/agreements/{id}/card")
    String card(@PathVariable AgreementId id, Model model) {
        LocalDate today = today();
        Moment now = node.readModels().resolve(new KnownAt.Now());
        AgreementSummary agreement =
                node.terms()
                        .summary(id, today, now, View.CONFIRMED)
                        .orElseThrow(() -> UnknownAgreement.at(id, now));
        model.addAttribute("card", cards(List.of(agreement), today, now).getFirst());
        model.addAttribute("today", today);
        return "ledger :: card";
    }

    private List<Card> cards(List<AgreementSummary> page, LocalDate today, Moment now) {
        Map<String, Integer> sequences = new LinkedHashMap<>();
        page.forEach(agreement -> sequences.put(agreement.agreementId(), agreement.sequence()));
        Map<String, Glance> glances = node.entries().glances(sequences, MARKS);
        Map<String, List<DateAnswer>> soon =
                node.upcoming()
                        .next(
                                new Upcoming.Asked(
                                        today.plusDays(1),
                                        today.plusDays(SOON_DAYS),
                                        null,
                                        null,
                                        null,
                                        now,
                                        View.CONFIRMED),
                                sequences.keySet(),
                                SOON_MAX);
        return page.stream()
                .map(agreement ->
                        new Card(
                                agreement,
                                glances.get(agreement.agreementId()),
                                soon.getOrDefault(agreement.agreementId(), List.of())))
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
