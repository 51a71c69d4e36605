package org.agreementledger.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.agreementledger.axon.Receipt;
import org.agreementledger.node.LedgerNode;

/** Waits until what was written can be read. */
final class ReadModelsFollow {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    private ReadModelsFollow() {}

    static void await(LedgerNode node, List<Receipt> receipts) {
        await(node, receipts, _ -> {});
    }

    /**
     * @param position told now and then how far they have come
     * @throws Failure where they do not follow; the writes are safe nevertheless
     */
    static void await(LedgerNode node, List<Receipt> receipts, LongConsumer position) {
        long deadline = System.nanoTime() + AT_MOST.toNanos();
        while (!node.readModels().await(receipts, STEP)) {
            position.accept(node.readModels().position());
            if (System.nanoTime() > deadline) {
                throw Failure.cannotRun(
                        "It is recorded, but the read models do not follow; ./ledger rebuild builds them again.");
            }
        }
    }

    /**
     * Up to the newest entry that there is, however long that takes.
     *
     * @param whose begins the sentence on read models that do not follow
     */
    static void awaitAll(Terminal terminal, LedgerNode node, String whose) {
        long newest = node.log().newest();
        try (Progress progress =
                terminal.progress("Building the read models", "entries", newest + 1)) {
            while (!node.readModels().awaitPosition(newest, STEP)) {
                progress.to(node.readModels().position() + 1);
                node.readModels()
                        .failure()
                        .ifPresent(failure -> {
                            throw Failure.cannotRun(
                                    whose
                                            + " read models do not follow: "
                                            + Reasons.first(failure)
                                            + ".",
                                    failure);
                        });
            }
        }
    }
}
