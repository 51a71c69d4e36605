package org.agreementledger.api.agreements;

import java.time.Clock;
import org.agreementledger.agreement.AgreementId;
import org.agreementledger.agreement.View;
import org.agreementledger.log.KnownAt;
import org.agreementledger.log.Moment;
import org.agreementledger.node.LedgerNode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TimeMapController {

    private final LedgerNode node;
    private final Clock clock;

    TimeMapController(LedgerNode node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    /** The states of an agreement as known now, one for each day on which it turned. */
    @GetMapping(path = "/v1/agreements/{id}/timemap", produces = "application/link-format")
    String timeMap(
            @PathVariable AgreementId id, @RequestParam(defaultValue = "confirmed") View standing) {
        Moment now = node.readModels().resolve(new KnownAt.Now());
        if (node.turns().lastPosition(id, now).isEmpty()) {
            throw UnknownAgreement.at(id, now);
        }
        return new Mementos(node.turns(), id, now, standing, clock).timeMap();
    }
}
