package org.agreementledger.api.badge;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.api.agreements.UnknownAgreement;
import org.agreementledger.api.http.Origins;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BadgeController {

    /** A page that shows many is not to ask for each of them at every look. */
    private static final CacheControl SHORT = CacheControl.maxAge(Duration.ofMinutes(5));

    private final LedgerNode node;
    private final Origins origins;

    BadgeController(LedgerNode node, Origins origins) {
        this.node = node;
        this.origins = origins;
    }

    /** Where pages from elsewhere may read, they may show this too. */
    @GetMapping(path = "/v1/agreements/{id}/badge.svg", produces = "image/svg+xml")
    String badge(
            @PathVariable AgreementId id,
            @RequestParam(defaultValue = "today") LocalDate validOn,
            @RequestParam(defaultValue = "now") Moment knownAt,
            @RequestParam(defaultValue = "confirmed") View standing,
            HttpServletResponse response) {
        Badge badge =
                node.terms()
                        .summary(id, validOn, knownAt, standing)
                        .map(agreement -> Badge.of(agreement, validOn))
                        .orElseThrow(() -> UnknownAgreement.at(id, knownAt));
        response.setHeader(HttpHeaders.CACHE_CONTROL, SHORT.getHeaderValue());
        if (!origins.isEmpty()) {
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
        return badge.svg();
    }
}
