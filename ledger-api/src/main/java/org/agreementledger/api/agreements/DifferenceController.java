package org.agreementledger.api.agreements;

import java.time.LocalDate;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.difference.DifferenceAnswer;
import org.agreementledger.difference.DifferenceQuery.Point;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DifferenceController {

    private final LedgerNode node;

    DifferenceController(LedgerNode node) {
        this.node = node;
    }

    /** Any two points: {@code from} may be the later one. */
    @GetMapping(path = "/v1/agreements/{id}/diff", produces = MediaType.APPLICATION_JSON_VALUE)
    DifferenceAnswer difference(
            @PathVariable AgreementId id,
            @RequestParam LocalDate from,
            @RequestParam LocalDate to,
            @RequestParam(defaultValue = "now") Moment fromKnownAt,
            @RequestParam(defaultValue = "now") Moment toKnownAt,
            @RequestParam(defaultValue = "confirmed") View standing) {
        return node.difference()
                .between(id, new Point(from, fromKnownAt), new Point(to, toKnownAt), standing)
                .orElseThrow(() -> UnknownAgreement.at(id, later(fromKnownAt, toKnownAt)));
    }

    private static Moment later(Moment one, Moment other) {
        return one.position() > other.position() ? one : other;
    }
}
