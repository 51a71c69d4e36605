package org.agreementledger.benchmark;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agreementledger.agreement.Entry;
import org.agreementledger.agreement.LargeLedger;
import org.agreementledger.agreement.RecordEntry;
import org.agreementledger.axon.Actor;
import org.agreementledger.axon.Receipt;
import org.agreementledger.axon.Submission;
import org.agreementledger.node.LedgerNode;

/** A {@link LargeLedger} in a folder, recorded through the rules once and kept for the next run. */
final class LoadedLedger {

    private static final int BATCH = 2_000;

    /** So many agreements are written side by side, as the entries of one rarely come in a row. */
    private static final int TOGETHER = 20;

    private LoadedLedger() {}

    static LedgerNode open(Path folder, LargeLedger large, int entries) {
        LedgerNode node = LedgerNode.open(new LedgerNode.Location(folder, null), Clock.systemUTC());
        long there = node.log().newest() + 1;
        if (there == 0) {
            load(node, large);
        } else if (there != entries) {
            node.close();
            throw new IllegalStateException(
                    "%s holds %d entries, not %d: remove it, and it is made again"
                            .formatted(folder, there, entries));
        } else {
            // A newer version may build the read models anew.
            require(node.readModels().awaitPosition(entries - 1L, Duration.ofHours(1)));
        }
        return node;
    }

    private static void load(LedgerNode node, LargeLedger large) {
        long start = System.nanoTime();
        List<Receipt> last = List.of();
        List<Submission> batch = new ArrayList<>();
        int loaded = 0;
        for (Iterator<Entry> entries = interleaved(large); entries.hasNext(); ) {
            batch.add(
                    new Submission(
                            new RecordEntry(entries.next(), null),
                            Actor.local("actor-" + loaded++ % 7),
                            null));
            if (batch.size() == BATCH || !entries.hasNext()) {
                last = node.ledger().recordAll(batch);
                batch.clear();
            }
            if (loaded % 50_000 == 0) {
                require(node.readModels().await(last, Duration.ofHours(1)));
                System.err.printf(
                        "loaded %,d entries in %d s%n",
                        loaded, Duration.ofNanos(System.nanoTime() - start).toSeconds());
            }
        }
        require(node.readModels().await(last, Duration.ofHours(1)));
    }

    private static void require(boolean followed) {
        if (!followed) {
            throw new IllegalStateException("the read models do not follow");
        }
    }

    private static Iterator<Entry> interleaved(LargeLedger large) {
        return IntStream.iterate(0, first -> first < large.agreements(), first -> first + TOGETHER)
                .boxed()
                .flatMap(first -> together(large, first).stream())
                .iterator();
    }

    private static List<Entry> together(LargeLedger large, int first) {
        Random random = new Random(first);
        List<Iterator<Entry>> left = new ArrayList<>();
        for (int i = first; i < Math.min(first + TOGETHER, large.agreements()); i++) {
            left.add(large.entries(i).iterator());
        }
        List<Entry> entries = new ArrayList<>();
        while (!left.isEmpty()) {
            Iterator<Entry> next = left.get(random.nextInt(left.size()));
            if (next.hasNext()) {
                entries.add(next.next());
            } else {
                left.remove(next);
            }
        }
        return entries;
    }
}
