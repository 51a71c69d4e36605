package org.agreementledger.api.health;

import java.util.Optional;
import org.agreementledger.node.LedgerNode;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Up while the database answers, what is stored gets its position, and the read models follow; how
 * far they are behind the log is told beside it, and of a copy what it is a copy of.
 */
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
        Optional<Throwable> failure =
                node.engine().sequencerFailure().or(() -> node.readModels().failure());
        failure.ifPresent(why -> health.withDetail("failure", why.toString()));
        node.copy().ifPresent(copy -> health.withDetail("copy", copy.describe()));
        health.status(failure.isPresent() ? Status.DOWN : Status.UP)
                .withDetail("position", newest)
                .withDetail("readModels", read)
                .withDetail("lag", Math.max(0, newest - read));
    }
}
