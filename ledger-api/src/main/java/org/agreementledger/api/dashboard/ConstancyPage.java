package org.agreementledger.api.dashboard;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.problems.Rejected;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Whether the terms changed between two days, as a report to be printed or passed on. */
@Controller
class ConstancyPage {

    private final LedgerNode node;

    ConstancyPage(LedgerNode node) {
        this.node = node;
    }

    @GetMapping("/agreements/{id}/constancy")
    String page(
            @PathVariable AgreementId id,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(required = false) @Nullable Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            Model model) {
        if (from.isAfter(to)) {
            throw Rejected.parameter("from", "from " + from + " is after to " + to + ".");
        }
        Point point = Point.of(node, id, to, knownAt, standing);
        model.addAttribute("point", point);
        model.addAttribute(
                "report",
                ConstancyReport.find(node, point, from, to)
                        .orElseThrow(() -> UnknownAgreement.at(id, point.knownAt())));
        return "constancy";
    }
}
