package org.agreementledger.api.health;

import org.agreementledger.node.LedgerNode;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Up while the database answers; how far the read models are behind the log is told beside it. */
@Component("ledgerHealthIndicator")
class LedgerHealth extends AbstractHealthIndicator {

    private final LedgerNode node;

    LedgerHealth(LedgerNode node) {
        super("The ledger does not answer");
        this.node = node;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        long read = node.readModels().position();
        long newest = node.log().newest();
        health.up()
                .withDetail("position", newest)
                .withDetail("readModels", read)
                .withDetail("lag", Math.max(0, newest - read));
    }
}
