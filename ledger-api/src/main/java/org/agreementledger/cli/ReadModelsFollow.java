package org.agreementledger.cli;

import java.time.Duration;
import java.util.List;
import org.agreementledger.axon.Receipt;
import org.agreementledger.node.LedgerNode;

/** Waits until what was written can be read. */
final class ReadModelsFollow {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private ReadModelsFollow() {}

    static void await(LedgerNode node, List<Receipt> receipts) {
        await(node, receipts, new Progress[0]);
    }

    /**
     * @throws Failure where they do not follow; the writes are safe nevertheless
     */
    static void await(LedgerNode node, List<Receipt> receipts, Progress... progress) {
        long from = node.readModels().position();
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!node.readModels().await(receipts, STEP)) {
            for (Progress p : progress) {
                p.to(node.readModels().position() - from);
            }
            if (System.nanoTime() > deadline) {
                throw Failure.cannotRun(
                        "It is recorded, but the read models do not follow; ./ledger rebuild builds them again.",
                        null);
            }
        }
    }
}
