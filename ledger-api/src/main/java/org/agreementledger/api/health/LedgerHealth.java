package org.agreementledger.api.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.agreementledger.api.witness.WitnessRounds;
import org.agreementledger.axon.NotDurable;
import org.agreementledger.node.LedgerNode;
import org.agreementledger.readmodels.Slugs;
import org.agreementledger.rebuild.RebuildStatus;
import org.agreementledger.time.Rfc3339;
import org.agreementledger.verify.Verified;
import org.agreementledger.verify.Watch;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Up while the database answers, what is stored gets its position and is signed, and the read
 * models follow; how far they are behind the log is told beside it, and of a copy what it is a copy
 * of. Down when the last verification found a difference.
 */
@Component("ledgerHealthIndicator")
class LedgerHealth extends AbstractHealthIndicator {

    private final LedgerNode node;
    private final WitnessRounds witnesses;

    LedgerHealth(LedgerNode node, WitnessRounds witnesses) {
        super("The ledger does not answer");
        this.node = node;
        this.witnesses = witnesses;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Optional<NotDurable> disk = node.diskFailure();
        if (disk.isPresent()) {
            // The database may have closed itself by then, and answer nothing any more.
            health.down().withDetail("failure", disk.get().toString());
            return;
        }
        long read = node.readModels().position();
        long newest = node.log().newest();
        Optional<String> failure =
                node.engine()
                        .sequencerFailure()
                        .or(() -> node.readModels().failure())
                        .map(Throwable::toString)
                        .or(this::notSigned)
                        .or(this::promoted);
        failure.ifPresent(why -> health.withDetail("failure", why));
        node.tree()
                .checkpoint()
                .ifPresent(checkpoint -> health.withDetail("signed", checkpoint.size()));
        node.copy().ifPresent(copy -> health.withDetail("copy", copy.describe()));
        if (node.isReplica()) {
            health.withDetail("replica", true);
        }
        RebuildStatus rebuild = node.rebuilds().status();
        if (rebuild.cutShort().isPresent()) {
            // Why may be content; it is told to who may ask for it.
            health.withDetail("rebuild", Slugs.of(rebuild.state()));
        }
        if (!witnesses.standings().isEmpty()) {
            health.withDetail("witnesses", witnesses.standings());
        }
        boolean differs = node.lastVerification().map(last -> tell(last, health)).orElse(false);
        health.status(failure.isPresent() || differs ? Status.DOWN : Status.UP)
                .withDetail("position", newest)
                .withDetail("readModels", read)
                .withDetail("lag", Math.max(0, newest - read));
    }

    /**
     * What differs is named, but not shown: it is content.
     *
     * @return whether anything does
     */
    private static boolean tell(Watch.Last last, Health.Builder health) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("endedAt", Rfc3339.text(last.endedAt()));
        Verified verified = last.verified();
        if (verified == null) {
            told.put("failure", String.valueOf(last.failure()));
        } else {
            told.put("ok", verified.ok());
            told.put("entries", verified.events());
            told.put("differences", verified.found());
            verified.differences().stream()
                    .findFirst()
                    .ifPresent(first -> told.put("first", first.place()));
        }
        health.withDetail("verification", told);
        return verified != null && !verified.ok();
    }

    private Optional<String> promoted() {
        return node.isPromoted()
                ? Optional.of(
                        "The replica that this node reads from has become the primary; start this node again, so that it records")
                : Optional.empty();
    }

    /** In a copy it ends where the last checkpoint that fits ends, and stays so. */
    private Optional<String> notSigned() {
        return node.tree()
                .failure()
                .map(why -> "The log does not match what was signed, and is not signed: " + why)
                .or(() ->
                        Optional.of(node.tree().lag())
                                .filter(lag -> lag > 0 && node.readOnly().isEmpty())
                                .map(lag -> lag + " entries of the log are not signed"));
    }
}
