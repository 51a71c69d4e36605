package org.agreementledger.api.health;

import java.util.Optional;
import org.agreementledger.node.LedgerNode;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Up while the database answers, what is stored gets its position and is signed, and the read
 * models follow; how far they are behind the log is told beside it, and of a copy what it is a copy
 * of.
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
        Optional<String> failure =
                node.engine()
                        .sequencerFailure()
                        .or(() -> node.readModels().failure())
                        .map(Throwable::toString)
                        .or(this::notSigned);
        failure.ifPresent(why -> health.withDetail("failure", why));
        node.tree()
                .checkpoint()
                .ifPresent(checkpoint -> health.withDetail("signed", checkpoint.size()));
        node.copy().ifPresent(copy -> health.withDetail("copy", copy.describe()));
        health.status(failure.isPresent() ? Status.DOWN : Status.UP)
                .withDetail("position", newest)
                .withDetail("readModels", read)
                .withDetail("lag", Math.max(0, newest - read));
    }

    /** In a copy it ends where the last checkpoint that fits ends, and stays so. */
    private Optional<String> notSigned() {
        return node.tree()
                .failure()
                .map(why -> "The log does not match what was signed, and is not signed: " + why)
                .or(() ->
                        Optional.of(node.tree().lag())
                                .filter(lag -> lag > 0 && node.copy().isEmpty())
                                .map(lag -> lag + " entries of the log are not signed"));
    }
}
