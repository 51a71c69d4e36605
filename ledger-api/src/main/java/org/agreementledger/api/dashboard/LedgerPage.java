package org.agreementledger.api.dashboard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.agreementledger.agreement.View;
import org.agreementledger.log.KnownAt;
import org.agreementledger.node.LedgerNode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** All agreements, and whether their terms changed. */
@Controller
class LedgerPage {

    private static final int OF_A_PAGE = 60;

    private final LedgerNode node;
    private final Clock clock;

    LedgerPage(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    @GetMapping("/")
    String page(Model model) {
        model.addAttribute(
                "agreements",
                node.terms()
                        .list(
                                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                                node.readModels().resolve(new KnownAt.Now()),
                                View.CONFIRMED,
                                null,
                                null,
                                null,
                                null,
                                OF_A_PAGE));
        return "ledger";
    }
}
